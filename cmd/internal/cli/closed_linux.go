package cli

import (
	"os"

	"golang.org/x/sys/unix"
)

// wasClosed says whether a standard stream was closed when the program started. The
// Go runtime then opens /dev/null in its place, for reading and writing, once for each
// stream. A shell opens /dev/null for writing only. Some programs that want no output
// open it as the runtime does. If they use it for several streams, those streams are one
// open file. For a single stream, nothing shows the difference.
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
	return err == nil && flags&unix.O_ACCMODE == unix.O_RDWR && flags&unix.O_APPEND == 0 && !isShared(stream)
}

// isShared says whether another standard stream is the same open file. Where the
// kernel does not tell, it is not.
// https://man7.org/linux/man-pages/man2/kcmp.2.html
func isShared(stream *os.File) bool {
	const file = 0 // KCMP_FILE
	pid, fd := uintptr(os.Getpid()), stream.Fd()
	for other := range uintptr(3) {
		if other == fd {
			continue
		}
		if order, _, errno := unix.Syscall6(unix.SYS_KCMP, pid, pid, file, fd, other, 0); errno == 0 && order == 0 {
			return true
		}
	}
	return false
}
