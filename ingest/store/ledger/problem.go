package ledger

import (
	"errors"
	"fmt"

	"trail403/ingest/store/file"
	"trail403/ingest/store/version"
)

// Problem is something that is wrong with a store.
type Problem struct {
	Name string // of the file
	Err  error
}

func (p *Problem) Error() string { return fmt.Sprintf("%s: %v", p.Name, p.Err) }
func (p *Problem) Unwrap() error { return p.Err }

// About says which file an error of its content is about. Other errors, such as those of
// a network, stay as they are.
func About(name string, err error) error {
	var newer version.NewerError
	if errors.Is(err, file.ErrCorrupt) || errors.As(err, &newer) {
		return &Problem{name, err}
	}
	return err
}

// Errors of a store.
var (
	ErrNoStore     = errors.New("there is no store")
	ErrNotEmpty    = errors.New("there is no store, and the place is not empty")
	ErrNoCondition = errors.New("the server does not support conditional writes (If-None-Match), " +
		"so two collectors could overwrite each other")
	ErrSettings = errors.New("the settings of the store are damaged")
	ErrHole     = errors.New("the file is missing")
	ErrName     = errors.New("the file says that it holds other runs than its name says")
	ErrOverlap  = errors.New("the file holds runs that another file holds, too")
	ErrTwice    = errors.New("the file holds the same run as another file")
)

// Schema is the version of stores.
const Schema = 1
