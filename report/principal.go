package report

import (
	"regexp"
	"strings"

	"trail403/aggregate"
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
	parts := strings.SplitN(g.Principal, ":", 6)
	if len(parts) < 6 || parts[4] != g.PrincipalAccount || !isAccount(g.PrincipalAccount) {
		return codeUpTo(g.Principal, maxCell)
	}
	resource := parts[5]
	if g.PrincipalType == "root" && resource == "root" {
		return "root user in " + g.PrincipalAccount
	}
	kind, rest, _ := strings.Cut(resource, "/")
	name := rest[strings.LastIndexByte(rest, '/')+1:]
	words := principalKinds[kind]
	if words == "" || name == "" || kind != g.PrincipalType {
		return codeUpTo(g.Principal, maxCell)
	}
	if m := ssoRole.FindStringSubmatch(name); m != nil && kind == "role" {
		words, name = "SSO role", m[1]
	}
	return codeUpTo(name, maxCell) + " " + words + " in " + g.PrincipalAccount
}

func isAccount(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}
