package source

import (
	"io/fs"
	"path/filepath"
)

// reached remembers which files and folders a run has listed. Each is read once,
// even if links, several sources or several names lead to it.
//
// It does not remember a file that is listed with its folder: there may be millions
// of them.
type reached struct {
	folders map[string]bool // by real path
	files   map[string]bool // listed without their folder, by real path
	inodes  map[inode]bool  // of files that have several names
	pruned  map[string]bool // skipped folders, by real path
}

func newReached() *reached {
	return &reached{
		folders: map[string]bool{}, files: map[string]bool{},
		inodes: map[inode]bool{}, pruned: map[string]bool{},
	}
}

// realPath returns the path of a file or folder without links. For a pipe, which has
// none, it is the path itself.
func realPath(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// folder says whether a folder is reached for the first time, by its real path.
func (r *reached) folder(real string) bool {
	if r.folders[real] {
		return false
	}
	r.folders[real] = true
	return true
}

// prune says whether a folder is skipped for the first time.
func (r *reached) prune(real string) bool {
	if r.pruned[real] {
		return false
	}
	r.pruned[real] = true
	return true
}

// file says whether a file that is listed with its folder is reached for the first
// time, by its real path.
func (r *reached) file(real string, info fs.FileInfo) bool {
	return !r.files[real] && r.firstName(info)
}

// named says whether a file that is a source, or that a link leads to, is reached
// for the first time.
func (r *reached) named(path string, info fs.FileInfo) bool {
	real := realPath(path)
	if r.files[real] || r.folders[filepath.Dir(real)] {
		return false
	}
	r.files[real] = true
	return r.firstName(info)
}

func (r *reached) firstName(info fs.FileInfo) bool {
	id, several := inodeOf(info)
	if !several {
		return true
	}
	if r.inodes[id] {
		return false
	}
	r.inodes[id] = true
	return true
}
