package advice

import (
	"trail403/ingest/denial"
	"trail403/ingest/event"
)

// guard returns the entry that applies to a case whatever its cause, where advice
// on the cause could give access to the wrong callers. It returns nil for others.
// The texts of these entries never suggest more access; a test reads them.
func guard(f *facts) *entry {
	switch {
	case f.general:
		return nil
	case IsQuarantine(f.PolicyARN):
		return &quarantined
	case f.Probing:
		return &probing
	case f.isOwnCall():
		return &ownCall
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

const (
	deactivateKey = "`aws iam list-access-keys --user-name {USER_NAME}` and `aws iam update-access-key --user-name {USER_NAME} --access-key-id KEY_ID --status Inactive`"
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html
	endSessions = ". Sessions started with the key stay valid. To end these sessions, attach a policy that denies all actions to the user and to each role that it assumed, if aws:TokenIssueTime is earlier than the current time."
	// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-cli.html
	onlyManagement = ". This command covers one Region, the last 90 days and no data events. Only the trail's files show which objects were read and what was done as a role."
)

var quarantined = entry{
	meaning: "ALARM: AWS found an access key of {who} in public and quarantined this user. Treat the key as stolen: this is a security incident, not a permissions problem. Do NOT detach the quarantine policy before the incident is over.",
	owner:   event.OwnerIdentity,
	fixer:   "your security team, together with whoever manages {who}",
	alarm:   true,
	steps: []step{
		{text: "Find the exposed key now and deactivate it. AWS names the key in the support case that it created and in AWS Health: " + deactivateKey + endSessions},
		{text: "Tell your security team, and answer the case in the AWS Support Center."},
		{text: "Review everything that the user did, in every Region: new users, roles, keys and instances: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue={USER_NAME}`" + onlyManagement},
		{text: "Move the user's own work to a new key or, better, to a role. Then delete the exposed key, and remove it from the place where it was found."},
	},
	check: "The exposed key is deleted, and CloudTrail shows no more calls with it.",
}

var probing = entry{
	meaning: "One principal, {who}, tried many buckets in a short time. That looks like a search for what it can reach. Leave the denials in place until you know who it was.",
	owner:   event.OwnerIdentity,
	fixer:   "your security team, together with whoever manages {who}",
	steps: []step{
		{text: "Ask whoever manages {who} whether this was intended: an inventory, a scan, or a faulty script. If it was, there is nothing to fix."},
		{text: "If nobody knows about it, treat the credentials as stolen and deactivate them: " + deactivateKey + endSessions, when: isUser},
		{text: "If nobody knows about it, treat the credentials as stolen and revoke the sessions of the role. In the console: IAM > Roles > {NAME} > Revoke sessions.", when: isRole},
		{text: "If nobody knows about it, tell your security team.", when: isOther},
		{text: "Review what else the user did, and which requests succeeded: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue={USER_NAME}`" + onlyManagement, when: isUser},
		{text: "Find out who assumed the role, and review which of their requests succeeded: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=AssumeRole`" + onlyManagement, when: isRole},
	},
	check: "Somebody confirms that they made the requests, or the credentials are disabled and no more requests arrive.",
}

var anonymous = entry{
	meaning: "The request was anonymous: it carried no credentials. Most such callers are scanners, and denying them is intended.",
	owner:   event.OwnerNobody,
	steps:   anonymousSteps,
	check:   anonymousCheck,
}

var stranger = entry{
	meaning: "Of this caller, at most the account is known. Access is the decision of the bucket owner, and the denial may be intended.",
	owner:   event.OwnerBucket,
	steps:   foreignSteps,
	check:   foreignCheck,
}

// The owner of an endpoint learns no more about a caller from another account
// than the account.
var strangerInNetwork = entry{
	meaning: "Somebody in this network used credentials of another or unknown account, and the policy of the VPC endpoint blocked the request. The denial may be intended: foreign credentials are a way to take data out of the network.",
	owner:   event.OwnerNetwork,
	steps: []step{
		{text: "Find out who owns {account}: you, a partner, or nobody that you know."},
		{text: "If you do not know it, find the machine by the source IP address in the record, and tell your security team."},
		{text: readEndpoint, when: endpointKnown},
		{text: findEndpoints, when: endpointUnknown},
		{text: "If both sides intend the access, the owner of the endpoint decides."},
	},
	check: "After the owner has decided, repeat the call.",
}
