package coverage

import (
	"cmp"
	"errors"
	"fmt"

	"trail403/ingest/redact"
)

// Limit is a bound that keeps hostile input from filling the memory or the disk.
// An object that exceeds one fails.
type Limit string

const (
	MaxObject Limit = "max-object" // decompressed bytes of an object
	MaxRecord Limit = "max-record" // bytes of a record, or of another JSON value
	MaxDepth  Limit = "max-depth"  // levels that a record nests

	MaxArchive Limit = "max-archive" // decompressed bytes of an archive and all of its members
	MaxMembers Limit = "max-members" // members of an archive
	MaxTemp    Limit = "max-temp"    // bytes of the temporary copy of a zip archive
)

// LimitError says that an object exceeds a limit.
type LimitError struct {
	Limit Limit
	Value int64 // of the limit
	Err   error // where it was exceeded, or nil
}

func (e LimitError) Error() string { return fmt.Sprintf("%s of %d exceeded", e.Limit, e.Value) }

func (e LimitError) Unwrap() error { return e.Err }

// Failure is an object that could not be read. Nothing in it counts.
type Failure struct {
	Object string
	Err    error // a LimitError, or a text for people
}

// maxFailures is how many failures are kept: the first by name. An archive of some
// kilobytes may hold millions of members that fail.
const maxFailures = 1000

// maxError is how many bytes of an error's text are kept.
const maxError = 1000

// newFailure keeps only the text of an error, unless it is a LimitError: an error
// of the network may hold on to a complete response.
func newFailure(object string, err error) Failure {
	if _, ok := err.(LimitError); !ok {
		err = errors.New(cut(redact.Text(err.Error()), maxError))
	}
	return Failure{shownName(object), err}
}

func compareFailures(a, b Failure) int {
	return cmp.Or(cmp.Compare(a.Object, b.Object), cmp.Compare(a.Err.Error(), b.Err.Error()))
}
