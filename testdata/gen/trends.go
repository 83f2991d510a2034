package main

import "time"

// stopped plants a sync that a resource control policy denied about ten times a day
// since the start, and that came for the last time on October 24.
func (g *generator) stopped() {
	s := g.story("stopped", "the role legacy-sync was denied daily and came for the last time on October 24")
	s.trend = "stopped"
	why := explicit("rcp").by(resourcePolicy("p-8k2m4n6q"))
	s.repeat(habit{
		who: role(appAccount, "legacy/legacy-sync", "i-04d2f6a81b3c5e790", cli), api: "PutObject", bucket: legacyDropbox, keys: daily("sync/", "chunk", ".dat"),
	}, s.draw.times(windowStart, on(24, 5, 0, 0), 9, machine, nil), &why)
}

// spike plants a function that asks for about ten missing objects a day, and for about
// ninety on October 30. S3 returns 403 instead of 404 because the function has no
// s3:ListBucket permission.
func (g *generator) spike() {
	s := g.story("spike", "the thumbnailer is denied about ten times a day, and about ninety times on October 30")
	s.trend = "spike"
	why := implicit("identity").naming("s3:ListBucket", mediaOriginals.arn())
	h := habit{who: thumbs, api: "GetObject", bucket: mediaOriginals, keys: daily("photos/", "img", ".jpg")}
	s.repeat(h, s.steadily(9, machine), &why)
	extra := s.draw.times(on(30, 6, 0, 0), on(30, 22, 0, 0), 140, machine, nil)
	s.onset = extra[0]
	s.repeat(h, extra, &why)
}

// rising and falling plant groups whose level goes from 0.3 to 2.7 times a base over the window, and the other way.
func (g *generator) rising() {
	s := g.story("rising", "the session policy of the role notebook-sandbox denies more and more requests")
	s.trend = "rising"
	why := implicit("session")
	s.repeat(habit{
		who: role(lakeAccount, "data/notebook-sandbox", "sandbox-7", boto), api: "GetObject", bucket: analyticsLake, keys: daily("features/", "part", ".parquet"),
	}, s.draw.times(windowStart, windowEnd, 5, machine, func(passed float64) float64 { return 0.3 + 2.4*passed }), &why)
}

func (g *generator) falling() {
	s := g.story("falling", "the permissions boundary of the role snapshotter denies fewer and fewer requests")
	s.trend = "falling"
	why := implicit("boundary")
	s.repeat(habit{who: snapshotter, api: "PutObject", bucket: backupVault, keys: daily("snap/", "vol", ".img")},
		s.draw.times(windowStart, windowEnd, 5, machine, func(passed float64) float64 { return 2.7 - 2.4*passed }), &why)
}

// steadyDelivery plants the noise of every organization: log delivery that cannot write
// its flow logs, day and night.
func (g *generator) steadyDelivery() {
	s := g.story("service-delivery", "delivery.logs.amazonaws.com cannot write flow logs, all month")
	s.trend, s.pattern = "steady", "service-delivery"
	why := notTold("aws-service")
	for _, t := range s.steadily(7, machine) {
		key := "AWSLogs/" + appAccount + "/vpcflowlogs/us-east-1/" + t.Format("2006/01/02/") + appAccount + "_vpcflowlogs_us-east-1_fl-05f68526597e740af_" +
			t.Truncate(5*time.Minute).Format("20060102T1504Z_") + s.draw.hex(8) + ".log.gz"
		s.s3(call{at: t, who: logDelivery, api: "PutObject", bucket: flowLogs, key: key, params: obj("x-amz-acl", "bucket-owner-full-control"), refused: &why})
	}
	for _, t := range s.steadily(2, machine) {
		s.s3(call{at: t, who: logDelivery, api: "HeadBucket", bucket: flowLogs, refused: &why})
	}
}

// steadyConfig plants the checks of AWS Config on a locked bucket, more often on
// working days.
func (g *generator) steadyConfig() {
	s := g.story("config-recorder", "the role of AWS Config is denied HeadBucket on audit-vault, less often on weekends")
	s.trend = "steady"
	why := explicit("resource")
	s.repeat(habit{
		who: role(dataAccount, "aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig", "AWSConfig-BucketConfigCheck").through("config.amazonaws.com"),
		api: "HeadBucket", bucket: auditVault,
	}, s.steadily(6, workload), &why)
}

// steadyPeople plants an intentional guardrail: data scientists who try to read the
// personal data during office hours.
func (g *generator) steadyPeople() {
	s := g.story("steady-people", "data scientists are denied personal data in office hours")
	s.trend = "steady"
	why := explicit("identity").by(customerPolicy(lakeAccount, "guardrails/DenyPersonalData"))
	for i, person := range []string{"maria.lopez@example.com", "tom.becker@example.com"} {
		s.repeat(habit{who: scientist.as(person), api: "GetObject", bucket: analyticsLake, keys: daily("pii/", "customers", ".parquet")},
			s.steadily(2.5-float64(i), office), &why)
	}
}

// nextLayer plants a role that its own policies deny until somebody attaches one on
// October 14. Then a service control policy appears behind them.
func (g *generator) nextLayer() {
	s := g.story("next-layer", "archive-mover has no Allow until October 14 13:30; then it is denied by an SCP that was there all along")
	mover := role(dataAccount, "archive/archive-mover", "archive-mover-job", goSDK)
	h := habit{who: mover, api: "PutObject", bucket: coldArchive, keys: daily("tiers/", "cold", ".zst")}
	lacks, behind := implicit("identity"), explicit("scp").by(servicePolicy("p-3jd9k2lx"))

	s.repeat(h, s.draw.times(windowStart, on(14, 13, 29, 0), 4.5, machine, nil), &lacks)
	s.changes = append(s.changes, s.other(event{at: on(14, 13, 30, 12), who: dataAdmin, source: "iam", name: "AttachRolePolicy",
		params: obj("roleName", mover.name, "policyArn", customerPolicy(dataAccount, "archive-write"))}))
	s.onset = on(14, 13, 33, 18)
	s.repeat(h, []time.Time{s.onset}, &behind)
	s.repeat(h, s.draw.times(s.onset.Add(time.Minute), windowEnd, 4.5, machine, nil), &behind)
}
