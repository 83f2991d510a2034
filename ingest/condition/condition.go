// Package condition reads what a CloudTrail record shows of the condition keys of
// a request. Policies ask for more than a record has. What they ask for and a
// record may have is in [event.Context].
//
// Decoding a denial finds the parts of a record that it needs, so that no record is read
// once more for it.
package condition

import (
	"bytes"
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/scan"
)

// Parts are the members of a record that tell about condition keys, as raw JSON, nil
// for what it lacks.
type Parts struct{ Identity, Parameters, Additional, TLS, Console []byte }

// Member returns where a member of a record is kept, nil for others. Of duplicate keys,
// the last one counts.
func (p *Parts) Member(key []byte) *[]byte {
	switch string(key) {
	case "userIdentity":
		return &p.Identity
	case "requestParameters":
		return &p.Parameters
	case "additionalEventData":
		return &p.Additional
	case "tlsDetails":
		return &p.TLS
	case "sessionCredentialFromConsole":
		return &p.Console
	}
	return nil
}

// Reader reads one record after another. It remembers texts and identities that
// repeat, as most do. How a record is read does not depend on what was read before. It
// is used by one goroutine. The zero value is ready.
type Reader struct {
	texts   field.Texts
	uniques field.Cache[string] // the ids of callers, by how their principal ids begin
	issuers field.Cache[bool]   // whether the issuer of a session is a role
}

// Of returns what the parts of a record show. It never fails: what it cannot read is
// missing.
func (r *Reader) Of(p *Parts) (c event.Context) {
	r.readIdentity(&c.Credentials, field.Unwrap(p.Identity))
	r.readParameters(&c.Call, field.Unwrap(p.Parameters))
	r.readAdditional(&c.Call, field.Unwrap(p.Additional))
	c.TLSVersion = r.texts.Redacted(field.Member(p.TLS, "tlsVersion"))
	c.FromConsole = r.texts.Text(p.Console) == "true"
	c.Encrypted = c.Encrypted || c.TLSVersion != ""
	return c
}

// Read returns what a record, the JSON text of an object, shows.
func Read(record []byte) event.Context {
	var p Parts
	for key, value := range scan.Members(record) {
		if part := p.Member(key); part != nil {
			*part = value
		}
	}
	var r Reader
	return r.Of(&p)
}

// readIdentity reads who called.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
func (r *Reader) readIdentity(c *event.Credentials, identity []byte) {
	var kind, name string
	for key, value := range scan.Members(identity) {
		switch string(key) {
		case "type":
			kind = r.texts.Text(value)
		case "principalId":
			c.UniqueID = r.unique(value)
		case "userName":
			name = r.texts.Redacted(value)
		case "invokedBy":
			c.InvokedBy = r.texts.Redacted(value)
		case "arn":
			c.FederatedUser = federatedUser(value)
		case "sessionContext":
			r.readSession(c, field.Unwrap(value))
		}
	}
	if kind == "IAMUser" {
		c.UserName = name
	}
}

// unique returns the id of the caller, which a principal id begins with.
func (r *Reader) unique(principalID []byte) string {
	colon := bytes.IndexByte(principalID, ':')
	if colon > 1 && principalID[0] == '"' && bytes.IndexByte(principalID, '\\') < 0 {
		return r.uniques.Of(principalID[1:colon], func(raw []byte) string {
			return field.Redact(strings.ToValidUTF8(string(raw), "\ufffd"))
		})
	}
	unique, _, _ := strings.Cut(field.Text(principalID), ":")
	return field.Redact(unique)
}

// federatedUser returns the name of the session that the ARN is of, if it is one of a
// federated user.
func federatedUser(value []byte) string {
	if bytes.IndexByte(value, '\\') < 0 && !bytes.Contains(value, []byte(":federated-user/")) {
		return ""
	}
	a, ok := arn.Parse(field.Text(value))
	name, isFederated := strings.CutPrefix(a.Resource, "federated-user/")
	if !ok || a.Service != "sts" || !isFederated {
		return ""
	}
	return field.Redact(name)
}

func (r *Reader) readSession(c *event.Credentials, session []byte) {
	for key, value := range scan.Members(session) {
		switch string(key) {
		case "sessionIssuer":
			if len(value) > 0 {
				c.RoleNamed = r.issuers.Of(value, isRole)
			}
		case "attributes":
			issued, ok := field.TimeOf(field.Member(value, "creationDate"))
			if c.HasSession = ok; ok {
				c.TokenIssued = issued.Unix()
			}
			c.MFA = r.texts.Redacted(field.Member(value, "mfaAuthenticated"))
		case "sourceIdentity":
			c.SourceIdentity = r.texts.Redacted(value)
		case "ec2RoleDelivery":
			c.RoleDelivery = r.texts.Redacted(value)
		case "webIdFederationData":
			c.Provider = r.texts.Redacted(field.Member(value, "federatedProvider"))
		}
	}
}

// isRole says whether the issuer of a session is a role.
func isRole(issuer []byte) bool {
	a, ok := arn.Parse(field.Text(field.Member(issuer, "arn")))
	return ok && strings.HasPrefix(a.Resource, "role/")
}

// readParameters reads the parameters, which for S3 are those of the query and the
// headers that begin with x-amz.
func (r *Reader) readParameters(c *event.Call, parameters []byte) {
	c.HasParameters = len(parameters) > 0 && parameters[0] == '{'
	for key, value := range scan.Members(parameters) {
		if member := parameter(c, string(key)); member != nil {
			*member = r.texts.Redacted(value)
			c.HasPrefix = c.HasPrefix || member == &c.Prefix
		}
	}
}

// parameter returns where the parameter is kept, nil for others.
func parameter(c *event.Call, name string) *string {
	switch name {
	case "x-amz-acl":
		return &c.ACL
	case "x-amz-server-side-encryption":
		return &c.Encryption
	case "x-amz-server-side-encryption-aws-kms-key-id":
		return &c.EncryptionKey
	case "x-amz-storage-class":
		return &c.StorageClass
	case "x-amz-copy-source":
		return &c.CopySource
	case "versionId":
		return &c.VersionID
	case "delimiter":
		return &c.Delimiter
	case "max-keys":
		return &c.MaxKeys
	case "prefix":
		return &c.Prefix
	}
	return nil
}

func (r *Reader) readAdditional(c *event.Call, data []byte) {
	for key, value := range scan.Members(data) {
		switch string(key) {
		case "AuthenticationMethod":
			c.AuthenticationType = r.texts.Redacted(value)
		case "SignatureVersion":
			c.SignatureVersion = r.texts.Redacted(value)
		case "CipherSuite":
			c.Encrypted = c.Encrypted || r.texts.Text(value) != ""
		}
	}
}
