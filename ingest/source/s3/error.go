package s3

// Error is an error with advice on what to do.
type Error struct {
	Text string
	Hint string
	err  error // why, for those who decide on another attempt
}

func (e *Error) Error() string { return e.Text }
func (e *Error) Unwrap() error { return e.err }
