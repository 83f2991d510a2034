//go:build unix

package source

import (
	"io/fs"
	"syscall"
	"time"
)

// inode identifies a file that has several names.
type inode struct {
	device, number uint64
	size           int64
	changed        time.Time
}

// inodeOf returns the identity of a file that has several names. It includes the
// size and the time, because some network file systems use a number again.
func inodeOf(info fs.FileInfo) (id inode, several bool) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || stat.Nlink < 2 {
		return inode{}, false
	}
	return inode{uint64(stat.Dev), stat.Ino, info.Size(), info.ModTime()}, true
}
