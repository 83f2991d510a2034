package advice

import "trail403/ingest/event"

// serviceEntries are about what S3 itself refuses, without a policy.
var serviceEntries = map[event.Cause]entry{
	event.BlockPublicACLs: {
		refused:  "the setting BlockPublicAcls of S3 Block Public Access",
		meaning:  "The call asks for an ACL that would make data public, and the setting stops that. It does its job.",
		owner:    event.OwnerCaller,
		harmless: true,
		steps: []step{
			{text: "Take the public ACL out of the call (`--acl public-read`, x-amz-acl, aws_s3_bucket_acl in Terraform); without it the call may pass."},
			{text: "To share objects, use presigned URLs, or CloudFront with origin access control."},
			{text: "See whether the bucket or its account sets it, and leave it on: " + readBlockPublicAccess + " and " + readAccountBlock},
		},
		check: "Repeat the call without the public ACL.",
	},
	event.BlockPublicPolicy: {
		refused:  "the setting BlockPublicPolicy of S3 Block Public Access",
		meaning:  "The policy that the call wants to set would make {bucket} public, and the setting stops that. It does its job.",
		owner:    event.OwnerCaller,
		harmless: true,
		steps: []step{
			{text: `Find the statement that is public: Principal "*" without a Condition that narrows it to fixed values.`},
			{text: "Name the principals in it, or narrow it by aws:PrincipalOrgID, aws:SourceVpce or aws:SourceAccount; for a website, use CloudFront with origin access control."},
			{text: "See whether the bucket or its account sets it, and leave it on: " + readBlockPublicAccess + " and " + readAccountBlock},
		},
		check: "Set the narrower policy; IAM Access Analyzer tells beforehand whether it is public: `aws accessanalyzer check-no-public-access --resource-type AWS::S3::Bucket --policy-document file://policy.json`",
	},
	event.SSECBlocked: {
		refused:  "the encryption settings of {bucket}, which take no keys from customers (SSE-C)",
		meaning:  "The upload brings its own encryption key (SSE-C), which the bucket does not take. New buckets do not since April 2026.",
		owner:    event.OwnerCaller,
		harmless: true,
		steps: []step{
			{text: "Upload without the SSE-C headers (`--sse-c`, x-amz-server-side-encryption-customer-…): S3 then encrypts with the bucket's own setting."},
			{text: "If the key must be yours, use a KMS key (`--sse aws:kms --sse-kms-key-id KEY_ID`)."},
			{text: "Look at the bucket's setting, BlockedEncryptionTypes; it is its owner's decision: `aws s3api get-bucket-encryption --bucket {BUCKET}`"},
		},
		check: "Repeat the upload without these headers.",
	},
	event.ObjectLock: {
		refused:  "Object Lock on the version of the object",
		meaning:  "The version is protected: until its retention ends, or its legal hold is lifted, it cannot be deleted nor its retention shortened. It does its job.",
		owner:    event.OwnerBucket,
		harmless: true,
		steps: []step{
			{text: "See until when, and by which mode: `aws s3api get-object-retention --bucket {BUCKET} --key {KEY} --version-id VERSION_ID` and `aws s3api get-object-legal-hold --bucket {BUCKET} --key {KEY} --version-id VERSION_ID`"},
			{text: "In compliance mode, wait: nobody can shorten it, not even the root user."},
			{text: "In governance mode or under a legal hold, ask the bucket's owner: who has s3:BypassGovernanceRetention or s3:PutObjectLegalHold may lift it."},
			{text: "To take the object out of sight only, delete it without a version: that adds a delete marker."},
		},
		check: "Repeat the call when the retention has ended.",
	},
	event.AccessGrants: {
		refused: "S3 Access Grants",
		meaning: "S3 Access Grants gives no credentials for this: no grant fits the caller, the place and the permission (READ, WRITE or READWRITE), or it could not take the role of the location.",
		owner:   event.OwnerBucket,
		steps: []step{
			{text: "As the caller, see which grants it has: `aws s3control list-caller-access-grants --account-id {BUCKET_ACCOUNT_ID}` (the account of the Access Grants instance)", when: noGrant},
			{text: "As the owner, see all grants: `aws s3control list-access-grants --account-id {BUCKET_ACCOUNT_ID}`", when: noGrant},
			{text: "If the caller should have access, ask the owner for a grant on exactly this prefix (console: S3 > Access Grants).", when: noGrant},
			{text: "Check that the trust policy of that role names access-grants.s3.amazonaws.com, with sts:AssumeRole and sts:SetSourceIdentity: " + readTrustPolicy, when: grantsRole},
		},
		check: "Ask for the credentials again (s3:GetDataAccess).",
	},
	event.RequestExpired: {
		refused:  "S3, as the request was too old",
		meaning:  "The presigned URL or the signature had run out when the request came. No policy is wrong.",
		owner:    event.OwnerCaller,
		harmless: true,
		steps: []step{
			{text: "Make a new URL: `aws s3 presign s3://BUCKET/KEY --expires-in 3600`"},
			{text: "Mind that a URL ends with the credentials that signed it, often after an hour, and after seven days in any case."},
			{text: "Check the clock of the machine that signs."},
		},
		check: "Repeat the request with the new URL.",
	},
}
