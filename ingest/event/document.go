package event

// BlockPublicAccess is the name of the settings of S3 Block Public Access. A bucket
// has them beside its policy.
const BlockPublicAccess = "BlockPublicAccess"

// Document is a policy document that an access change set or removed.
type Document struct {
	// Kind is the kind of policy. It is empty for the settings of S3 Block Public
	// Access, which are not a policy, and where a record that removes a policy does not
	// show its kind.
	Kind Policy
	Of   Target // what the document is attached to, or the policy itself
	Name string // of an inline policy, of which a role, user or group can have several; or of settings

	// Version is the version of a managed policy, and Default says that this version
	// is the one in force from then on. Other policies have one version.
	Version string
	Default bool

	// Text is the document as the record has it, of bounded size and free of access
	// key ids: hostile. It is empty if there is no document from then on, and if it is
	// missing.
	Text    string
	Missing bool // there is a document, and the record does not have it
}
