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

// Fields returns all fields.
func Fields() []Field { return []Field{Principal, Action, Bucket, Account, Cause, Policy} }

// Condition is true for the denials whose field matches a glob.
type Condition struct {
	Field Field
	Glob  string
}
