package event

// Context is what a record shows of the condition keys of a denied request, beyond
// what a [Denial] has. All strings are free of access key ids, and otherwise as the
// log has them: hostile. Contexts are comparable, so that equal ones are kept once.
type Context struct {
	UserID     string // principalId: of a session, the role's id and the session's name
	UserName   string // of an IAM user
	SessionARN string // of the session of a role or federated user
	InvokedBy  string // the AWS service that called on the caller's behalf

	// RoleNamed says that the record has the ARN of the role, with its path.
	RoleNamed bool

	// HasSession says that the record shows temporary credentials, and the next
	// fields are what it shows. Long-term credentials have no session.
	HasSession     bool
	TokenIssued    string // time
	MFA            string // true, false or empty
	SourceIdentity string
	Provider       string // of web identities: accounts.google.com
	RoleDelivery   string // how an EC2 instance got the credentials: 1.0, 2.0

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
