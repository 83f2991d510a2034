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
	s := field.Text(get(f.request, name))
	if s == "" && member != "" {
		s = field.FirstOf(field.Text(at(f.response, member+"."+name)), field.Text(at(f.response, member+".arn")))
	}
	s = s[strings.LastIndexByte(s, '/')+1:]
	if s != "" {
		f.addARN(kind, "iam", "", kind+"/"+s)
	}
}

// policy finds a managed policy.
func (f *finder) policy() {
	name := field.FirstOf(field.Text(get(f.request, "policyArn", "managedPolicyArn")), field.Text(at(f.response, "policy.arn")))
	if name != "" {
		f.add(Policy, name)
		return
	}
	if name = field.Text(get(f.request, "policyName")); name != "" {
		path := strings.Trim(field.Text(get(f.request, "path")), "/")
		if path != "" {
			path += "/"
		}
		f.addARN(Policy, "iam", "", "policy/"+path+name)
	}
}

// boundary finds the policy that is set as permissions boundary.
func (f *finder) boundary() {
	for _, b := range [][]byte{get(f.request, "permissionsBoundary"), at(f.request, "permissionsBoundary.managedPolicyArn")} {
		if name := field.Text(b); arn.Valid(name) {
			f.add(Policy, name)
		}
	}
}
