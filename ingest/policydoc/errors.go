package policydoc

import (
	"errors"
	"strconv"
	"strings"
)

// What can be wrong with a document. [Parse] returns an [*Error] that wraps one.
var (
	ErrTooLarge  = errors.New("larger than any policy that AWS accepts")
	ErrTooMany   = errors.New("more statements or values than any policy that AWS accepts")
	ErrEncoding  = errors.New("not valid UTF-8")
	ErrSyntax    = errors.New("not valid JSON")
	ErrShape     = errors.New("not of the type that the policy language has here")
	ErrDuplicate = errors.New("given twice")
	ErrUnknown   = errors.New("not a part of the policy language")
	ErrMissing   = errors.New("missing")
	ErrBoth      = errors.New("given together with its opposite")
	ErrValue     = errors.New("not a value that the policy language has here")
)

// Limits of a document. AWS's own are lower: the largest document is a key policy,
// of 32 KiB without white space.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const (
	MaxBytes      = 128 << 10
	maxStatements = 1000
	maxValues     = 20_000
)

// Error says what is wrong with a document, and where.
type Error struct {
	Problem   error  // one of the Err… of this package
	Statement int    // number of the statement, 0 outside of statements
	Element   string // name of the element as the document has it, or empty
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("policy document: ")
	if e.Statement > 0 {
		b.WriteString("statement " + strconv.Itoa(e.Statement) + ": ")
	}
	if e.Element != "" {
		b.WriteString(strconv.Quote(clip(e.Element, 60)) + ": ")
	}
	b.WriteString(e.Problem.Error())
	return b.String()
}

func (e *Error) Unwrap() error { return e.Problem }

// clip returns at most n bytes of a text, in complete characters, with an ellipsis
// where something is missing.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
