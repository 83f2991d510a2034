package policydoc

// Document is a policy document. All its texts are as it was written: hostile.
type Document struct {
	Version    string // of the policy language: 2012-10-17 or 2008-10-17
	ID         string
	Statements []Statement
}

// The versions of the policy language. A document without one has the first.
const (
	version2008 = "2008-10-17"
	version2012 = "2012-10-17"
)

// An Effect is what a statement does to the requests that it matches.
type Effect string

const (
	Allow Effect = "Allow"
	Deny  Effect = "Deny"
)

// Statement is one statement of a document.
type Statement struct {
	Number     int // in its document, from 1
	Sid        string
	Effect     Effect
	Principals Principals // not given in policies of identities and organizations
	Actions    Names
	Resources  Names // not given in trust policies
	Conditions []Condition

	// variables says whether ${…} is a variable: it is plain text in documents of
	// the first version.
	variables bool
}

// Names are the values of an element that names things.
type Names struct {
	Given  bool // the statement has the element
	Not    bool // it is NotAction or NotResource: all but these
	Values []string
}

// Principals are the values of the Principal element.
type Principals struct {
	Given  bool // the statement has the element
	Not    bool // it is NotPrincipal: all but these
	Values []Principal
}

// Principal is somebody whom a statement names.
type Principal struct {
	Type  string // AWS, Service, Federated or CanonicalUser; AWS also for "*"
	Value string
}

// Condition is one operator with one key.
type Condition struct {
	Operator string // as it was written
	Key      string
	Values   []string

	op operator
}

// HasVariables says whether ${…} in the statement is a variable.
func (s *Statement) HasVariables() bool { return s.variables }
