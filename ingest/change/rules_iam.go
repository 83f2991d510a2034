package change

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/field"
)

// iam finds a role, user, group or instance profile: IAM's calls name it without
// path, in the account of the call. Where the request does not name it, the
// response may, in the member that is named.
func (p *place) iam(kind, name, member string) {
	s := field.Text(get(p.request, name))
	if s == "" && member != "" {
		s = field.FirstOf(field.Text(at(p.response, member+"."+name)), field.Text(at(p.response, member+".arn")))
	}
	s = s[strings.LastIndexByte(s, '/')+1:]
	if s != "" {
		p.addARN(kind, "iam", "", kind+"/"+s)
	}
}

// policy finds a managed policy.
func (p *place) policy() {
	name := field.FirstOf(field.Text(get(p.request, "policyArn", "managedPolicyArn")), field.Text(at(p.response, "policy.arn")))
	if name != "" {
		p.add(Policy, name)
		return
	}
	if name = field.Text(get(p.request, "policyName")); name != "" {
		path := strings.Trim(field.Text(get(p.request, "path")), "/")
		if path != "" {
			path += "/"
		}
		p.addARN(Policy, "iam", "", "policy/"+path+name)
	}
}

// boundary finds the policy that is set as permissions boundary.
func (p *place) boundary() {
	for _, b := range [][]byte{get(p.request, "permissionsBoundary"), at(p.request, "permissionsBoundary.managedPolicyArn")} {
		if name := field.Text(b); arn.Valid(name) {
			p.add(Policy, name)
		}
	}
}
