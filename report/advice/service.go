package advice

import "trail403/ingest/event"

// serviceEntries are about what S3 itself denies, without a policy.
var serviceEntries = map[event.Cause]entry{
	event.BlockPublicACLs: {
		reason:   "the setting BlockPublicAcls of S3 Block Public Access",
		meaning:  "The request asks for an ACL that would make data public. The setting exists to block such requests.",
		owner:    event.OwnerCaller,
		harmless: true,
		steps: []step{
			{text: "Remove the public ACL from the request: `--acl public-read`, the x-amz-acl header, or aws_s3_bucket_acl in Terraform. Without it, the request may succeed."},
			{text: "To share objects, use presigned URLs, or CloudFront with origin access control."},
			{text: leaveBlockOn},
		},
		check: "Repeat the call without the public ACL.",
	},
	event.BlockPublicPolicy: {
		reason:   "the setting BlockPublicPolicy of S3 Block Public Access",
		meaning:  "The request sets a policy that would make {bucket} public. The setting exists to block such requests.",
		owner:    event.OwnerCaller,
		harmless: true,
		steps: []step{
			{text: `Find the public statement in the new policy: Principal "*" without a Condition that limits it to fixed values.`},
			{text: "Name the principals in it, or limit it with aws:PrincipalOrgID, aws:SourceVpce or aws:SourceAccount. For a website, use CloudFront with origin access control."},
			{text: leaveBlockOn},
		},
		check: "Set the narrower policy. IAM Access Analyzer can check beforehand whether it is public: `aws accessanalyzer check-no-public-access --resource-type AWS::S3::Bucket --policy-document file://policy.json`",
	},
	event.SSECBlocked: {
		reason:   "the encryption settings of {bucket}, which block customer-provided keys (SSE-C)",
		meaning:  "The upload brings its own encryption key (SSE-C), and the bucket does not accept one. New buckets block SSE-C by default since April 2026.",
		owner:    event.OwnerCaller,
		harmless: true,
		steps: []step{
			{text: "Upload without the SSE-C headers (`--sse-c`, x-amz-server-side-encryption-customer-…). S3 then encrypts with the default of the bucket."},
			{text: "If you must control the key, use a KMS key: `--sse aws:kms --sse-kms-key-id KEY_ID`"},
			{text: "Check BlockedEncryptionTypes in the settings of the bucket. Its owner decides about it: `aws s3api get-bucket-encryption --bucket {BUCKET}`"},
		},
		check: "Repeat the upload without these headers.",
	},
	event.ObjectLock: {
		reason:   "S3 Object Lock, which protects this version of the object",
		meaning:  "Until its retention period ends and any legal hold is removed, the version cannot be deleted, and its retention period cannot be shortened. The protection is intended.",
		harmless: true,
		steps: []step{
			{text: "Find out how long the version is protected, and in which mode: `aws s3api get-object-retention --bucket {BUCKET} --key {KEY} --version-id VERSION_ID` and `aws s3api get-object-legal-hold --bucket {BUCKET} --key {KEY} --version-id VERSION_ID`"},
			{text: "In compliance mode, wait. Nobody can shorten the retention period, not even the root user."},
			{text: "In governance mode or under a legal hold, ask the bucket owner. Callers with s3:BypassGovernanceRetention or s3:PutObjectLegalHold can lift the protection."},
			{text: "To hide the object, delete it without a version ID: that adds a delete marker."},
		},
		check: "Repeat the call after the protection has ended.",
	},
	event.AccessGrants: {
		reason:  "S3 Access Grants",
		meaning: "S3 Access Grants did not return credentials. No grant matches the caller, the location and the permission (READ, WRITE or READWRITE), or Access Grants could not assume the role of the location.",
		steps: []step{
			{text: "List the caller's grants with the caller's credentials and the account of the Access Grants instance: `aws s3control list-caller-access-grants --account-id {BUCKET_ACCOUNT_ID}`", when: noGrant},
			{text: "List all grants with the credentials of that account: `aws s3control list-access-grants --account-id {BUCKET_ACCOUNT_ID}`", when: noGrant},
			{text: "Ask the owner for a grant on exactly this prefix if the caller should have access. In the console: S3 > Access Grants.", when: noGrant},
			{text: "Check that the trust policy of that role allows sts:AssumeRole and sts:SetSourceIdentity for access-grants.s3.amazonaws.com: " + readTrustPolicy, when: grantsRole},
		},
		check: "Request the credentials again (s3:GetDataAccess).",
	},
	event.RequestExpired: {
		reason:   "the request had expired",
		meaning:  "The presigned URL or the signature had expired when the request arrived. No policy denied the request.",
		owner:    event.OwnerCaller,
		harmless: true,
		steps: []step{
			{text: "Create a new URL: `aws s3 presign s3://BUCKET/KEY --expires-in 3600`"},
			{text: "Note that a URL expires with the credentials that signed it, often after an hour, and after seven days at the latest."},
			{text: "Check the clock of the machine that signs the requests."},
		},
		check: "Repeat the request with the new URL.",
	},
	event.AccessDisabled: {
		reason:   "AWS, which disabled all access to the object or bucket",
		meaning:  "No policy denied this request: AWS disabled access to the object or bucket. Typical causes are a suspended or closed account of the bucket owner, a report of abuse, and a bucket that is set up for requester pays with an invalid payer.",
		harmless: true,
		steps: []step{
			{text: "As the bucket owner, read the AWS Health Dashboard and the messages from AWS, and check that the account is active and paid for."},
			{text: "If the account is in order, ask AWS Support, with the request ID. Nobody else can end this."},
			{text: "As a caller from another account, tell the bucket owner. No change on your side helps."},
			{text: "If the bucket is set to requester pays, check that the requester's account can be billed: `aws s3api get-bucket-request-payment --bucket {BUCKET}`"},
		},
	},
}

const leaveBlockOn = "Check whether the setting is on the bucket or on its account, and leave it on: " + readBlockPublicAccess + " and " + readAccountBlock + ". If it is on neither, an S3 policy of the organization may set it."
