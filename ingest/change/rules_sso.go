package change

import "trail403/ingest/field"

// permissionSet finds a permission set of IAM Identity Center.
// https://docs.aws.amazon.com/singlesignon/latest/userguide/sso-info-in-cloudtrail.html
func (f *finder) permissionSet() {
	f.add(PermissionSet, field.FirstOf(f.asked("permissionSetArn"), f.answered("permissionSet.permissionSetArn")))
}

// assignee finds the user or group that got or lost a permission set.
func (f *finder) assignee() {
	kind := IdentityUser
	if f.asked("principalType") == "GROUP" {
		kind = IdentityGroup
	}
	f.add(kind, f.asked("principalId"))
}

// identityUser finds the member of a group: memberId is a text for the console's
// calls and an object for those of the API.
func (f *finder) identityUser() {
	member := field.Text(at(f.request, "member.memberId"))
	f.add(IdentityUser, field.FirstOf(member, field.Text(at(f.request, "memberId.userId"))))
}
