package evaluate

import "trail403/ingest/policydoc"

// A Relation says what a statement does to a request.
type Relation string

const (
	Refuses   Relation = "refuses"    // a Deny that is about it
	MayRefuse Relation = "may refuse" // a Deny that is, if what the log does not show is so
	Misses    Relation = "misses"     // an Allow that comes near and is not about it
)

// Finding is a statement that has to do with a denial.
type Finding struct {
	Policy    *Policy
	Statement *policydoc.Statement
	Matches   Relation
	Why       string   // in sentences, with names as the log and the document have them: hostile
	Had       string   // the end of Why: what the request had of what a Deny statement asks for
	Unseen    []string // condition keys or elements that the answer depends on and the log does not show
}
