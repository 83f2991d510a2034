//go:build !unix

package source

import "io/fs"

type inode struct{}

func inodeOf(fs.FileInfo) (id inode, several bool) { return inode{}, false }
