package advice

// Commands that several entries share, and the words around them.
const (
	listPolicies = "`aws iam list-attached-{kind}-policies --{kind}-name {NAME}` and `aws iam list-{kind}-policies --{kind}-name {NAME}`{groups}"

	readPolicy = "`aws iam get-policy-version --policy-arn {POLICY_ARN} --version-id $(aws iam get-policy --policy-arn {POLICY_ARN} --query Policy.DefaultVersionId --output text)`"

	findBoundary    = "`aws iam get-{kind} --{kind}-name {NAME} --query {Kind}.PermissionsBoundary`"
	readTrustPolicy = "`aws iam get-role --role-name {ROLE_NAME} --query Role.AssumeRolePolicyDocument`"

	readBucketPolicy      = "`aws s3api get-bucket-policy --bucket {BUCKET} --query Policy --output text`"
	readBlockPublicAccess = "`aws s3api get-public-access-block --bucket {BUCKET}`"
	readAccountBlock      = "`aws s3control get-public-access-block --account-id {BUCKET_ACCOUNT_ID}`"

	findSessions = "Find what starts the session, a call of sts:AssumeRole or GetFederationToken with Policy or PolicyArns; requestParameters shows them: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole`"

	readOrganizationPolicy = "Signed in to {policy account}, read the policy: `aws organizations describe-policy --policy-id {POLICY_ID} --query Policy.Content --output text`"
	listSCPs               = "Signed in to the organization's management account, list what is attached: `aws organizations list-policies-for-target --target-id {ACCOUNT_ID} --filter SERVICE_CONTROL_POLICY`, and the same for each parent: `aws organizations list-parents --child-id {ACCOUNT_ID}`"
	listRCPs               = "Signed in to the organization's management account, list what is attached: `aws organizations list-policies-for-target --target-id {BUCKET_ACCOUNT_ID} --filter RESOURCE_CONTROL_POLICY`, and the same for each parent: `aws organizations list-parents --child-id {BUCKET_ACCOUNT_ID}`"

	perhapsNoKeyText = "Check that the object exists, under its exact key: to a caller without s3:ListBucket S3 says 403 for one that is missing, not 404."

	onlyToList = "Only if {it} is to list the bucket, or to see such a 404, allow it s3:ListBucket there."

	readEndpoint  = "In the account of the VPC, read the endpoint's policy: `aws ec2 describe-vpc-endpoints --vpc-endpoint-ids {ENDPOINT_ID} --query 'VpcEndpoints[].PolicyDocument' --output text`"
	findEndpoints = "In the account of the VPC, find the endpoint and its policy: `aws ec2 describe-vpc-endpoints --filters 'Name=service-name,Values=*.s3' --query 'VpcEndpoints[].[VpcEndpointId,PolicyDocument]' --output text`"

	findKey       = "Find the key: `aws s3api head-object --bucket {BUCKET} --key {KEY} --query SSEKMSKeyId` shows it for an object, and for new uploads `aws s3api get-bucket-encryption --bucket {BUCKET}`"
	describeKey   = "Check that the key exists, is enabled and lies in the bucket's Region: `aws kms describe-key{key region} --key-id {KEY_ID}`"
	readKeyPolicy = "`aws kms get-key-policy{key region} --key-id {KEY_ID} --policy-name default --query Policy --output text`"
)
