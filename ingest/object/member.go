package object

import "io"

// Member is an object in an archive. Its name is only shown, and never used as a
// path.
type Member struct {
	Name string
	open func() (*memberBody, error)
}

// memberBody is the body of a member. What a reader decompresses of it counts for
// the archive, too.
type memberBody struct {
	io.Reader
	io.Closer
	archive *total
}

// Open opens the member. It can be read until the next member comes.
func (m Member) Open() (io.ReadCloser, error) { return m.open() }
