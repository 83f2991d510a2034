package cli

import (
	"os"

	"golang.org/x/sys/unix"
)

// wasClosed says whether a standard stream was closed when the program started. The
// Go runtime then opens /dev/null in its place, for reading and writing. A shell
// opens /dev/null for writing only, but some programs that want no output open it as
// the runtime does, and nothing tells the two apart.
func wasClosed(stream *os.File) bool {
	info, err := stream.Stat()
	if err != nil {
		return true
	}
	null, err := os.Stat(os.DevNull)
	if err != nil || !os.SameFile(info, null) {
		return false
	}
	flags, err := unix.FcntlInt(stream.Fd(), unix.F_GETFL, 0)
	return err == nil && flags&unix.O_ACCMODE == unix.O_RDWR && flags&unix.O_APPEND == 0
}
