//go:build unix

package cli

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// lock locks an open file until it is closed, or its process ends in any way. held is
// false if another process holds the lock, or if the file system has no locks.
func lock(f *os.File) (held bool, err error) {
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// openAbandoned opens a file without following a link or waiting for a pipe.
func openAbandoned(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0)
}

// umask returns which permissions new files do not get. It can only be read by setting
// it: for that moment, new files are for their owner alone.
func umask() os.FileMode {
	old := unix.Umask(0o077)
	unix.Umask(old)
	return os.FileMode(old)
}
