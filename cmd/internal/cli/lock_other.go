//go:build !unix

package cli

import (
	"errors"
	"os"
)

// lock does nothing here: what a killed run leaves stays until somebody removes it.
func lock(*os.File) (held bool, err error) { return false, errors.ErrUnsupported }

func openAbandoned(path string) (*os.File, error) { return os.Open(path) }

func umask() os.FileMode { return 0 }
