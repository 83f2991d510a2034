package policyfile

import (
	"strings"

	"trail403/ingest/change"
	"trail403/ingest/event"
)

// readDetails reads what `aws iam get-account-authorization-details` prints.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
func (f *file) readDetails(o object) {
	for _, list := range []struct{ things, inline string }{
		{"RoleDetailList", "RolePolicyList"},
		{"UserDetailList", "UserPolicyList"},
		{"GroupDetailList", "GroupPolicyList"},
	} {
		for _, thing := range o.list(list.things) {
			of, kind := targetOf(thing.text("Arn"))
			if kind != event.IdentityPolicy {
				continue
			}
			for _, p := range thing.list(list.inline) {
				f.add(kind, of, p.text("PolicyName"), p.document("PolicyDocument"))
			}
			for _, p := range thing.list("AttachedManagedPolicies") {
				f.link(of, event.Attached, p.text("PolicyArn"))
			}
			f.link(of, event.Bounded, thing.of("PermissionsBoundary").text("PermissionsBoundaryArn"))
			for _, group := range thing.texts("GroupList") {
				f.link(of, event.Member, besides(of, group))
			}
			f.Complete = append(f.Complete, redacted(of))
		}
	}
	for _, p := range o.list("Policies") {
		of, _ := targetOf(p.text("Arn"))
		for _, version := range p.list("PolicyVersionList") {
			if version.isTrue("IsDefaultVersion") {
				f.addVersion(of, version.text("VersionId"), version.document("Document"))
			}
		}
	}
}

// besides returns the ARN of the group with a name, in the account of a user.
func besides(user event.Target, group string) string {
	account, _, _ := strings.Cut(user.Name, ":user/")
	return account + ":" + change.Group + "/" + group
}
