package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"trail403/ingest/source"
)

// places are where the reports of a run go. No report may replace what the run reads,
// or go to a folder where the next run would take it for a log.
type places struct {
	all     []place
	checked map[string]bool // folders of listed objects
}

// place is where one report goes.
type place struct {
	name    string        // as the user wrote it; - is standard output
	real    string        // the path without links, "" for standard output
	info    fs.FileInfo   // nil if there is no such file yet
	folders []fs.FileInfo // that the path leads through
}

// placeOf returns where the report with a name goes.
func placeOf(name string) (p place, err error) {
	p.name = name
	if p.info, err = os.Stat(name); err != nil {
		p.info = nil
		if to, notLink := os.Readlink(name); notLink == nil {
			return p, hintedError{
				fmt.Errorf("writing %s: it is a link to %s, which cannot be opened: %w", name, to, pathCause(err)),
				[]string{"create the file that it links to, or remove the link"},
			}
		}
	}
	p.real = realPath(name)
	for folder := filepath.Dir(p.real); ; folder = filepath.Dir(folder) {
		if info, err := os.Stat(folder); err == nil {
			p.folders = append(p.folders, info)
		}
		if folder == filepath.Dir(folder) {
			return p, nil
		}
	}
}

// is says whether a file is the one at the place, by whatever name.
func (p place) is(info fs.FileInfo) bool {
	return p.info != nil && info != nil && os.SameFile(p.info, info)
}

// add adds a place, which must not be one of the others.
func (ps *places) add(p place) error {
	for _, other := range ps.all {
		if other.name == p.name {
			return usagef("-o %s is given twice", p.name).hint("write each report to a file of its own")
		}
		if other.real == p.real || other.is(p.info) {
			return usagef("-o %s and -o %s are the same file", other.name, p.name).
				hint("write each report to a file of its own")
		}
	}
	ps.all = append(ps.all, p)
	return nil
}

// spare fails if a report would replace a file that the run reads. what says what file
// that is.
func (ps *places) spare(info fs.FileInfo, what string) error {
	for _, p := range ps.all {
		if p.is(info) && info.Mode().IsRegular() {
			return usagef("-o %s is %s, which this run reads", p.name, what).hint("write the report to another file")
		}
	}
	return nil
}

// spareFile is spare for a file by its name. There may be no name, or no such file.
func (ps *places) spareFile(name, what string) error {
	info, err := os.Stat(name)
	if err != nil {
		return nil
	}
	return ps.spare(info, what)
}

// spareSource fails if a report is in a source.
func (ps *places) spareSource(name string) error {
	if source.IsLocation(name) || name == "-" {
		return nil
	}
	in := realPath(name)
	for _, p := range ps.all {
		if p.real == in || strings.HasPrefix(p.real, strings.TrimSuffix(in, "/")+"/") {
			return p.isIn(name)
		}
	}
	return nil
}

func (p place) isIn(folder string) error {
	return usagef("-o %s is in the source %s", p.name, folder).
		hint("write the report to another folder, so that no run takes it for a log")
}

// spareListed fails if a report would replace a listed object, or is in a folder that
// a source reaches through a link. It is called by one goroutine.
func (ps *places) spareListed(src source.Source, e source.Entry) error {
	if strings.HasPrefix(e.Name, "s3://") {
		return nil
	}
	for _, p := range ps.all {
		if p.info != nil {
			if err := ps.spareFile(e.Name, "the log "+e.Name); err != nil {
				return err
			}
			break
		}
	}
	if local, ok := src.(source.Local); ok && e.Name != local.Path {
		return ps.spareFolder(filepath.Clean(local.Path), filepath.Dir(e.Name))
	}
	return nil
}

// spareFolder checks a folder, and the folders between it and the source that it is in.
func (ps *places) spareFolder(root, folder string) error {
	for !ps.checked[folder] {
		ps.checked[folder] = true
		info, err := os.Stat(folder)
		if err != nil {
			return nil
		}
		for _, p := range ps.all {
			for _, above := range p.folders {
				if os.SameFile(info, above) {
					return p.isIn(folder)
				}
			}
		}
		if folder == root {
			return nil
		}
		folder = filepath.Dir(folder)
	}
	return nil
}

// pathFrom returns the path by which a file names another one. Without a file, as for
// standard output, it is the path itself.
func pathFrom(file, to string) string {
	if file == "-" || to == "" {
		return to
	}
	path, err := filepath.Rel(filepath.Dir(realPath(file)), realPath(to))
	if err != nil {
		return to
	}
	return filepath.ToSlash(path)
}

// realPath returns the absolute path without links, also of a file that does not
// exist yet.
func realPath(name string) string {
	abs, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(abs))
	if err != nil {
		return abs
	}
	return filepath.Join(folder, filepath.Base(abs))
}
