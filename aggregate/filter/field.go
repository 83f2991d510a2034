package filter

// Field is what a condition is about. Its value is the name of the flag.
type Field string

const (
	Principal Field = "principal"
	Action    Field = "action"
	Bucket    Field = "bucket"
	Account   Field = "account" // of the principal, of the bucket, or of the trail that has the record
	Cause     Field = "cause"
	Policy    Field = "policy" // its ARN
)

// The fields of what a run finds.
const (
	Group    Field = "group"
	Incident Field = "incident"
)

// FoundFields returns the fields of what a run finds.
func FoundFields() []Field { return []Field{Group, Incident} }

// Fields returns the fields that denials of one caller have alike. Rules can have
// conditions on them alone.
func Fields() []Field { return []Field{Principal, Action, Bucket, Account, Cause, Policy} }

// Condition is true for the denials whose field matches a glob.
type Condition struct {
	Field Field
	Glob  string
}
