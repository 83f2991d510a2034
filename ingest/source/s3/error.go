package s3

import "errors"

// ErrMissing is the error of reading an object that does not exist.
var ErrMissing = errors.New("the object does not exist (any more)")

// Error is an error with advice on what to do.
type Error struct {
	Text string
	Hint string
	err  error // why, for those who decide on another attempt
}

func (e *Error) Error() string { return e.Text }
func (e *Error) Unwrap() error { return e.err }
