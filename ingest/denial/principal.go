package denial

import (
	"strings"

	"trail403/ingest/scan"
)

// identity is the part of userIdentity that says who called.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
type identity struct {
	kind        string // type
	arn         string
	account     string // accountId, only if it is one
	anonymous   bool
	principalID string
	invokedBy   string
	issuer      string // sessionContext.sessionIssuer.arn
}

func (id *identity) parse(userIdentity []byte) {
	var account string
	for key, value := range scan.Members(unwrap(userIdentity)) {
		switch string(key) {
		case "type":
			id.kind = text(value)
		case "arn":
			id.arn = redact(text(value))
		case "accountId":
			account = text(value)
		case "principalId":
			id.principalID = text(value)
		case "invokedBy":
			id.invokedBy = redact(text(value))
		case "sessionContext":
			id.issuer = redact(text(member(member(value, "sessionIssuer"), "arn")))
		}
	}
	// Records of 2018 have ANONYMOUS_PRINCIPAL, later ones anonymous.
	id.anonymous = strings.EqualFold(account, "anonymous") || strings.EqualFold(account, "ANONYMOUS_PRINCIPAL")
	if isAccount(account) {
		id.account = account
	}
}

// principal is who was refused.
type principal struct {
	name    string
	kind    string
	account string
}

// principal names the caller by the first rule that applies. messageARN is whom
// the error message names.
func (id *identity) principal(messageARN string) principal {
	unique, _, _ := strings.Cut(id.principalID, ":")
	switch {
	case isARN(id.issuer):
		return principalOfARN(id.issuer)
	case isARN(id.arn):
		return principalOfARN(id.arn)
	case id.kind == "AWSService" && id.invokedBy != "":
		return principal{name: id.invokedBy, kind: "service"}
	case id.anonymous:
		return principal{name: "anonymous", kind: "anonymous"}
	case isARN(messageARN):
		return principalOfARN(messageARN)
	case id.account != "" && unique != "":
		return principal{name: id.account + ":" + redact(unique), kind: "account", account: id.account}
	case id.account != "":
		return principal{name: id.account, kind: "account", account: id.account}
	}
	return principal{name: "unknown", kind: "unknown"}
}

func (id *identity) callerAccount(p principal) string {
	if id.account != "" {
		return id.account
	}
	return p.account
}

// principalOfARN turns the ARN of a session into that of its role, since a
// session's name changes with every instance and login, and says what the ARN is.
func principalOfARN(s string) principal {
	a, ok := parseARN(s)
	if !ok {
		return principal{name: s, kind: "unknown"}
	}
	p := principal{name: s, kind: "unknown"}
	if isAccount(a.account) {
		p.account = a.account
	}
	kind, rest, _ := strings.Cut(a.resource, "/")
	switch {
	case a.service == "sts" && kind == "assumed-role":
		role, _, _ := strings.Cut(rest, "/")
		p.name = "arn:" + a.partition + ":iam::" + a.account + ":role/" + role
		p.kind = "role"
	case kind == "role" || kind == "user" || kind == "federated-user" || kind == "root":
		p.kind = kind
	}
	return p
}

// PrincipalKey returns what identifies a principal: its name without the path
// of a role or user. Names of roles and of users are unique in an account
// whatever their path, and the ARN of a session does not have it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
func PrincipalKey(name string) string {
	a, ok := parseARN(name)
	if !ok || a.service != "iam" {
		return name
	}
	kind, rest, _ := strings.Cut(a.resource, "/")
	i := strings.LastIndexByte(rest, '/')
	if i < 0 || kind != "role" && kind != "user" {
		return name
	}
	return strings.TrimSuffix(name, a.resource) + kind + rest[i:]
}

// PrincipalAccount returns the account that the principal's name holds, or "".
func PrincipalAccount(name string) string {
	account, _, _ := strings.Cut(name, ":")
	if a, ok := parseARN(name); ok {
		account = a.account
	}
	if isAccount(account) {
		return account
	}
	return ""
}

// PrincipalType returns the kind of a principal by its name: role, user, root,
// federated-user, service, account, anonymous or unknown.
func PrincipalType(name string) string {
	switch {
	case name == "anonymous" || name == "unknown":
		return name
	case isARN(name):
		return principalOfARN(name).kind
	case PrincipalAccount(name) != "":
		return "account"
	}
	return "service"
}
