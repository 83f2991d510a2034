package condition

// Parts are the values of a record that tell about condition keys, as raw JSON, nil
// for what it lacks.
type Parts struct {
	Caller     Caller
	Parameters Parameters
	Connection Connection
	Console    []byte // the member sessionCredentialFromConsole of the record
}

// Caller is from the member userIdentity.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
type Caller struct {
	Kind, PrincipalID, UserName, InvokedBy, ARN []byte
	Session                                     Session
}

// Member returns where a member of userIdentity is kept, nil for others.
func (c *Caller) Member(key []byte) *[]byte {
	switch string(key) {
	case "type":
		return &c.Kind
	case "principalId":
		return &c.PrincipalID
	case "userName":
		return &c.UserName
	case "invokedBy":
		return &c.InvokedBy
	case "arn":
		return &c.ARN
	}
	return nil
}

// Session is from the member sessionContext of userIdentity.
type Session struct {
	Issuer                   []byte // arn of sessionIssuer
	Created, MFA             []byte // creationDate and mfaAuthenticated of attributes
	Provider                 []byte // federatedProvider of webIdFederationData
	SourceIdentity, Delivery []byte
}

// Member returns where a member of sessionContext is kept, nil for others and for objects.
func (s *Session) Member(key []byte) *[]byte {
	switch string(key) {
	case "sourceIdentity":
		return &s.SourceIdentity
	case "ec2RoleDelivery":
		return &s.Delivery
	}
	return nil
}

// Object forgets an object in sessionContext, and returns where its members are kept. It
// returns nil for one of which none is kept.
func (s *Session) Object(name []byte) (member func(key []byte) *[]byte) {
	switch string(name) {
	case "sessionIssuer":
		s.Issuer = nil
		return s.ofIssuer
	case "attributes":
		s.Created, s.MFA = nil, nil
		return s.ofAttributes
	case "webIdFederationData":
		s.Provider = nil
		return s.ofProvider
	}
	return nil
}

func (s *Session) ofIssuer(key []byte) *[]byte {
	if string(key) == "arn" {
		return &s.Issuer
	}
	return nil
}

func (s *Session) ofAttributes(key []byte) *[]byte {
	switch string(key) {
	case "creationDate":
		return &s.Created
	case "mfaAuthenticated":
		return &s.MFA
	}
	return nil
}

func (s *Session) ofProvider(key []byte) *[]byte {
	if string(key) == "federatedProvider" {
		return &s.Provider
	}
	return nil
}

// Parameters is from the member requestParameters, which for S3 are those of the query
// and the headers that begin with x-amz.
type Parameters struct {
	All                                 []byte // the member itself
	ACL, Encryption, EncryptionKey      []byte
	StorageClass, CopySource, VersionID []byte
	Delimiter, MaxKeys, Prefix          []byte
}

// Member returns where a member of requestParameters is kept, nil for others.
func (p *Parameters) Member(key []byte) *[]byte {
	switch string(key) {
	case "x-amz-acl":
		return &p.ACL
	case "x-amz-server-side-encryption":
		return &p.Encryption
	case "x-amz-server-side-encryption-aws-kms-key-id":
		return &p.EncryptionKey
	case "x-amz-storage-class":
		return &p.StorageClass
	case "x-amz-copy-source":
		return &p.CopySource
	case "versionId":
		return &p.VersionID
	case "delimiter":
		return &p.Delimiter
	case "max-keys":
		return &p.MaxKeys
	case "prefix":
		return &p.Prefix
	}
	return nil
}

// Connection is from the members additionalEventData and tlsDetails.
type Connection struct{ Authentication, Signature, CipherSuite, TLSVersion []byte }

// Additional returns where a member of additionalEventData is kept, nil for others.
func (c *Connection) Additional(key []byte) *[]byte {
	switch string(key) {
	case "AuthenticationMethod":
		return &c.Authentication
	case "SignatureVersion":
		return &c.Signature
	case "CipherSuite":
		return &c.CipherSuite
	}
	return nil
}

// TLS returns where a member of tlsDetails is kept, nil for others.
func (c *Connection) TLS(key []byte) *[]byte {
	if string(key) == "tlsVersion" {
		return &c.TLSVersion
	}
	return nil
}
