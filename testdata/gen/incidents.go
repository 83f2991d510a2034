package main

import "time"

// bucketPolicyIncident plants the effect of a new Deny statement in the policy of
// corp-data. Seven callers from three accounts, all of whom had read or written the
// bucket for weeks, are denied from October 28 09:14:07 on, three minutes after the
// change. An attempt to fix it later in the morning does not help.
//
// Decoys: a change by the same administrator to another bucket an hour before, a call
// on the same bucket that failed minutes before, and the attempt to fix it.
func (g *generator) bucketPolicyIncident() {
	s := g.story("bucket-policy", "a Deny in the bucket policy of corp-data blocks seven callers; all their groups are new")
	s.trend, s.pattern, s.onset = "new", "bucket-policy", on(28, 9, 14, 7)

	deny := obj("Sid", "DenyOutsideVpce", "Effect", "Deny", "Principal", "*", "Action", "s3:*",
		"Resource", []string{corpData.arn(), corpData.arn() + "/*"},
		"Condition", obj("StringNotEquals", obj("aws:SourceVpce", "vpce-0d4c3b2a190807f6e")))
	read := obj("Sid", "Read", "Effect", "Allow", "Principal", obj("AWS", analyst.roleARN()), "Action", "s3:GetObject", "Resource", corpArchive.arn()+"/*")
	s.decoys = append(s.decoys,
		s.putPolicy(on(28, 8, 10, 41), dataAdmin, corpArchive, failure{}, read),
		s.putPolicy(on(28, 9, 5, 33), dataAdmin, corpData, failure{"MalformedPolicy", "Policy has invalid resource"}, allowReports(), deny))
	s.changes = append(s.changes, s.putPolicy(on(28, 9, 11, 7), dataAdmin, corpData, failure{}, allowReports(), deny))

	habits := []habit{
		{who: reader, api: "GetObject", bucket: corpData, keys: daily("exports/", "part", ".parquet")},
		{who: invoiceLambda, api: "GetObject", bucket: corpData, keys: daily("invoices/", "inv", ".pdf")},
		{who: deployer, api: "PutObject", bucket: corpData, keys: daily("releases/", "bundle", ".tgz")},
		{who: dashboard, api: "GetObject", bucket: corpData, keys: named("kpi/latest.json", "kpi/weekly.json", "kpi/daily.json")},
		{who: nightlyExport, api: "ListObjects", bucket: corpData, params: obj("prefix", "exports/")},
		{who: analyst, api: "GetObject", bucket: corpData, keys: daily("reports/", "report", ".csv")},
		{who: crawler, api: "ListObjects", bucket: corpData, params: obj("prefix", "tables/")},
	}
	why := explicit("resource")
	first := s.onset
	for i, h := range habits {
		s.repeat(h, s.draw.times(windowStart, s.onset.Add(-4*time.Minute), 1.5, workload, nil), nil)
		s.repeat(h, []time.Time{first}, &why)
		after := s.draw.times(first.Add(time.Minute), windowEnd, 6, workload, nil)
		// Some of the pairs across accounts do not have the requester's copy, which
		// CloudTrail can leave out.
		for j, t := range after {
			c := call{at: t, who: h.who, api: h.api, bucket: h.bucket, params: h.params, refused: &why, lone: j%9 == 8}
			if h.keys != nil {
				c.key = h.keys(s.draw, t)
			}
			s.s3(c)
		}
		first = first.Add(time.Duration(40+s.draw.IntN(70)+i*30) * time.Second)
	}

	s.decoys = append(s.decoys, s.putPolicy(on(28, 10, 2, 19), dataAdmin, corpData, failure{}, allowReports(), deny))
}

// organizationPolicyIncident plants an SCP that is attached to an organizational unit
// on October 20 14:00. From 14:04 on, it denies seven callers from two accounts access
// to five buckets, until it is detached on October 22.
//
// Decoy: an update of another SCP forty minutes before.
func (g *generator) organizationPolicyIncident() {
	s := g.story("organization-policy", "the SCP p-6v4y751d denies seven callers of two accounts on five buckets for two days")
	s.pattern, s.onset = "organization-policy", on(20, 14, 4, 33)
	target := obj("policyId", "p-6v4y751d", "targetId", "ou-ab1c-4kd9x2m1")

	s.decoys = append(s.decoys, s.other(event{at: on(20, 13, 21, 50), who: managementAdmin, source: "organizations", name: "UpdatePolicy",
		params: obj("policyId", "p-2tq8h5wz", "content", policyText(obj("Effect", "Deny", "Action", "ec2:*", "Resource", "*"))),
		reply:  obj("policy", obj("policySummary", obj("id", "p-2tq8h5wz", "name", "DenyOldRegions", "type", "SERVICE_CONTROL_POLICY")))}))
	s.changes = append(s.changes, s.other(event{at: on(20, 14, 0, 12), who: managementAdmin, source: "organizations", name: "AttachPolicy", params: target}))

	habits := []habit{
		{who: ingest, api: "PutObject", bucket: customerUploads, keys: daily("inbox/", "upload", ".bin")},
		{who: webAPI, api: "PutObject", bucket: mediaOriginals, keys: daily("photos/", "img", ".jpg")},
		{who: replicator, api: "GetObject", bucket: tfState, keys: named("prod/network/terraform.tfstate", "prod/eks/terraform.tfstate")},
		{who: spark, api: "GetObject", bucket: analyticsLake, keys: daily("events/", "part", ".snappy.parquet")},
		{who: spark, api: "PutObject", bucket: analyticsLake, keys: daily("tmp/", "_temporary", ".parquet")},
		{who: notebook, api: "PutObject", bucket: analyticsLake, keys: named("notebooks/churn.ipynb", "notebooks/cohort.ipynb")},
		{who: athenaRunner, api: "GetObject", bucket: reportsEU, keys: daily("athena/", "result", ".csv")},
		{who: scientist, api: "GetObject", bucket: reportsEU, keys: daily("weekly/", "report", ".csv")},
	}
	arn := servicePolicy("p-6v4y751d")
	first, end := s.onset, on(22, 11, 31, 40)
	for _, h := range habits {
		why := explicit("scp").by(arn)
		if h.bucket.region == west {
			why = explicit("scp").documented(arn)
		}
		if h.api == "PutObject" && h.bucket == analyticsLake {
			why = explicit("scp").bare().by(arn)
		}
		s.repeat(h, s.draw.times(windowStart, on(20, 14, 0, 0), 1, workload, nil), nil)
		s.repeat(h, []time.Time{first}, &why)
		s.repeat(h, s.draw.times(first.Add(time.Minute), end, 9, workload, nil), &why)
		s.repeat(h, s.draw.times(end, windowEnd, 1, workload, nil), nil)
		first = first.Add(time.Duration(20+s.draw.IntN(200)) * time.Second)
	}

	s.ends = append(s.ends, s.other(event{at: on(22, 11, 29, 3), who: managementAdmin, source: "organizations", name: "DetachPolicy", params: target}))
}

// rolePolicyIncident plants a policy that is detached from one role on October 12
// 08:41:20. The loader is denied five things on three buckets until somebody attaches
// the policy again on October 15.
//
// Decoy: an inline policy of another role, deleted ten minutes before.
func (g *generator) rolePolicyIncident() {
	s := g.story("role-policy", "the role etl-loader loses its S3 policy for three days: five groups on three buckets")
	s.pattern, s.onset = "identity", on(12, 8, 46, 2)
	params := obj("roleName", "etl-loader", "policyArn", customerPolicy(lakeAccount, "data/etl-s3-access"))

	s.decoys = append(s.decoys, s.other(event{at: on(12, 8, 31, 15), who: lakeAdmin, source: "iam", name: "DeleteRolePolicy",
		params: obj("roleName", "report-builder", "policyName", "s3-inline")}))
	s.changes = append(s.changes, s.other(event{at: on(12, 8, 41, 20), who: lakeAdmin, source: "iam", name: "DetachRolePolicy", params: params}))

	first, end := s.onset, on(15, 9, 33, 0)
	for _, h := range []habit{
		{who: etlLoader, api: "ListObjects", bucket: etlStaging, params: obj("prefix", "landing/")},
		{who: etlLoader, api: "GetObject", bucket: etlStaging, keys: daily("landing/", "late", ".json.gz")},
		{who: etlLoader, api: "PutObject", bucket: etlCurated, keys: daily("orders/", "part", ".parquet")},
		{who: etlLoader, api: "DeleteObject", bucket: etlCurated, keys: daily("orders/", "part", ".parquet")},
		{who: etlLoader, api: "PutObject", bucket: reportsEU, keys: daily("loads/", "load", ".csv")},
	} {
		why := implicit("identity")
		s.repeat(h, s.draw.times(windowStart, on(12, 8, 41, 0), 1, machine, nil), nil)
		s.repeat(h, []time.Time{first}, &why)
		s.repeat(h, s.draw.times(first.Add(time.Minute), end, 7, machine, nil), &why)
		s.repeat(h, s.draw.times(end, windowEnd, 0.7, machine, nil), nil)
		first = first.Add(time.Duration(5+s.draw.IntN(60)) * time.Second)
	}

	s.ends = append(s.ends, s.other(event{at: on(15, 9, 30, 48), who: lakeAdmin, source: "iam", name: "AttachRolePolicy", params: params}))
}

// The callers that only these stories have.
var (
	invoiceLambda = role(appAccount, "service-role/invoice-lambda-role", "invoice-renderer", nodeSDK)
	nightlyExport = role(dataAccount, "nightly-export", "nightly-export-7f9c", goSDK)
	notebook      = role(lakeAccount, "notebook", "SageMaker", boto)
	athenaRunner  = role(lakeAccount, "service-role/athena-runner", "athena-scheduled", javaSDK).through("athena.amazonaws.com")
)

// putPolicy is a call of PutBucketPolicy.
func (s *story) putPolicy(at time.Time, who identity, b bucket, fails failure, statements ...object) string {
	return s.s3(call{at: at, who: who, api: "PutBucketPolicy", bucket: b, fails: fails,
		params: obj("bucketPolicy", obj("Version", "2012-10-17", "Statement", statements))})
}
