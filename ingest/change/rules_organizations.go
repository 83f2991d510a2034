package change

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/field"
)

// isAccessPolicy says whether the policy that the call is about may deny a
// request: service and resource control policies do, and S3 policies, which block
// public access. Others are about backups, tags and so on. Calls that attach a
// policy do not tell its type.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies.html
func (f *finder) isAccessPolicy() bool {
	switch field.FirstOf(f.asked("policyType", "type"), f.answered("policy.policySummary.type")) {
	case "", "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "S3_POLICY":
		return true
	}
	return false
}

func (f *finder) organizationPolicy() {
	id := field.FirstOf(f.asked("policyId"), f.answered("policy.policySummary.id"), f.answered("policy.policySummary.arn"))
	f.add(OrganizationPolicy, id[strings.LastIndexByte(id, '/')+1:])
}

// node adds a part of the tree of an organization: an account, unit or root.
func (f *finder) node(id []byte) {
	switch s := field.Text(id); {
	case arn.IsAccount(s):
		f.add(Account, s)
	case strings.HasPrefix(s, "ou-"):
		f.add(Unit, s)
	case strings.HasPrefix(s, "r-"):
		f.add(Root, s)
	}
}

// accountOfCall finds the account that a call is about: the one that it names, or
// else the one in which it was made.
func (f *finder) accountOfCall() {
	name := f.asked("accountId", "x-amz-account-id")
	if !arn.IsAccount(name) {
		name = f.account
	}
	f.add(Account, name)
}

// organization finds the organization's id in the response, which has it in ARNs
// such as arn:aws:organizations::111122223333:root/o-example/r-example.
func (f *finder) organization() {
	for _, value := range append(deep(f.response, "arn"), get(f.request, "organizationId")) {
		s := field.Text(value)
		if a, ok := arn.Parse(s); ok {
			parts := strings.Split(a.Resource, "/")
			s = parts[min(1, len(parts)-1)]
		}
		if strings.HasPrefix(s, "o-") {
			f.add(Organization, s)
		}
	}
}
