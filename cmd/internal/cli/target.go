package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"

	"trail403/aggregate"
	"trail403/report"
)

// target is one place that a report goes to. Files are written beside their
// place and moved there when all reports of the run are complete.
type target struct {
	name   string
	format report.Format
	out    io.Writer
	width  int // of text
	color  bool
	file   *renameio.PendingFile // nil for standard output and devices
	device *os.File
}

type targets []*target

// openTargets opens all places before anything is read: after an hour of
// reading is no time to find a folder missing.
func openTargets(env Env, o *reportOptions, sources []string) (ts targets, err error) {
	defer func() {
		if err != nil {
			ts.discard()
		}
	}()
	if o.format != "" && len(o.outputs) > 1 {
		return nil, usagef("--format together with several -o").hint("the format of each -o follows from its name: %s", orList(extensions()))
	}
	names := o.outputs
	if len(names) == 0 {
		names = []string{"-"}
	}
	seen := map[string]bool{}
	for _, name := range names {
		t := &target{name: name}
		if t.format, err = o.formatOf(env, name); err != nil {
			return ts, err
		}
		if seen[filepath.Clean(name)] {
			return ts, usagef("-o %s is given twice", name)
		}
		seen[filepath.Clean(name)] = true
		if name == "-" {
			if k, _ := report.KindOf(t.format); k.Binary && env.IsTerminal(env.Stdout) {
				return ts, usagef("%s is not for a terminal", k.Title).hint("write it to a file: -o report%s", k.Extensions[0])
			}
			t.out = env.Stdout
		} else if err = refuseInput(name, sources); err != nil {
			return ts, err
		} else if err = t.open(); err != nil {
			return ts, err
		}
		t.width, t.color = env.width(t.out), env.color(o.color, t.out)
		ts = append(ts, t)
	}
	return ts, nil
}

func (o *reportOptions) formatOf(env Env, name string) (report.Format, error) {
	if o.format != "" {
		if k, ok := report.KindOf(report.Format(o.format)); ok {
			return k.Format, nil
		}
		return "", usagef("unknown --format %q", o.format).hint("the formats are %s", andList(report.Formats()))
	}
	if name == "-" && env.IsTerminal(env.Stdout) {
		return report.Text, nil
	}
	if name == "-" {
		return report.Markdown, nil
	}
	if name == "" {
		return "", usagef("-o needs a file's name")
	}
	f, ok := report.FormatOf(name)
	if !ok {
		return "", usagef("-o %s: the name tells no format", name).hint("end it in %s, or give --format", orList(extensions()))
	}
	return f, nil
}

// refuseInput refuses an output that is a source or lies in one: it would
// replace a log, or be read as one by the next run.
func refuseInput(name string, sources []string) error {
	out := realPath(name)
	for _, s := range sources {
		if s == "-" {
			continue
		}
		in := realPath(s)
		inside := strings.HasPrefix(out, strings.TrimSuffix(in, "/")+"/")
		if out == in || inside {
			return usagef("-o %s lies in the source %s", name, s).hint("write the report elsewhere, so that it is never taken for a log")
		}
	}
	return nil
}

// realPath returns the absolute path without symbolic links, also of a file
// that does not exist yet.
func realPath(name string) string {
	abs, err := filepath.Abs(name)
	if err != nil {
		return name
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(abs))
	if err != nil {
		return abs
	}
	return filepath.Join(dir, filepath.Base(abs))
}

func (t *target) open() error {
	info, err := os.Stat(t.name)
	switch {
	case err == nil && info.IsDir():
		return fmt.Errorf("writing %s: it is a folder", t.name)
	case err == nil && !info.Mode().IsRegular():
		// A device or a pipe is written to, never replaced.
		if t.device, err = os.OpenFile(t.name, os.O_WRONLY, 0); err != nil {
			return fmt.Errorf("writing %s: %w", t.name, pathCause(err))
		}
		t.out = t.device
		return nil
	}
	t.file, err = renameio.NewPendingFile(realPath(t.name), renameio.WithPermissions(0o644), renameio.WithExistingPermissions())
	if err != nil {
		return fmt.Errorf("writing %s: %w", t.name, pathCause(err))
	}
	t.out = t.file
	return nil
}

// write writes all reports, and only then puts the files in their places.
func (ts targets) write(r *aggregate.Result, o report.Options) error {
	for _, files := range []bool{true, false} { // files first: a reader of a pipe may end it early
		for _, t := range ts {
			if (t.file != nil) != files {
				continue
			}
			w := bufio.NewWriterSize(t.out, 64<<10)
			o.Width, o.Color = t.width, t.color
			err := report.Write(w, t.format, r, o)
			if err == nil {
				err = w.Flush()
			}
			if err != nil {
				return fmt.Errorf("writing %s: %w", t.title(), pathCause(err))
			}
		}
		if files {
			if err := ts.commit(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (ts targets) commit() error {
	for _, t := range ts {
		if t.file == nil {
			continue
		}
		if err := t.file.CloseAtomicallyReplace(); err != nil {
			return fmt.Errorf("writing %s: %w", t.name, pathCause(err))
		}
	}
	return nil
}

// discard removes what was not put in its place.
func (ts targets) discard() {
	for _, t := range ts {
		if t.file != nil {
			t.file.Cleanup()
		}
		if t.device != nil {
			t.device.Close()
		}
	}
}

func (t *target) title() string {
	if t.name == "-" {
		return "standard output"
	}
	return t.name
}

// pathCause strips the operation and the path, which the message names already.
func pathCause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
