package advice

import (
	"strings"

	"trail403/ingest/denial"
	"trail403/ingest/event"
)

// guard returns the entry that holds for a case whatever its cause: where advice
// on the cause could open a door to the wrong ones. It returns nil for others.
// Their texts never speak of giving more access; a test reads them.
func guard(f *facts) *entry {
	switch {
	case f.general:
		return nil
	case IsQuarantine(f.PolicyARN):
		return &quarantined
	case f.Probing:
		return &probing
	case f.WhyNotTold == denial.WhyAnonymous || f.WhyNotTold == denial.WhyOtherAccount:
		e := untold[f.WhyNotTold]
		return &e
	case f.PrincipalType == "anonymous":
		return &anonymous
	case f.PrincipalType != "account" && f.Principal != "unknown":
		return nil
	case f.Cause.Policy() == event.EndpointPolicy:
		return &strangerInNetwork
	default:
		return &stranger
	}
}

// quarantinePolicy is the start of the names of the policies that AWS puts on a
// user whose access key it found in public.
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html
const quarantinePolicy = "AWSCompromisedKeyQuarantine"

// IsQuarantine says whether the policy is one of these.
func IsQuarantine(policyARN string) bool {
	return strings.HasPrefix(lastPart(policyARN), quarantinePolicy)
}

const (
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html
	endSessions = "; sessions begun with it live on until the user, and each role that it took, has a Deny on all with aws:TokenIssueTime before now"
	// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-cli.html
	onlyManagement = " (of one Region and 90 days, without data events: which objects were read, and what was done as a role, only the trail's files tell)"
)

var quarantined = entry{
	meaning: "ALARM: AWS found an access key of {who} in public and put this user under quarantine. Treat the key as stolen: this is an incident, not a matter of permissions. Do NOT detach the quarantine policy before it is over.",
	owner:   event.OwnerIdentity,
	fixer:   "your security team, with whoever manages {who}",
	alarm:   true,
	steps: []step{
		{text: "Now: find the exposed key, which AWS names in the case that it made and in AWS Health, and switch it off: `aws iam list-access-keys --user-name {USER_NAME}` and `aws iam update-access-key --user-name {USER_NAME} --access-key-id KEY_ID --status Inactive`" + endSessions},
		{text: "Tell your security team, and answer the case that AWS has made in the Support Center."},
		{text: "Review all that the user did, in every Region: new users, roles, keys, instances: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue={USER_NAME}`" + onlyManagement},
		{text: "Move the user's own work to a new key, or better to a role; then delete the exposed key, and take it out of the place where it was found."},
	},
	check: "The exposed key is deleted, and CloudTrail shows no more calls with it.",
}

var probing = entry{
	meaning: "One principal, {who}, tries many buckets in a short time, which looks like a search for what it can reach. What refused did its job.",
	owner:   event.OwnerIdentity,
	fixer:   "your security team, with whoever manages {who}",
	steps: []step{
		{text: "Ask whoever manages {who} whether that was meant: an inventory, a scan, a script gone wrong. If so, nothing is to fix."},
		{text: "If nobody knows of it, treat the credentials as stolen, and stop them: `aws iam list-access-keys --user-name {USER_NAME}` and `aws iam update-access-key --user-name {USER_NAME} --access-key-id KEY_ID --status Inactive`" + endSessions, when: isUser},
		{text: "If nobody knows of it, treat the credentials as stolen, and revoke the sessions of the role (console: IAM > Roles > {NAME} > Revoke sessions).", when: isRole},
		{text: "If nobody knows of it, tell your security team.", when: isOther},
		{text: "Review what the user did besides, and what it was not refused: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue={USER_NAME}`" + onlyManagement, when: isUser},
		{text: "See who took the role, and review what they were not refused: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole`" + onlyManagement, when: isRole},
	},
	check: "Somebody answers for the calls, or the credentials are dead and no more calls come.",
}

var anonymous = entry{
	meaning: "The request was anonymous: it came without credentials. Most such callers are scanners, and the refusal does its job.",
	owner:   event.OwnerNobody,
	steps:   anonymousSteps,
	check:   anonymousCheck,
}

var anonymousSteps = []step{
	{text: "If you do not know the caller (see the source IP address in the record), do nothing: the bucket is private, as it should be."},
	{text: "If it is your own client, have it sign its requests: look for missing credentials, `--no-sign-request`, or a plain https://… URL where a presigned one belongs."},
	{text: "If it is your website, put CloudFront with origin access control before the bucket, which then stays private."},
}

const anonymousCheck = "The client's next request is signed: its record names a role or user. For scanners there is nothing to check."

var stranger = entry{
	meaning: "The caller is known by its account at most. Access is the decision of the bucket's owner, and the refusal may be right.",
	owner:   event.OwnerBucket,
	steps:   foreignSteps,
	check:   foreignCheck,
}

// An endpoint's owner learns of a caller of another account no more than the
// account.
var strangerInNetwork = entry{
	meaning: "Somebody used credentials of another, or an unknown, account in this network, and the VPC endpoint's policy stopped that. It may do its job: foreign credentials are a way to take data out.",
	owner:   event.OwnerNetwork,
	steps: []step{
		{text: "Find out whose {account} is: your own, a partner's, or nobody's that you know."},
		{text: "If you do not know it, find the machine by the source IP address in the record, and tell your security team."},
		{text: readEndpoint, when: endpointKnown},
		{text: findEndpoints, when: endpointUnknown},
		{text: "If both sides mean it, it is for the endpoint's owner to decide."},
	},
	check: "After the owner has decided, repeat the call.",
}

var foreignSteps = []step{
	{text: "Find out whose {account} is: your own, a partner's, or nobody's that you know. If you do not know it, do nothing: the refusal is right."},
	{text: "As the caller, check the name of the bucket: names are global, and it may be somebody else's. `aws s3api head-bucket --bucket {BUCKET} --expected-bucket-owner OWNER_ACCOUNT_ID`"},
	{text: "If both sides mean it, it is for the bucket's owner{of bucket account} to compare the bucket policy with the caller, and to decide: " + readBucketPolicy},
}

const foreignCheck = "After the owner has decided, repeat the call. Across accounts the identity policies on the caller's side count as well."
