package words

import (
	"strings"

	"trail403/aggregate"
	"trail403/ingest/identity"
	"trail403/ingest/pattern"
	"trail403/report/page"
)

// principalKinds are the kinds of principal whose ARN ends in a name.
var principalKinds = map[string]page.Text{"role": "role", "user": "user", "federated-user": "federated user"}

// ssoRole is the name of a role that IAM Identity Center makes for a permission
// set in each account.
// https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
var ssoRole = pattern.New(`^AWSReservedSSO_(.+)_[0-9a-f]{16}$`)

// Principal names who was denied as people do, by name and account. The path of
// a role or user is left out: within an account, the name alone identifies it.
func Principal(g *aggregate.Group) page.Text {
	return nameOf(g.Principal, g.PrincipalType, g.PrincipalAccount)
}

// Caller names a caller of whom only the ARN, or other name, is known.
func Caller(name string) page.Text {
	return nameOf(name, identity.TypeOf(name), identity.AccountOf(name))
}

// nameOf names a principal. Of one that only its unique id tells, that and the
// account are the name.
func nameOf(principal, kind, account string) page.Text {
	if id, ok := strings.CutPrefix(principal, account+":"); ok && kind == "account" && IsAccount(account) && id != "" {
		return page.Name(id) + " (account " + page.Text(account) + ")"
	}
	parts := strings.SplitN(principal, ":", 6)
	if len(parts) < 6 || parts[4] != account || !IsAccount(account) {
		return page.Name(principal)
	}
	resource := parts[5]
	if kind == "root" && resource == "root" {
		return "root user (account " + page.Text(account) + ")"
	}
	prefix, rest, _ := strings.Cut(resource, "/")
	name := rest[strings.LastIndexByte(rest, '/')+1:]
	words := principalKinds[prefix]
	if words == "" || name == "" || prefix != kind {
		return page.Name(principal)
	}
	if m := ssoRole.FindStringSubmatch(name); m != nil && prefix == "role" {
		words, name = "SSO role", m[1]
	}
	return page.Name(name) + " " + words + " (account " + page.Text(account) + ")"
}

// IsAccount says whether s is the id of an AWS account.
func IsAccount(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}

// Bare names a caller without its account: the name of a role or user.
func Bare(name string) page.Text {
	parts := strings.SplitN(name, ":", 6)
	if len(parts) < 6 {
		return page.Name(name)
	}
	if parts[5] == "root" {
		return "the root user"
	}
	last := parts[5][strings.LastIndexByte(parts[5], '/')+1:]
	if m := ssoRole.FindStringSubmatch(last); m != nil {
		last = m[1]
	}
	if last == "" {
		return page.Name(name)
	}
	return page.Name(last)
}
