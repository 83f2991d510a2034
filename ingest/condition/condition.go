// Package condition reads what a CloudTrail record shows of the condition keys of
// a request. Policies ask for more than a record has. What they ask for and a
// record may have is in [event.Context].
//
// Records are read once more for it, so it is meant for denials, which are few.
package condition

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/scan"
)

// Read returns what a record, the JSON text of an object, shows. It never fails:
// what it cannot read is missing.
func Read(record []byte) (c event.Context) {
	var identity, parameters, additional, tls []byte // of duplicate keys, the last one counts
	for key, value := range scan.Members(record) {
		switch string(key) {
		case "userIdentity":
			identity = value
		case "requestParameters":
			parameters = value
		case "additionalEventData":
			additional = value
		case "tlsDetails":
			tls = value
		}
	}
	readIdentity(&c.Credentials, field.Unwrap(identity))
	readParameters(&c.Call, field.Unwrap(parameters))
	readAdditional(&c.Call, field.Unwrap(additional))
	c.TLSVersion = text(field.Member(tls, "tlsVersion"))
	c.Encrypted = c.Encrypted || c.TLSVersion != ""
	return c
}

func text(value []byte) string { return field.Redact(field.Text(value)) }

// readIdentity reads who called.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
func readIdentity(c *event.Credentials, identity []byte) {
	var kind, name string
	for key, value := range scan.Members(identity) {
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
			readSession(c, field.Unwrap(value))
		}
	}
	if kind == "IAMUser" {
		c.UserName = name
	}
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
func readParameters(c *event.Call, parameters []byte) {
	c.HasParameters = len(parameters) > 0 && parameters[0] == '{'
	for key, value := range scan.Members(parameters) {
		if member := parameter(c, string(key)); member != nil {
			*member = text(value)
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

func readAdditional(c *event.Call, data []byte) {
	for key, value := range scan.Members(data) {
		switch string(key) {
		case "AuthenticationMethod":
			c.AuthenticationType = text(value)
		case "SignatureVersion":
			c.SignatureVersion = text(value)
		case "CipherSuite":
			c.Encrypted = c.Encrypted || field.Text(value) != ""
		}
	}
}
