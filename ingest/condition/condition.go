// Package condition reads what a CloudTrail record shows of the condition keys of
// a request. Policies ask for more than a record has. What they ask for and a
// record may have is in [event.Context].
//
// Decoding a denial finds the parts of a record that it needs, so that no record is read
// once more for it.
package condition

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/scan"
)

// Parts are the members of a record that tell about condition keys, as raw JSON, nil
// for what it lacks.
type Parts struct{ Identity, Parameters, Additional, TLS []byte }

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
	}
	return nil
}

// Reader reads one record after another. It remembers texts and identities that
// repeat, as most do. How a record is read does not depend on what was read before. It
// is used by one goroutine. The zero value is ready.
type Reader struct {
	texts      field.Texts
	identities field.Cache[event.Credentials]
}

// Of returns what the parts of a record show. It never fails: what it cannot read is
// missing.
func (r *Reader) Of(p *Parts) (c event.Context) {
	if len(p.Identity) > 0 {
		c.Credentials = r.identities.Of(p.Identity, readIdentity)
	}
	r.readParameters(&c.Call, field.Unwrap(p.Parameters))
	r.readAdditional(&c.Call, field.Unwrap(p.Additional))
	c.TLSVersion = r.texts.Redacted(field.Member(p.TLS, "tlsVersion"))
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

func text(value []byte) string { return field.Redact(field.Text(value)) }

// readIdentity reads who called.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
func readIdentity(identity []byte) (c event.Credentials) {
	var kind, name string
	for key, value := range scan.Members(field.Unwrap(identity)) {
		switch string(key) {
		case "type":
			kind = field.Text(value)
		case "principalId":
			unique, _, _ := strings.Cut(field.Text(value), ":")
			c.UniqueID = field.Redact(unique)
		case "userName":
			name = text(value)
		case "invokedBy":
			c.InvokedBy = text(value)
		case "arn":
			if a, ok := arn.Parse(field.Text(value)); ok && a.Service == "sts" {
				if name, ok := strings.CutPrefix(a.Resource, "federated-user/"); ok {
					c.FederatedUser = field.Redact(name)
				}
			}
		case "sessionContext":
			readSession(&c, field.Unwrap(value))
		}
	}
	if kind == "IAMUser" {
		c.UserName = name
	}
	return c
}

func readSession(c *event.Credentials, session []byte) {
	for key, value := range scan.Members(session) {
		switch string(key) {
		case "sessionIssuer":
			issuer, ok := arn.Parse(field.Text(field.Member(value, "arn")))
			c.RoleNamed = ok && strings.HasPrefix(issuer.Resource, "role/")
		case "attributes":
			issued, ok := field.Time(field.Text(field.Member(value, "creationDate")))
			if c.HasSession = ok; ok {
				c.TokenIssued = issued.Unix()
			}
			c.MFA = text(field.Member(value, "mfaAuthenticated"))
		case "sourceIdentity":
			c.SourceIdentity = text(value)
		case "ec2RoleDelivery":
			c.RoleDelivery = text(value)
		case "webIdFederationData":
			c.Provider = text(field.Member(value, "federatedProvider"))
		}
	}
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
