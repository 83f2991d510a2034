package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"trail403/aggregate"
	"trail403/report"
)

// targets are where the reports of a run go.
type targets struct {
	all    []*target
	places places
	files  *files
}

// target is where one report goes, and how it looks there.
type target struct {
	output
	out    io.Writer
	width  int // of text
	color  bool
	pager  string
	env    Env
	file   *pendingFile // nil for standard output, pipes and devices
	device *os.File
}

// openTargets opens all targets before anything is read: after an hour of reading is a
// bad time to find a folder missing.
func openTargets(env Env, p *plan) (*targets, error) {
	ts := &targets{files: env.files, places: places{checked: map[string]bool{}}}
	if err := ts.check(env, p); err != nil {
		return nil, err
	}
	for _, o := range p.outputs {
		t := &target{output: o}
		if err := t.open(env); err != nil {
			ts.close()
			return nil, t.failed(err)
		}
		t.width, t.color = env.width(t.out), env.color(p.color, t.out)
		if t.env = env; t.format == report.Text {
			t.pager = env.pagerOf(p.noPager, t.out)
		}
		ts.all = append(ts.all, t)
	}
	return ts, nil
}

// check finds what the run would read and replace.
func (ts *targets) check(env Env, p *plan) error {
	for _, o := range p.outputs {
		at := place{name: "-", info: stat(env.Stdout)}
		if o.name != "-" {
			var err error
			if at, err = placeOf(o.name); err != nil {
				return err
			}
		}
		if err := ts.places.add(at); err != nil {
			return err
		}
	}
	for _, name := range p.sources {
		if err := ts.places.spareSource(name); err != nil {
			return err
		}
	}
	for _, name := range p.excluded {
		if err := ts.places.spareFile(name, "the file of --exclude"); err != nil {
			return err
		}
	}
	for i := range p.policies.Snapshots {
		if err := ts.places.spareFile(p.policies.Snapshots[i].File, "a file of --policies"); err != nil {
			return err
		}
	}
	if err := ts.places.spareFile(p.objectsFrom, "the list of --objects-from"); err != nil {
		return err
	}
	if p.objectsFrom == "-" || slices.Contains(p.sources, "-") {
		return ts.places.spare(stat(env.Stdin), "standard input")
	}
	return nil
}

// stat describes a stream, if it is a file or a pipe. What is written to a device
// replaces nothing.
func stat(stream any) fs.FileInfo {
	f, ok := stream.(*os.File)
	if !ok {
		return nil
	}
	info, err := f.Stat()
	if err != nil || info.Mode()&fs.ModeCharDevice != 0 {
		return nil
	}
	return info
}

func (t *target) open(env Env) (err error) {
	if t.name == "-" {
		t.out = env.Stdout
		_, err := t.out.Write(nil) // fails if it is closed
		return err
	}
	if t.folder != "" {
		if err := os.Mkdir(t.folder, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	info, err := os.Stat(t.name)
	switch {
	case err == nil && info.IsDir():
		return hintedError{errors.New("it is a folder"), []string{"name a file in it, such as " + t.name + "/report.md"}}
	case err == nil && !info.Mode().IsRegular():
		// A device or a pipe is written to, never replaced.
		if t.device, err = os.OpenFile(t.name, os.O_WRONLY, 0); err != nil {
			return err
		}
		t.out = t.device
		return nil
	}
	if t.file, err = env.files.create(realPath(t.name)); err != nil {
		return err
	}
	t.out = t.file
	return nil
}

// write writes all reports. When all files are complete, they are published. Standard
// output, pipes and devices come after that, because their readers may end early. code
// is the exit code of the run if nothing fails.
func (ts *targets) write(r *aggregate.Result, o report.Options, code int) error {
	return ts.writeAll(code, func(w io.Writer, t *target, headFirst bool) error {
		o.HeadFirst = headFirst
		o.Width, o.Color, o.Table = t.width, t.color, t.table
		of := o
		of.Timeline = pathFrom(t.name, o.Timeline)
		return report.Write(w, t.format, r, of)
	})
}

// writer writes what belongs to a target. headFirst says that a pager shows it.
type writer func(w io.Writer, t *target, headFirst bool) error

// writeAll does the same with what one writes to a target.
func (ts *targets) writeAll(code int, one writer) error {
	streams := 0
	for _, t := range ts.all {
		if t.file == nil {
			streams++
		} else if err := t.write(one); err != nil {
			return err
		}
	}
	if err := ts.files.publish(streams == 0, code); err != nil {
		return err
	}
	for _, t := range ts.all {
		if t.file == nil {
			if err := t.write(one); err != nil {
				return err
			}
		}
	}
	ts.files.settle(code)
	return nil
}

func (t *target) write(one writer) error {
	return t.failed(t.env.show(t.pager, t.out, func(out io.Writer, headFirst bool) error {
		w := bufio.NewWriterSize(out, 64<<10)
		err := one(w, t, headFirst)
		if err == nil {
			err = w.Flush()
		}
		return err
	}))
}

// failed says which target an error is about.
func (t *target) failed(err error) error {
	switch {
	case err == nil:
		return nil
	case t.name == "-":
		return writingStdout(err)
	}
	return fmt.Errorf("writing %s: %w", t.name, pathCause(err))
}

// close removes the files that were not published, and closes devices.
func (ts *targets) close() {
	ts.files.end()
	for _, t := range ts.all {
		if t.device != nil {
			t.device.Close()
		}
	}
}
