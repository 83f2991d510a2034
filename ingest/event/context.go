package event

// Context is what a record shows of the condition keys of a denied request, beyond
// what a [Denial] has. All strings are free of access key ids, and otherwise as the
// log has them: hostile. Both parts are comparable, so that equal ones can be kept
// once: there are as many credentials as sessions, and few ways to call.
type Context struct {
	Credentials
	Call
}

// Credentials are those that signed a request.
type Credentials struct {
	UniqueID      string // of the user or role: principalId without the name of the session
	UserName      string // of an IAM user
	FederatedUser string // name of the session of a federated user
	InvokedBy     string // the AWS service that called on the caller's behalf

	// RoleNamed says that the record has the ARN of the role, with its path.
	RoleNamed bool

	// HasSession says that the record shows temporary credentials, and the next
	// fields are what it shows. Long-term credentials have no session.
	HasSession     bool
	TokenIssued    int64  // seconds since 1970
	MFA            string // true, false or empty
	SourceIdentity string
	Provider       string // of web identities: accounts.google.com
	RoleDelivery   string // how an EC2 instance got the credentials: 1.0, 2.0

	FromConsole bool // the AWS Management Console called
}

// Call is how a request was made.
type Call struct {
	TLSVersion         string // TLSv1.3
	Encrypted          bool   // the request came over TLS, of a version that may be unknown
	AuthenticationType string // AuthHeader, QueryString
	SignatureVersion   string // SigV4

	// HasParameters says that the record has the parameters of the request, and the
	// next fields are those that conditions ask for. What is missing was not sent.
	HasParameters bool
	ACL           string // x-amz-acl
	Encryption    string // x-amz-server-side-encryption
	EncryptionKey string // x-amz-server-side-encryption-aws-kms-key-id
	StorageClass  string // x-amz-storage-class
	CopySource    string // x-amz-copy-source
	VersionID     string
	Delimiter     string
	MaxKeys       string
	Prefix        string
	HasPrefix     bool // the prefix was sent, also if it was empty
}
