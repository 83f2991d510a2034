package advice

import "trail403/ingest/event"

// credentialEntries are for errors that keep a caller out although no policy denied
// the request, by the code that package paste gives them.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
var credentialEntries = map[string]entry{
	"SignatureDoesNotMatch": credential(
		"the signature of the request, which does not match",
		"S3 knows the access key, but the request is not signed as S3 expects. This is no matter of policies.",
		"Check the secret access key. A copied key often has a space, a line break or a missing character at its end.",
		"Check that nothing changed the request after it was signed: a proxy, another Host header, another path or query, a Content-Type that was not signed.",
		"For a presigned URL, use exactly the method and the headers with which it was signed, and check that the URL was copied completely.",
		"Check that the signature is of version 4 and for the Region of the bucket.",
	),
	"InvalidAccessKeyId": credential(
		"the access key ID, which does not exist",
		"AWS does not know the access key ID. It was deleted, is mistyped, or belongs to another partition of AWS (China, GovCloud). Temporary credentials without their session token get the same answer.",
		"Find out which credentials the program uses: `aws sts get-caller-identity` and `aws configure list`",
		"If the key ID begins with ASIA, the credentials are temporary: pass the session token (AWS_SESSION_TOKEN) too.",
		"If the key was deleted or rotated, configure the new one or, better, a role.",
	),
	"RequestTimeTooSkewed": credential(
		"the clock of the machine that signed the request",
		"The time of the request is more than 15 minutes away from the time of S3. This is no matter of policies.",
		"Correct the clock of the machine, and turn on time synchronization (chrony or NTP). Containers and virtual machines that were paused often have a wrong clock.",
		"If a request waits in a queue before it is sent, sign it when it is sent.",
	),
	"ExpiredToken": credential(
		"temporary credentials that have expired",
		"The session token of the request has expired. No policy denied the request. CloudTrail often has no record of it.",
		"Get new credentials: sign in again, or assume the role again. Find out which credentials are used: `aws sts get-caller-identity`",
		"If a program runs longer than its session, let the SDK refresh the credentials (a role, a profile or web identity) in place of fixed AWS_SESSION_TOKEN variables.",
		"For a presigned URL, note that it expires with the credentials that signed it.",
	),
	"ExpiredSession": credential(
		"a sign-in session that has expired",
		"The sign-in to IAM Identity Center has expired on this machine, so the request was never sent or carried no valid credentials. This is no matter of policies.",
		"Sign in again: `aws sso login`",
		"Check that the profile in use is the one that you signed in to: `aws configure list`",
	),
	"InvalidToken": credential(
		"the session token of the request, which is not valid",
		"The session token does not belong to the access key, is damaged, or is for another partition or a Region that is not enabled. This is no matter of policies.",
		"Set the three values again together: access key ID, secret access key and session token. An old AWS_SESSION_TOKEN beside a new key is the usual mistake.",
		"For a Region that must be enabled first, use tokens of the regional endpoint of STS, which are valid in all Regions.",
		"Find out which credentials are used: `aws sts get-caller-identity` and `aws configure list`",
	),
	"InvalidObjectState": credential(
		"the storage class of the object: it is archived",
		"The object is in an archive (S3 Glacier Flexible Retrieval, Deep Archive, or an archive tier of Intelligent-Tiering), and must be restored before it can be read. This is no matter of policies.",
		"Check the storage class and whether a restore is running: `aws s3api head-object --bucket {BUCKET} --key {KEY} --query '[StorageClass,ArchiveStatus,Restore]'`",
		"Restore the object, and read it when that has finished: `aws s3api restore-object --bucket {BUCKET} --key {KEY} --restore-request Days=7`",
		"In a job that reads many objects, leave out those of the storage classes GLACIER and DEEP_ARCHIVE.",
	),
	"AccessControlListNotSupported": credential(
		"the bucket, which does not use ACLs",
		"The request sets an ACL, and Object Ownership of the bucket is set to BucketOwnerEnforced, which turns ACLs off. This is the default of new buckets. This is no matter of policies.",
		"Remove the ACL from the request: `--acl`, the x-amz-acl header, or aws_s3_bucket_acl in Terraform. The bucket owner owns the objects without it.",
		"Give access by the bucket policy in place of ACLs. To check the setting: `aws s3api get-bucket-ownership-controls --bucket {BUCKET}`",
	),
	"AuthorizationHeaderMalformed": credential(
		"the authorization header of the request",
		"The request is not signed in the form that S3 expects. The message says what is wrong, usually the Region. This is no matter of policies.",
		"Configure the Region that the message expects. To find the Region of the bucket: `aws s3api get-bucket-location --bucket {BUCKET}`",
		"If the message is not about the Region, check that the access key ID is not empty and was copied completely.",
	),
	"AccountProblem": credential(
		"the AWS account, not a policy",
		"There is a problem with the AWS account, such as a suspension or an open payment, and AWS answers no requests. This is no matter of policies.",
		"Read the AWS Health Dashboard and the messages about billing of that account.",
		"If the account is in order, ask AWS Support.",
	),
	"NotSignedUp": credential(
		"the AWS account, which is not signed up for S3",
		"The account of the access key is not signed up for Amazon S3, or was closed. This is no matter of policies.",
		"Check which account the credentials belong to: `aws sts get-caller-identity`",
		"Complete the sign-up of the account, or use credentials of another account.",
	),
	"MissingAuthenticationToken": credential(
		"a request without a signature",
		"The request carried no credentials, or went to a wrong address. This is no matter of policies.",
		"Make the client sign the request. Find out which credentials it would use: `aws configure list`",
		"Check the address and the method of the request.",
	),
	"NoCredentials": credential(
		"missing credentials",
		"The program found no credentials, so the request was never sent to S3, or was sent without a signature. This is no matter of policies.",
		"Find out where the AWS CLI looks for credentials, and whether it finds any: `aws configure list`",
		"On EC2, ECS, EKS or Lambda, check that a role is attached, and that the metadata endpoint can be reached (hop limit of IMDSv2 in containers).",
	),
	"KMSKeyUnusable": credential(
		"the KMS key that encrypts the data, which is disabled, deleted or not found",
		"KMS cannot use the key. No policy denied the request: the state of the key did.",
		"Find the key of the object: `aws s3api head-object --bucket {BUCKET} --key {KEY} --query SSEKMSKeyId`. For uploads: `aws s3api get-bucket-encryption --bucket {BUCKET}`",
		"Read the state of the key: `aws kms describe-key --key-id {KEY_ID} --query KeyMetadata.KeyState`",
		"Ask the owner of the key whether that is intended. A disabled key can be enabled, and a deletion that is pending can be canceled. What a deleted key encrypted is lost.",
	),
}

func credential(reason, meaning string, steps ...string) entry {
	e := entry{reason: reason, meaning: meaning, owner: event.OwnerCaller, harmless: true, check: "Repeat the call."}
	for _, s := range steps {
		e.steps = append(e.steps, step{text: s})
	}
	return e
}
