package live

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/pattern"
)

// Names come from logs, in which anybody can write anything. AWS is asked only about those
// that it could have given out itself, so nothing else gets into a request.
var (
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, and
	// before 2018 with more characters in us-east-1
	bucketName = pattern.New(`^[A-Za-z0-9][A-Za-z0-9._-]{1,253}[A-Za-z0-9]$`)
	pointName  = pattern.New(`^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$`)
	regionName = pattern.New(`^[a-z]{2,4}(-[a-z]+){1,3}-[0-9]$`)
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
	identityName = pattern.New(`^[A-Za-z0-9_+=,.@-]{1,128}$`)
	policyARN    = pattern.New(`^arn:aws[a-z-]{0,10}:iam::([0-9]{12}|aws):policy/([A-Za-z0-9_+=,.@/-]{1,511}/)?[A-Za-z0-9_+=,.@-]{1,128}$`)
	versionID    = pattern.New(`^v[0-9]{1,9}$`)
	keyID        = pattern.New(`^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$`)
	endpointID   = pattern.New(`^vpce-[0-9a-f]{8,17}$`)
	// https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html
	organizationPolicyID = pattern.New(`^p-[0-9A-Za-z_]{8,128}$`)
	parentID             = pattern.New(`^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$`)
	partitionName        = pattern.New(`^aws(-[a-z]{1,5}){0,2}$`)
	roleToAssume         = pattern.New(`^([A-Za-z0-9_+=,.@-]{1,128}/){0,4}[A-Za-z0-9_+=,.@-]{1,64}$`)
	errorCode            = pattern.New(`^[A-Za-z][A-Za-z0-9.]{1,79}$`)
)

// IsRole says whether a role can have the name, which may have a path before it.
func IsRole(name string) bool { return roleToAssume.MatchString(name) }

// identityOf returns the partition, account and name of a role, user or group.
func identityOf(name, kind string) (partition, account, short string, ok bool) {
	a, ok := arn.Parse(name)
	short = arn.Last(a.Resource)
	ok = ok && a.Service == "iam" && a.Region == "" && arn.IsAccount(a.Account) && partitionName.MatchString(a.Partition) &&
		a.Resource == kind+"/"+short && identityName.MatchString(short)
	return a.Partition, a.Account, short, ok
}

// partitionOf returns the partition of a Region. What is not known is in the first one.
func partitionOf(region string) string {
	for _, p := range [...][2]string{{"cn-", "aws-cn"}, {"us-gov-", "aws-us-gov"}, {"eusc-", "aws-eusc"}} {
		if strings.HasPrefix(region, p[0]) {
			return p[1]
		}
	}
	return "aws"
}
