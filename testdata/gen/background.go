package main

import "time"

// allowedTraffic plants what works: most of the records of S3.
func (g *generator) allowedTraffic() {
	s := g.background("allowed-traffic")
	for _, w := range []struct {
		habit
		perDay float64
		rhythm rhythm
	}{
		{habit{who: webAPI, api: "GetObject", bucket: mediaThumbs, keys: named("thumbs/200/1.webp", "thumbs/200/2.webp", "thumbs/400/1.webp")}, 7, workload},
		{habit{who: webAPI, api: "PutObject", bucket: mediaThumbs, keys: daily("thumbs/", "t", ".webp")}, 5, workload},
		{habit{who: thumbs, api: "GetObject", bucket: mediaOriginals, keys: daily("photos/", "img", ".jpg")}, 5, machine},
		{habit{who: deployer, api: "PutObject", bucket: buildArtifacts, keys: daily("builds/", "app", ".zip")}, 4, office},
		{habit{who: deployer, api: "ListObjects", bucket: buildArtifacts}, 2, office},
		{habit{who: reader, api: "HeadObject", bucket: webAssets, keys: named("index.html", "app.js", "app.css")}, 3, machine},
		{habit{who: analyst, api: "ListObjects", bucket: corpArchive, params: obj("prefix", "reports/2025/")}, 3, office},
		{habit{who: ledger, api: "GetObject", bucket: corpArchive, keys: daily("ledger/", "journal", ".csv")}, 3, machine},
		{habit{who: snapshotter, api: "PutObject", bucket: backupVault, keys: daily("vol/", "vol", ".img")}, 3, machine},
		{habit{who: spark, api: "GetObject", bucket: analyticsLake, keys: daily("events/", "part", ".snappy.parquet")}, 6, machine},
		{habit{who: spark, api: "PutObject", bucket: etlCurated, keys: daily("facts/", "part", ".parquet")}, 4, machine},
		{habit{who: scientist, api: "GetObject", bucket: reportsEU, keys: daily("weekly/", "report", ".csv")}, 5, office},
		{habit{who: uploader, api: "ListObjects", bucket: customerUploads}, 2, machine},
		{habit{who: managementAdmin, api: "GetObject", bucket: billing, keys: daily("cur/", "part", ".csv.gz")}, 1, office},
		{habit{who: analyst, api: "GetBucketLocation", bucket: corpArchive}, 1.5, office},
	} {
		s.repeat(w.habit, s.steadily(w.perDay, w.rhythm), nil)
	}
	// CloudTrail itself asks for the ACL of each trail's bucket and writes the files.
	for _, t := range s.steadily(2, machine) {
		s.s3(call{at: t, who: cloudTrail, api: "GetBucketAcl", bucket: trailBucket})
	}
	for _, t := range s.steadily(3, machine) {
		key := "AWSLogs/" + organization + "/" + managementAccount + "/CloudTrail/us-east-1/" + t.Format("2006/01/02/") + managementAccount + "_CloudTrail_us-east-1_" + t.Format("20060102T1504Z_") + s.draw.text(16, alphanumerics) + ".json.gz"
		s.s3(call{at: t, who: cloudTrail, api: "PutObject", bucket: trailBucket, key: key, params: obj("x-amz-acl", "bucket-owner-full-control"), reply: obj("x-amz-server-side-encryption", "AES256")})
	}
}

// otherServices plants the rest of a trail. Some of it is denied, by services other
// than S3.
func (g *generator) otherServices() {
	s := g.background("other-services")
	type kind struct {
		perDay float64
		rhythm rhythm
		event  func(t time.Time) event
	}
	user := func(id identity, action string) string {
		return "User: " + id.arn() + " is not authorized to perform: " + action
	}
	instance := func() string { return "i-0" + s.draw.hex(16) }
	for _, k := range []kind{
		{4, machine, func(time.Time) event {
			return event{who: service("ec2.amazonaws.com"), source: "sts", name: "AssumeRole", reads: true,
				params: obj("roleArn", reader.roleARN(), "roleSessionName", reader.session),
				reply:  obj("credentials", obj("accessKeyId", "ASIAIOSFODNN7EXAMPLE", "expiration", "Oct 31, 2026, 11:59:59 PM"))}
		}},
		{5, workload, func(time.Time) event {
			return event{who: ledger, source: "kms", name: "Decrypt", reads: true, target: []object{obj("accountId", dataAccount, "type", "AWS::KMS::Key", "ARN", financeKey)},
				params: obj("encryptionContext", obj("aws:s3:arn", financeExports.arn()), "encryptionAlgorithm", "SYMMETRIC_DEFAULT")}
		}},
		{5, office, func(time.Time) event {
			return event{who: appAdmin, source: "ec2", name: "DescribeInstances", reads: true, params: obj("instancesSet", object{}, "filterSet", object{})}
		}},
		{4, machine, func(time.Time) event {
			return event{who: thumbs, source: "lambda", name: "GetFunctionConfiguration20150331v2", reads: true, params: obj("functionName", "thumbnailer-prod")}
		}},
		{4, office, func(time.Time) event {
			return event{who: lakeAdmin, source: "iam", name: pick(s.draw, "ListRoles", "GetRole", "ListPolicies"), reads: true, params: obj("maxItems", 100)}
		}},
		{4, machine, func(time.Time) event {
			return event{who: etlLoader, source: "glue", name: "GetTable", region: west, reads: true, params: obj("databaseName", "curated", "name", "orders")}
		}},
		{4, machine, func(time.Time) event {
			return event{who: snapshotter, source: "ec2", name: "CreateSnapshot", region: west, params: obj("volumeId", "vol-0"+s.draw.hex(16)), reply: obj("snapshotId", "snap-0"+s.draw.hex(16))}
		}},
		{4, machine, func(time.Time) event {
			return event{who: ingest, source: "sqs", name: "GetQueueUrl", region: west, reads: true, params: obj("queueName", "inbox")}
		}},
		{4, office, func(time.Time) event {
			return event{who: managementAdmin, source: "organizations", name: pick(s.draw, "ListAccounts", "DescribeOrganization"), reads: true}
		}},
		// Denied, but not by S3.
		{3, workload, func(time.Time) event {
			return event{who: deployer, source: "ec2", name: "RunInstances", params: obj("instancesSet", obj("items", []object{obj("imageId", "ami-0"+s.draw.hex(16), "minCount", 1)})),
				fails: failure{"Client.UnauthorizedOperation", "You are not authorized to perform this operation. " + user(deployer, "ec2:RunInstances") + " on resource: arn:aws:ec2:us-east-1:" + appAccount + ":instance/* because no identity-based policy allows the ec2:RunInstances action. Encoded authorization failure message: " + s.draw.text(180, alphanumerics)}}
		}},
		{2, office, func(time.Time) event {
			return event{who: analyst, source: "iam", name: "ListUsers", reads: true, fails: failure{"AccessDenied", user(analyst, "iam:ListUsers") + " on resource: arn:aws:iam::" + dataAccount + ":user/ because no identity-based policy allows the iam:ListUsers action"}}
		}},
		{2, machine, func(time.Time) event {
			return event{who: spark, source: "kms", name: "Decrypt", reads: true, fails: failure{"AccessDenied", user(spark, "kms:Decrypt") + " on the resource associated with this ciphertext" + keyUnavailable}}
		}},
		{1.5, machine, func(time.Time) event {
			return event{who: etlLoader, source: "lambda", name: "Invoke", region: west, params: obj("functionName", "s3-post-load"),
				fails: failure{"AccessDeniedException", user(etlLoader, "lambda:InvokeFunction") + " on resource: arn:aws:lambda:eu-west-1:" + lakeAccount + ":function:s3-post-load because no identity-based policy allows the lambda:InvokeFunction action"}}
		}},
		{1, machine, func(time.Time) event {
			return event{who: settlement, source: "sts", name: "AssumeRole", params: obj("roleArn", ledger.roleARN(), "roleSessionName", "settle"),
				fails: failure{"AccessDenied", user(settlement, "sts:AssumeRole") + " on resource: " + ledger.roleARN() + " because no role trust policy allows the sts:AssumeRole action"}}
		}},
		{1.5, machine, func(time.Time) event {
			return event{who: reader, source: "ec2", name: "StopInstances", params: obj("instancesSet", obj("items", []object{obj("instanceId", instance())})),
				fails: failure{"Client.UnauthorizedOperation", "You are not authorized to perform this operation."}}
		}},
	} {
		for _, t := range s.steadily(k.perDay, k.rhythm) {
			e := k.event(t)
			e.at = t
			s.other(e)
		}
	}
}

// harmlessFailures plants errors of S3 that are not denials.
func (g *generator) harmlessFailures() {
	s := g.background("harmless-failures")
	for _, f := range []struct {
		perDay float64
		call   call
	}{
		{4, call{who: webAPI, api: "GetObject", bucket: mediaThumbs, key: "thumbs/200/missing.webp", fails: failure{"NoSuchKey", "The specified key does not exist."}}},
		{2, call{who: analyst, api: "GetBucketPolicy", bucket: corpArchive, fails: failure{"NoSuchBucketPolicy", "The bucket policy does not exist"}}},
		{2, call{who: lakeAdmin, api: "GetBucketPublicAccessBlock", bucket: etlStaging, fails: failure{"NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"}}},
		{1.5, call{who: snapshotter, api: "GetBucketObjectLockConfiguration", bucket: backupVault, fails: failure{"ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"}}},
		{1, call{who: deployer, api: "GetBucketLifecycle", bucket: tfState, fails: failure{"NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"}}},
	} {
		for _, t := range s.steadily(f.perDay, workload) {
			f.call.at = t
			s.s3(f.call)
		}
	}
}
