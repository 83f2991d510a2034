package main

import (
	"strings"
)

// few makes one to five calls of a kind at random times, so that each kind is a
// sporadic group.
func (s *story) few(n int, c call, r reason) {
	c.refused = &r
	for range n {
		c.at = on(1+s.draw.IntN(31), 6+s.draw.IntN(14), s.draw.IntN(60), s.draw.IntN(60))
		s.s3(c)
	}
}

// everyPolicyType plants each kind of policy and effect that the other stories do not
// have: without an ARN of the policy and with one in both spellings, and with and
// without the resource.
func (g *generator) everyPolicyType() {
	s := g.story("policy-types", "every policy type and effect a few times")

	onCall := user(appAccount, "ops/on-call", cliV2)
	builder := role(appAccount, "ci/image-builder", "build-4411", actions)
	vended := role(lakeAccount, "data/vended-credentials", "uc-vended", javaSDK)
	migrate := role(dataAccount, "migration/datasync-agent", "datasync", goSDK)
	audit := role(dataAccount, "audit-readonly", "quarterly-review", cli)

	s.few(3, call{who: onCall, api: "DeleteObject", bucket: tfState, key: "prod/eks/terraform.tfstate"}, explicit("identity").by(customerPolicy(appAccount, "guardrails/DenyStateDeletion")))
	s.few(2, call{who: onCall, api: "PutObject", bucket: tfState, key: "prod/eks/terraform.tfstate"}, explicit("identity").documented(customerPolicy(appAccount, "guardrails/DenyStateDeletion")))
	s.few(2, call{who: onCall, api: "GetBucketLifecycle", bucket: buildArtifacts}, explicit("identity"))
	s.few(2, call{who: onCall, api: "ListBuckets", region: east}, implicit("identity").bare())

	s.few(4, call{who: builder, api: "PutObject", bucket: corpArchive, key: "images/base.tar"}, implicit("resource"))
	s.few(2, call{who: builder, api: "GetBucketLocation", bucket: corpArchive}, implicit("resource").bare())
	s.few(2, call{who: builder, api: "GetObject", bucket: auditVault, key: "evidence/2026/q3.zip"}, explicit("resource").bare())

	s.few(3, call{who: vended, api: "PutObject", bucket: analyticsLake, key: "warehouse/orders/8f1c_0_0_0.parquet"}, implicit("scp"))
	s.few(2, call{who: vended, api: "CreateBucket", bucket: bucket{"analytics-lake-sandbox", lakeAccount, west}}, implicit("scp").bare())
	s.few(2, call{who: vended, api: "GetBucketObjectLockConfiguration", bucket: analyticsLake}, explicit("scp").documented(servicePolicy("p-3jd9k2lx")))
	s.few(2, call{who: vended, api: "PutBucketTagging", bucket: analyticsLake}, explicit("scp"))

	s.few(3, call{who: migrate, api: "PutObject", bucket: backupVault, key: "agents/agent-1.img"}, explicit("rcp"))
	s.few(2, call{who: migrate, api: "GetObject", bucket: backupVault, key: "agents/agent-1.img"}, explicit("rcp").documented(resourcePolicy("p-8k2m4n6q")))
	s.few(2, call{who: migrate, api: "GetObjectTagging", bucket: backupVault, key: "agents/agent-1.img"}, explicit("rcp").separated(",\nwith policy ARN:\n", resourcePolicy("p-8k2m4n6q")))
	// Nobody has reported this one, but the grammar allows it.
	s.few(1, call{who: migrate, api: "ListObjectVersions", bucket: backupVault}, implicit("rcp"))

	// These two rarely reach CloudTrail. The network activity trail reports the denials
	// by the endpoint.
	s.few(2, call{who: reader, api: "PutObject", bucket: webAssets, key: "css/site.css"}, implicit("vpce"))
	s.few(2, call{who: reader, api: "DeleteObject", bucket: webAssets, key: "css/site.css"}, explicit("vpce"))

	s.few(3, call{who: snapshotter, api: "DeleteObject", bucket: backupVault, key: "snap/2025/12/31/vol-00001.img"}, explicit("boundary").by(customerPolicy(dataAccount, "boundaries/WorkloadBoundary")))
	s.few(2, call{who: snapshotter, api: "PutBucketLifecycle", bucket: backupVault}, explicit("boundary").documented(customerPolicy(dataAccount, "boundaries/WorkloadBoundary")))
	s.few(2, call{who: audit, api: "GetObject", bucket: financeExports, key: "ledger/2026/09/30/journal-00417.csv"}, explicit("session").by(customerPolicy(dataAccount, "sessions/AuditReadOnly")))
	s.few(2, call{who: audit, api: "GetBucketPolicy", bucket: financeExports}, explicit("session").documented(customerPolicy(dataAccount, "sessions/AuditReadOnly")))
	s.few(1, call{who: audit, api: "GetBucketEncryption", bucket: financeExports}, explicit("session"))

	// Access Grants assumes a role for the caller, and the trust policy of that role
	// can deny that.
	grants := "User: access-grants.s3.amazonaws.com is not authorized to perform: {action} on resource: {resource}"
	trust := reason{cause: "trust-implicit", code: "StsNotAuthorizedError", action: "sts:AssumeRole", resource: "arn:aws:iam::" + lakeAccount + ":role/s3-access-grants",
		text: grants + " because no role trust policy allows the {action} action"}
	access := call{who: scientist, api: "GetDataAccess", bucket: reportsEU, params: obj("target", "s3://reports-eu/board/*", "permission", "READ")}
	s.few(2, access, trust)
	trust.cause, trust.text = "trust-explicit", grants+" with an explicit deny in the role trust policy"
	s.few(1, access, trust)
	// The old form, which names no kind of policy.
	s.few(2, call{who: onCall, api: "GetObject", bucket: hrRecords, key: "contracts/index.json"}, reason{cause: "explicit", text: refused + onResource + " with an explicit deny"})
}

// everyKeyForm plants each form of a denial by KMS inside an S3 event.
func (g *generator) everyKeyForm() {
	s := g.story("key-forms", "every form of a denial by KMS")
	arn := "arn:aws:kms:us-east-1:" + appAccount + ":key/7a6b5c4d-3e2f-4011-9a8b-c7d6e5f40312"
	payroll := role(appAccount, "hr/payroll", "payroll-run", javaSDK)
	no := func(policy, action string) string {
		return " because no " + policyTypes[policy] + " allows the " + action + " action"
	}
	const decrypt, generate = "kms:Decrypt", "kms:GenerateDataKey"

	get := call{who: payroll, api: "GetObject", bucket: hrRecords, key: "payroll/2026-09.csv"}
	put := call{who: payroll, api: "PutObject", bucket: hrRecords, key: "payroll/2026-10.csv", params: obj("x-amz-server-side-encryption", "aws:kms")}
	at := func(r reason, resource string) reason { r.resource = resource; return r }

	s.few(3, get, key("identity-implicit", decrypt, onCiphertext, no("identity", decrypt)))
	s.few(2, get, key("kms-key", decrypt, onCiphertext, keyUnavailable))
	s.few(2, put, key("identity-implicit", generate, onThis, no("identity", generate)))
	s.few(2, put, key("kms-key", generate, onThis, keyUnavailable))
	s.few(2, put, at(key("identity-implicit", generate, onKey, no("identity", generate)), arn))
	s.few(1, put, at(key("session-implicit", generate, onKey, no("session", generate)), arn[len(arn)-36:]))
	s.few(2, put, at(key("identity-explicit", generate, onKey, " with an explicit deny in an identity-based policy"), arn))
	s.few(1, put, at(key("resource-implicit", generate, onKey, no("resource", generate)), arn))
	s.few(1, get, reason{cause: "kms-key", text: "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access."})
}

// everyOtherCause plants the causes that have no policy type: settings, locks, grants,
// expired requests, messages that are cut short, messages that give no reason, and one
// that nobody knows.
func (g *generator) everyOtherCause() {
	s := g.story("other-causes", "every cause that is not a policy type")
	media := user(appAccount, "mediacouser", cli)
	release := github(role(appAccount, "ci/site-release", "GitHubActions", actions, terraform))
	photo := call{who: media, api: "PutObjectAcl", bucket: webAssets, key: "images/Donuts.jpg", params: obj("x-amz-acl", "public-read")}
	policy := call{who: release, api: "PutBucketPolicy", bucket: webAssets, params: obj("bucketPolicy", obj("Version", "2012-10-17", "Statement",
		[]object{obj("Effect", "Allow", "Principal", "*", "Action", "s3:GetObject", "Resource", webAssets.arn()+"/*")}))}

	s.few(3, photo, because("block-public-acls", "public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access."))
	s.few(1, photo, because("block-public-acls", "public access control lists (ACLs) are blocked by the BlockPublicAcls block public access setting"))
	s.few(2, policy, because("block-public-policy", "public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access."))
	s.few(2, policy, because("block-public-policy", "public policies are blocked by the BlockPublicPolicy block public access setting."))

	ssec := because("sse-c-blocked", "this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type")
	ssec.text = strings.Replace(ssec.text, "{user} is", "{user}  is", 1) // two spaces, as in AWS's own message
	s.few(3, call{who: settlement, api: "PutObject", bucket: hrRecords, key: "transfer/batch.bin", params: obj("x-amz-server-side-encryption-customer-algorithm", "AES256")}, ssec)
	s.few(2, call{who: snapshotter, api: "DeleteObject", bucket: auditVault, key: "evidence/2026/q2.zip", params: obj("versionId", "exampleV3rs10nIdxLk9")},
		reason{cause: "object-lock", text: "Access Denied because object protected by object lock."})
	s.few(3, call{who: scientist, api: "GetDataAccess", bucket: reportsEU, params: obj("target", "s3://reports-eu/board/*", "permission", "READWRITE")},
		reason{cause: "access-grants", text: "You do not have READWRITE permissions to the requested S3 Prefix: s3://reports-eu/board/*"})
	s.few(2, call{who: uploader, api: "GetObject", bucket: buildArtifacts, key: "public/installer.sh",
		params: obj("X-Amz-Algorithm", "AWS4-HMAC-SHA256", "X-Amz-Date", "20261001T070000Z", "X-Amz-Expires", "3600", "X-Amz-SignedHeaders", "host")},
		reason{cause: "request-expired", text: "Request has expired"})

	deep := strings.Repeat("a-folder-name-of-forty-characters-or-so/", 24) + "object.parquet"
	long := implicit("identity")
	long.cause = "truncated"
	s.few(2, call{who: spark, api: "PutObject", bucket: etlCurated, key: deep}, long)

	owner := notTold("unknown")
	s.few(2, call{who: dashboard, api: "GetObject", bucket: corpArchive, key: "kpi/2025.json", params: obj("x-amz-expected-bucket-owner", appAccount)}, owner)
	owner.silent = true
	s.few(1, call{who: dashboard, api: "GetBucketAcl", bucket: corpArchive}, owner)
	s.few(1, call{who: analyst, api: "GetObject", bucket: corpArchive, key: "board/minutes.pdf"}, reason{cause: "not-told", why: "unknown", text: refused + onResource})
	s.few(4, call{who: spark, api: "CreateSession", bucket: modelScratch, source: "s3express.amazonaws.com"}, notTold("directory-bucket"))
	s.few(2, call{who: webAPI, api: "GetObject", bucket: mediaThumbs, key: "avatars/4711.png"},
		reason{cause: "unrecognized", text: "Requests from this network zone are paused by the storage administrator (ref SZ-4471)."})
}
