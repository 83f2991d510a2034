// Package version has the error for what a newer version of the program wrote into a
// store.
package version

import "fmt"

// NewerError says that something has a version that this program does not know.
type NewerError struct {
	What          string // has it, as in: the store has version
	Schema, Known int
}

func (e NewerError) Error() string {
	return fmt.Sprintf("%s has version %d, and this version of trail403 knows %d", e.What, e.Schema, e.Known)
}
