//go:build !linux

package cli

import "os"

// wasClosed says whether a standard stream was closed when the program started, as
// far as that can be known here.
func wasClosed(stream *os.File) bool {
	_, err := stream.Stat()
	return err != nil
}
