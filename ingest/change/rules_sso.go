package change

import "trail403/ingest/field"

// permissionSet finds a permission set of IAM Identity Center.
// https://docs.aws.amazon.com/singlesignon/latest/userguide/sso-info-in-cloudtrail.html
func (p *place) permissionSet() {
	p.add(PermissionSet, field.FirstOf(field.Text(get(p.request, "permissionSetArn")), field.Text(at(p.response, "permissionSet.permissionSetArn"))))
}

// assignee finds the user or group that got or lost a permission set.
func (p *place) assignee() {
	kind := IdentityUser
	if field.Text(get(p.request, "principalType")) == "GROUP" {
		kind = IdentityGroup
	}
	p.add(kind, field.Text(get(p.request, "principalId")))
}

// identityUser finds the member of a group: memberId is a text for the console's
// calls and an object for those of the API.
func (p *place) identityUser() {
	p.add(IdentityUser, field.FirstOf(field.Text(at(p.request, "member.memberId")), field.Text(at(p.request, "memberId.userId"))))
}
