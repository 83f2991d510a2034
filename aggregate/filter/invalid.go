package filter

import "fmt"

// Problem is what is wrong with a pattern or a rule.
type Problem string

// Problems of patterns.
const (
	Empty   Problem = "empty pattern"
	TooLong Problem = "pattern too long"
	NotUTF8 Problem = "not UTF-8"
	// Comma means that no value of the field has a comma.
	Comma Problem = "comma in a pattern"
	// NotAccount means that the pattern can match no account id.
	NotAccount Problem = "not an account id"
	NoCause    Problem = "no such cause"
	// IsSession means that the pattern is the ARN of a session. Instead is its role.
	IsSession Problem = "session and not role"
	// NotNetwork means that the pattern is no network of addresses.
	NotNetwork Problem = "not a network"
	// NotKey means that the pattern is not the id of an access key.
	NotKey Problem = "not an access key id"
	// NotName means that the pattern is the URL or ARN of a bucket. Instead is its name.
	NotName Problem = "not the name of a bucket"
)

// Problems of rules.
const (
	NotCondition Problem = "not a condition"
	UnknownField Problem = "unknown field"
	Twice        Problem = "field given twice"
	NotDay       Problem = "not a day"
	NoCondition  Problem = "no condition"
)

// Invalid is the error for a pattern or rule that cannot be used.
type Invalid struct {
	Problem Problem
	// Field is the field of the pattern. It is empty if no pattern is to blame.
	Field Field
	// Text is the part that is wrong, and Instead is what was probably meant, or empty.
	Text, Instead string
}

func (e *Invalid) Error() string { return fmt.Sprintf("%s: %q", e.Problem, e.Text) }

// LineError is an error in a line of a file of rules.
type LineError struct {
	File string
	Line int // from 1
	Err  *Invalid
}

func (e *LineError) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }

func (e *LineError) Unwrap() error { return e.Err }
