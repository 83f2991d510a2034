package advice

// Commands and sentences that several entries share.
const (
	findRecord = "Look for the record of the request, which shows more than the message: search the trail's files for the request ID {REQUEST_ID}. AWS Support asks for this ID too."

	repeatCall = "Repeat the call{as who}. S3 reports one reason at a time: if the call is now denied for another reason, this one is fixed."

	notTheBucket = "Do not change the bucket policy: {action} is a permission on the KMS key that encrypts the data."

	listPolicies = "`aws iam list-attached-{kind}-policies --{kind}-name {NAME}` and `aws iam list-{kind}-policies --{kind}-name {NAME}`{groups}"

	readPolicy = "`aws iam get-policy-version --policy-arn {POLICY_ARN} --version-id $(aws iam get-policy --policy-arn {POLICY_ARN} --query Policy.DefaultVersionId --output text)`"

	findBoundary    = "`aws iam get-{kind} --{kind}-name {NAME} --query {Kind}.PermissionsBoundary`"
	readTrustPolicy = "`aws iam get-role --role-name {ROLE_NAME} --query Role.AssumeRolePolicyDocument`"

	readBucketPolicy      = "{READ_POLICY}" // see thing.go
	readBlockPublicAccess = "`aws s3api get-public-access-block --bucket {BUCKET}`"
	readAccountBlock      = "`aws s3control get-public-access-block --account-id {BUCKET_ACCOUNT_ID}`"

	findSessions = "Find the call that starts the session: AssumeRole or GetFederationToken. Its requestParameters show the session policy as policy or policyArns: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole`"

	readOrganizationPolicy = "Sign in to {policy account} and read the policy: `aws organizations describe-policy --policy-id {POLICY_ID} --query Policy.Content --output text`"
	listSCPs               = "Sign in to the organization's management account and list the attached SCPs: `aws organizations list-policies-for-target --target-id {ACCOUNT_ID} --filter SERVICE_CONTROL_POLICY`. Repeat this for each parent up to the root: `aws organizations list-parents --child-id {ACCOUNT_ID}`"
	listRCPs               = "Sign in to the organization's management account and list the attached RCPs: `aws organizations list-policies-for-target --target-id {BUCKET_ACCOUNT_ID} --filter RESOURCE_CONTROL_POLICY`. Repeat this for each parent up to the root: `aws organizations list-parents --child-id {BUCKET_ACCOUNT_ID}`"

	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
	exemptServices = "Look for a Deny that blocks AWS services too: one that requires encryption headers, a VPC endpoint (aws:SourceVpce) or an organization (aws:PrincipalOrgID). Its usual exception is the condition aws:PrincipalIsAWSService."

	// https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
	headOnly = "Check that the object exists, under exactly this key. When a caller without s3:ListBucket reads a missing object, S3 returns 403 instead of 404. Other causes of a 403 without a reason are an object that another account owns, and a bucket on which the requester pays (`--request-payer requester`)."

	askedForACL = "Check whether the caller may set ACLs. The request asks for an ACL (x-amz-acl), so it needs s3:PutObjectAcl beside s3:PutObject. If the ACL is not needed, leave it out."

	thenOrganization = "Then check the SCPs and RCPs of the organization with its administrators."

	askForException = "If {it} needs this access anyway, ask the organization's administrators for an exception."

	// S3 tells a missing object from a denied one only to callers that can list the bucket.
	// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
	checkObject = "Check that the object exists, under exactly this key. When a caller without s3:ListBucket reads a missing object, S3 returns 403 instead of 404."

	onlyToList = "Allow s3:ListBucket only if {it} should list the bucket, or should get a 404 for missing objects."

	readKeyStatement          = "`aws kms get-key-policy --region {STATEMENT_REGION} --key-id {STATEMENT_ON} --policy-name default --query Policy --output text`"
	readBucketStatement       = "`aws s3api get-bucket-policy --bucket {STATEMENT_ON} --query Policy --output text`"
	readEndpointStatement     = "`aws ec2 describe-vpc-endpoints --vpc-endpoint-ids {STATEMENT_ON} --query 'VpcEndpoints[].PolicyDocument' --output text`"
	readOrganizationStatement = "`aws organizations describe-policy --policy-id {STATEMENT_POLICY} --query Policy.Content --output text`"
	readInlineStatement       = "`aws iam get-{kind}-policy --{kind}-name {NAME} --policy-name {STATEMENT_POLICY}`"

	readEndpoint  = "Read the policy of the endpoint, in the account of the VPC: `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids {ENDPOINT_ID} --query 'VpcEndpoints[].PolicyDocument' --output text`"
	findEndpoints = "Find the endpoint and its policy, in the account of the VPC: `aws ec2 describe-vpc-endpoints --filters 'Name=service-name,Values=*.s3' --query 'VpcEndpoints[].[VpcEndpointId,PolicyDocument]' --output text`"

	findKey       = "Find the key of the object: `aws s3api head-object --bucket {BUCKET} --key {KEY} --query SSEKMSKeyId`. For uploads, find the key that the bucket uses: `aws s3api get-bucket-encryption --bucket {BUCKET}`"
	describeKey   = "Check that the key exists, is enabled and is in the bucket's Region: `aws kms describe-key{key region} --key-id {KEY_ID}`"
	readKeyPolicy = "`aws kms get-key-policy{key region} --key-id {KEY_ID} --policy-name default --query Policy --output text`"
	bothKeySides  = "Check that an identity policy of the caller allows {action} too. Across accounts, only a customer managed key works, not aws/s3."
)
