package condition

import (
	"bytes"
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/field"
)

// Reader reads one record after another. It remembers texts that repeat, as most do. How
// a record is read does not depend on what was read before. It is used by one goroutine.
// The zero value is ready.
type Reader struct {
	texts   field.Texts
	uniques field.Cache[string] // the ids of callers, by how their principal ids begin
	issuers field.Cache[bool]   // whether the issuer of a session is a role

	// What nearly all records of a log have alike.
	delivery, mfa, tls, authentication, signature, cipher, encryption field.Steady
}

// Of returns what the parts of a record show. It never fails: what it cannot read is
// missing.
func (r *Reader) Of(p *Parts) (c event.Context) {
	r.readCaller(&c.Credentials, &p.Caller)
	r.readSession(&c.Credentials, &p.Caller.Session)
	c.FromConsole = len(p.Console) > 0 && r.texts.Text(p.Console) == "true"
	r.readParameters(&c.Call, &p.Parameters)
	r.readConnection(&c.Call, &p.Connection)
	return c
}

// readCaller reads who called.
func (r *Reader) readCaller(c *event.Credentials, p *Caller) {
	c.UniqueID = r.unique(p.PrincipalID)
	if len(p.UserName) > 0 && r.texts.Text(p.Kind) == "IAMUser" {
		c.UserName = r.texts.Redacted(p.UserName)
	}
	c.InvokedBy = r.texts.Redacted(p.InvokedBy)
	c.FederatedUser = federatedUser(p.ARN)
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

func (r *Reader) readSession(c *event.Credentials, p *Session) {
	if len(p.Issuer) > 0 {
		c.RoleNamed = r.issuers.Of(p.Issuer, isRole)
	}
	if issued, ok := field.TimeOf(p.Created); ok {
		c.HasSession, c.TokenIssued = true, issued.Unix()
	}
	c.MFA = r.mfa.Redacted(&r.texts, p.MFA)
	c.SourceIdentity = r.texts.Redacted(p.SourceIdentity)
	c.RoleDelivery = r.delivery.Redacted(&r.texts, p.Delivery)
	c.Provider = r.texts.Redacted(p.Provider)
}

// isRole says whether the issuer of a session is a role.
func isRole(issuer []byte) bool {
	a, ok := arn.Parse(field.Text(issuer))
	return ok && strings.HasPrefix(a.Resource, "role/")
}

func (r *Reader) readParameters(c *event.Call, p *Parameters) {
	all := field.TrimSpace(field.Unwrap(p.All))
	c.HasParameters = len(all) > 0 && all[0] == '{'
	c.ACL = r.texts.Redacted(p.ACL)
	c.Encryption = r.encryption.Redacted(&r.texts, p.Encryption)
	c.EncryptionKey = r.texts.Redacted(p.EncryptionKey)
	c.StorageClass = r.texts.Redacted(p.StorageClass)
	c.CopySource = r.texts.Redacted(p.CopySource)
	c.VersionID = r.texts.Redacted(p.VersionID)
	c.Delimiter = r.texts.Redacted(p.Delimiter)
	c.MaxKeys = r.texts.Redacted(p.MaxKeys)
	c.Prefix, c.HasPrefix = r.texts.Redacted(p.Prefix), len(p.Prefix) > 0
}

func (r *Reader) readConnection(c *event.Call, p *Connection) {
	c.AuthenticationType = r.authentication.Redacted(&r.texts, p.Authentication)
	c.SignatureVersion = r.signature.Redacted(&r.texts, p.Signature)
	c.TLSVersion = r.tls.Redacted(&r.texts, p.TLSVersion)
	c.Encrypted = c.TLSVersion != "" || r.cipher.Text(&r.texts, p.CipherSuite) != ""
}
