package report

import (
	"regexp"
	"strings"

	"trail403/aggregate"
	"trail403/ingest/identity"
)

// principalKinds are the kinds of principal whose ARN ends in a name.
var principalKinds = map[string]string{"role": "role", "user": "user", "federated-user": "federated user"}

// ssoRole is the name of a role that IAM Identity Center makes for a permission
// set in each account.
// https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
var ssoRole = regexp.MustCompile(`^AWSReservedSSO_(.+)_[0-9a-f]{16}$`)

// principalWords names who was refused as people do, by name and account. The
// path of a role or user is left out: within an account the name alone tells it.
func principalWords(g *aggregate.Group) string {
	return nameOf(g.Principal, g.PrincipalType, g.PrincipalAccount)
}

// callerWords names a caller of whom only the ARN, or other name, is known.
func callerWords(name string) string {
	return nameOf(name, identity.TypeOf(name), identity.AccountOf(name))
}

func nameOf(principal, kind, account string) string {
	parts := strings.SplitN(principal, ":", 6)
	if len(parts) < 6 || parts[4] != account || !isAccount(account) {
		return codeUpTo(principal, maxCell)
	}
	resource := parts[5]
	if kind == "root" && resource == "root" {
		return "root user in " + account
	}
	prefix, rest, _ := strings.Cut(resource, "/")
	name := rest[strings.LastIndexByte(rest, '/')+1:]
	words := principalKinds[prefix]
	if words == "" || name == "" || prefix != kind {
		return codeUpTo(principal, maxCell)
	}
	if m := ssoRole.FindStringSubmatch(name); m != nil && prefix == "role" {
		words, name = "SSO role", m[1]
	}
	return codeUpTo(name, maxCell) + " " + words + " in " + account
}

func isAccount(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}
