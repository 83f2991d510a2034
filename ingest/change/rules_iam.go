package change

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/field"
)

// iam finds a role, user, group or instance profile: IAM's calls name it without
// path, in the account of the call. Where the request does not name it, the
// response may, in the member that is named.
func (f *finder) iam(kind, name, member string) {
	s := f.asked(name)
	if s == "" && member != "" {
		s = field.FirstOf(f.answered(member+"."+name), f.answered(member+".arn"))
	}
	s = s[strings.LastIndexByte(s, '/')+1:]
	if s != "" {
		f.addARN(kind, "iam", "", kind+"/"+s)
	}
}

// policy finds a managed policy.
func (f *finder) policy() {
	name := field.FirstOf(f.asked("policyArn", "managedPolicyArn"), f.answered("policy.arn"))
	if name != "" {
		f.add(Policy, name)
		return
	}
	if name = f.asked("policyName"); name != "" {
		path := strings.Trim(f.asked("path"), "/")
		if path != "" {
			path += "/"
		}
		f.addARN(Policy, "iam", "", "policy/"+path+name)
	}
}

// boundary finds the policy that is set as permissions boundary.
func (f *finder) boundary() {
	for _, path := range []string{"permissionsBoundary", "permissionsBoundary.managedPolicyArn"} {
		if name := field.Text(at(f.request, path)); arn.Valid(name) {
			f.add(Policy, name)
		}
	}
}

// lakePrincipal finds the roles and users to whom Lake Formation granted or from whom
// it took permissions: it hands out sessions for the data in S3.
// https://docs.aws.amazon.com/lake-formation/latest/APIReference/API_RevokePermissions.html
func (f *finder) lakePrincipal() {
	for _, id := range deep(f.request, "dataLakePrincipalIdentifier") {
		if t, ok := OfPrincipal(field.Text(id)); ok && arn.Valid(field.Text(id)) {
			f.add(t.Type, t.Name)
		}
	}
}
