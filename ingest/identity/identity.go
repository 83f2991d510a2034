// Package identity says who called: the part of a record that names the caller,
// and the rules by which it becomes a principal. They are described in
// docs/report-format.md.
package identity

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/field"
	"trail403/ingest/scan"
)

// Identity is the part of userIdentity that says who called.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
type Identity struct {
	Type        string
	ARN         string
	Account     string // accountId, only if it is one
	Anonymous   bool
	PrincipalID string
	InvokedBy   string
	Issuer      string // sessionContext.sessionIssuer.arn
}

// Parse reads a userIdentity.
func Parse(userIdentity []byte) (id Identity) {
	var account string
	for key, value := range scan.Members(field.Unwrap(userIdentity)) {
		switch string(key) {
		case "type":
			id.Type = field.Text(value)
		case "arn":
			id.ARN = field.Redact(field.Text(value))
		case "accountId":
			account = field.Text(value)
		case "principalId":
			id.PrincipalID = field.Text(value)
		case "invokedBy":
			id.InvokedBy = field.Redact(field.Text(value))
		case "sessionContext":
			id.Issuer = field.Redact(field.Text(field.Member(field.Member(value, "sessionIssuer"), "arn")))
		}
	}
	id.SetAccount(account)
	return id
}

// SetAccount sets what the member accountId says.
func (id *Identity) SetAccount(account string) {
	// Records of 2018 have ANONYMOUS_PRINCIPAL, later ones anonymous.
	id.Anonymous = strings.EqualFold(account, "anonymous") || strings.EqualFold(account, "ANONYMOUS_PRINCIPAL")
	if arn.IsAccount(account) {
		id.Account = account
	}
}

// Principal is who called.
type Principal struct {
	Name    string // an ARN, or what the rules call it
	Kind    string // role, user, root, federated-user, service, account, anonymous, unknown
	Account string // in the name: 12 digits, or empty
}

// Principal names the caller by the first rule that applies. messageARN is whom
// the error message names.
func (id *Identity) Principal(messageARN string) Principal {
	unique, _, _ := strings.Cut(id.PrincipalID, ":")
	switch {
	case arn.Valid(id.Issuer):
		return OfARN(id.Issuer)
	case arn.Valid(id.ARN):
		return OfARN(id.ARN)
	case id.Type == "AWSService" && id.InvokedBy != "":
		return Principal{Name: id.InvokedBy, Kind: "service"}
	case id.Anonymous:
		return Principal{Name: "anonymous", Kind: "anonymous"}
	case arn.Valid(messageARN):
		return OfARN(messageARN)
	case id.Account != "" && unique != "":
		return Principal{Name: id.Account + ":" + field.Redact(unique), Kind: "account", Account: id.Account}
	case id.Account != "":
		return Principal{Name: id.Account, Kind: "account", Account: id.Account}
	}
	return Principal{Name: "unknown", Kind: "unknown"}
}

// CallerAccount returns the account of the caller, who is p: 12 digits, or "".
func (id *Identity) CallerAccount(p Principal) string {
	if id.Account != "" {
		return id.Account
	}
	return p.Account
}

// Session returns the name of the caller's session, or "". It often names the
// person who uses a role, or an EC2 instance. Whoever assumes the role can choose
// it.
func (id *Identity) Session() string {
	if session := SessionOf(id.ARN); session != "" {
		return session
	}
	// A bucket owner of another account learns it in this way only.
	if unique, session, ok := strings.Cut(id.PrincipalID, ":"); ok && strings.HasPrefix(unique, "AROA") {
		return field.Redact(session)
	}
	return ""
}

// SessionOf returns the name of the session that the ARN of an assumed role names,
// or "".
func SessionOf(s string) string {
	if a, ok := arn.Parse(s); ok && a.Service == "sts" {
		if rest, ok := strings.CutPrefix(a.Resource, "assumed-role/"); ok {
			_, session, _ := strings.Cut(rest, "/")
			return session
		}
	}
	return ""
}

// OfARN turns the ARN of a session into that of its role, since a session's name
// changes with every instance and login. It also says what the ARN names.
func OfARN(s string) Principal {
	a, ok := arn.Parse(s)
	if !ok {
		return Principal{Name: s, Kind: "unknown"}
	}
	p := Principal{Name: s, Kind: "unknown"}
	if arn.IsAccount(a.Account) {
		p.Account = a.Account
	}
	kind, rest, _ := strings.Cut(a.Resource, "/")
	switch {
	case a.Service == "sts" && kind == "assumed-role":
		role, _, _ := strings.Cut(rest, "/")
		p.Name = "arn:" + a.Partition + ":iam::" + a.Account + ":role/" + role
		p.Kind = "role"
	case kind == "role" || kind == "user" || kind == "federated-user" || kind == "root":
		p.Kind = kind
	}
	return p
}

// Key returns what identifies a principal: its name without the path
// of a role or user. Names of roles and of users are unique in an account
// whatever their path, and the ARN of a session does not have it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
func Key(name string) string {
	a, ok := arn.Parse(name)
	if !ok || a.Service != "iam" {
		return name
	}
	kind, rest, _ := strings.Cut(a.Resource, "/")
	i := strings.LastIndexByte(rest, '/')
	if i < 0 || kind != "role" && kind != "user" {
		return name
	}
	return strings.TrimSuffix(name, a.Resource) + kind + rest[i:]
}

// AccountOf returns the account that the principal's name holds, or "".
func AccountOf(name string) string {
	account, _, _ := strings.Cut(name, ":")
	if a, ok := arn.Parse(name); ok {
		account = a.Account
	}
	if arn.IsAccount(account) {
		return account
	}
	return ""
}

// TypeOf returns the kind of a principal by its name: role, user, root,
// federated-user, service, account, anonymous or unknown.
func TypeOf(name string) string {
	switch {
	case name == "anonymous" || name == "unknown":
		return name
	case arn.Valid(name):
		return OfARN(name).Kind
	case AccountOf(name) != "":
		return "account"
	}
	return "service"
}
