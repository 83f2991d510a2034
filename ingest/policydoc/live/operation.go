package live

// operation is a call of AWS.
type operation struct {
	service    string // see services
	name       string // as the API has it, or the path of what is read
	permission string // that it needs, or empty
}

// The calls that are made. None of them changes anything.
const (
	getCallerIdentity = iota
	assumeRole
	getRole
	listRolePolicies
	getRolePolicy
	listAttachedRolePolicies
	getUser
	listUserPolicies
	getUserPolicy
	listAttachedUserPolicies
	listGroupsForUser
	listGroupPolicies
	getGroupPolicy
	listAttachedGroupPolicies
	getPolicy
	getPolicyVersion
	getBucketPolicy
	getBucketBlock
	getBucketOwnership
	getBucketACL
	getAccountBlock
	getAccessPointPolicy
	getKeyPolicy
	describeEndpoints
	describeOrganization
	describePolicy
	listPoliciesForTarget
	listParents
)

// https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
var operations = [...]operation{
	getCallerIdentity:         {"sts", "GetCallerIdentity", ""},
	assumeRole:                {"sts", "AssumeRole", "sts:AssumeRole"},
	getRole:                   {"iam", "GetRole", "iam:GetRole"},
	listRolePolicies:          {"iam", "ListRolePolicies", "iam:ListRolePolicies"},
	getRolePolicy:             {"iam", "GetRolePolicy", "iam:GetRolePolicy"},
	listAttachedRolePolicies:  {"iam", "ListAttachedRolePolicies", "iam:ListAttachedRolePolicies"},
	getUser:                   {"iam", "GetUser", "iam:GetUser"},
	listUserPolicies:          {"iam", "ListUserPolicies", "iam:ListUserPolicies"},
	getUserPolicy:             {"iam", "GetUserPolicy", "iam:GetUserPolicy"},
	listAttachedUserPolicies:  {"iam", "ListAttachedUserPolicies", "iam:ListAttachedUserPolicies"},
	listGroupsForUser:         {"iam", "ListGroupsForUser", "iam:ListGroupsForUser"},
	listGroupPolicies:         {"iam", "ListGroupPolicies", "iam:ListGroupPolicies"},
	getGroupPolicy:            {"iam", "GetGroupPolicy", "iam:GetGroupPolicy"},
	listAttachedGroupPolicies: {"iam", "ListAttachedGroupPolicies", "iam:ListAttachedGroupPolicies"},
	getPolicy:                 {"iam", "GetPolicy", "iam:GetPolicy"},
	getPolicyVersion:          {"iam", "GetPolicyVersion", "iam:GetPolicyVersion"},
	getBucketPolicy:           {"s3", "policy", "s3:GetBucketPolicy"},
	getBucketBlock:            {"s3", "publicAccessBlock", "s3:GetBucketPublicAccessBlock"},
	getBucketOwnership:        {"s3", "ownershipControls", "s3:GetBucketOwnershipControls"},
	getBucketACL:              {"s3", "acl", "s3:GetBucketAcl"},
	getAccountBlock:           {"s3-control", "/v20180820/configuration/publicAccessBlock", "s3:GetAccountPublicAccessBlock"},
	getAccessPointPolicy:      {"s3-control", "/v20180820/accesspoint/", "s3:GetAccessPointPolicy"},
	getKeyPolicy:              {"kms", "TrentService.GetKeyPolicy", "kms:GetKeyPolicy"},
	describeEndpoints:         {"ec2", "DescribeVpcEndpoints", "ec2:DescribeVpcEndpoints"},
	describeOrganization:      {"organizations", prefix + "DescribeOrganization", "organizations:DescribeOrganization"},
	describePolicy:            {"organizations", prefix + "DescribePolicy", "organizations:DescribePolicy"},
	listPoliciesForTarget:     {"organizations", prefix + "ListPoliciesForTarget", "organizations:ListPoliciesForTarget"},
	listParents:               {"organizations", prefix + "ListParents", "organizations:ListParents"},
}

const prefix = "AWSOrganizationsV20161128."

// Permissions returns what the calls need, each once.
func Permissions() (list []string) {
	for _, op := range operations {
		if op.permission != "" {
			list = append(list, op.permission)
		}
	}
	return list
}
