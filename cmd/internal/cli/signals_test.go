//go:build linux

package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// program returns the program, which gets all signals that are sent to it.
func program(t *testing.T) string {
	t.Helper()
	bin := built(t)
	// A program inherits which signals it ignores, for example from nohup.
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, syscall.SIGINT, syscall.SIGHUP)
	t.Cleanup(func() { signal.Stop(caught) })
	return bin
}

// waiting waits until all threads of a process sleep, and stay asleep.
func waiting(t *testing.T, pid int) {
	t.Helper()
	for asleep := 0; asleep < 20; asleep++ {
		time.Sleep(5 * time.Millisecond)
		stats, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
		if err != nil || len(stats) == 0 {
			t.Fatalf("process %d does not run: %v", pid, err)
		}
		for _, name := range stats {
			text, _ := os.ReadFile(name)
			if i := bytes.LastIndexByte(text, ')'); i > 0 && i+2 < len(text) && text[i+2] != 'S' {
				asleep = 0
			}
		}
	}
}

// exitOf waits until a program ends, and returns its exit code. One that does not end
// fails the test. The time is much longer than programs take.
func exitOf(t *testing.T, cmd *exec.Cmd) int {
	t.Helper()
	killer := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
	err := cmd.Wait()
	if !killer.Stop() {
		t.Fatal("the program does not end")
	}
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode()
}

func mkfifo(t *testing.T, dir, name string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// pipe returns both ends of a pipe. Nobody reads from it or writes to it.
func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close(); w.Close() })
	return r, w
}

// Wherever a run waits, a signal ends it. The exit code says whether its outputs are
// complete.
func TestSignalsWhereItWaits(t *testing.T) {
	t.Parallel()
	bin := program(t)
	broken := filepath.Join(t.TempDir(), "broken.json")
	if err := os.WriteFile(broken, []byte(`{"Records":[`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args    []string // DIR is the folder of outputs, FIFO a pipe by name
		prepare func(t *testing.T, cmd *exec.Cmd, fifo string)
		code    int
		left    string
	}{
		"opening an output": {args: []string{"report", "-o", "DIR/report.json", "-o", "FIFO", demoDir}, code: Interrupted},
		"opening the rules": {args: []string{"report", "-o", "DIR/report.json", "--exclude", "FIFO", demoDir}, code: Interrupted},
		"opening the list":  {args: []string{"report", "-o", "DIR/report.json", "--objects-from", "FIFO"}, code: Interrupted},
		"opening a source":  {args: []string{"report", "-o", "DIR/report.json", "FIFO"}, code: Interrupted},
		"reading standard input": {
			args: []string{"report", "-o", "DIR/report.json", "-"}, code: Interrupted,
			prepare: func(t *testing.T, cmd *exec.Cmd, _ string) { cmd.Stdin, _ = pipe(t) },
		},
		"reading the list from standard input": {
			args: []string{"report", "-o", "DIR/report.json", "--objects-from", "-"}, code: Interrupted,
			prepare: func(t *testing.T, cmd *exec.Cmd, _ string) { cmd.Stdin, _ = pipe(t) },
		},
		"reading messages": {
			args: []string{"explain"}, code: Interrupted,
			prepare: func(t *testing.T, cmd *exec.Cmd, _ string) { cmd.Stdin, _ = pipe(t) },
		},
		"writing standard output": {
			args: []string{"report", "--format", "json", demoDir}, code: Interrupted,
			prepare: func(t *testing.T, cmd *exec.Cmd, _ string) { _, cmd.Stdout = pipe(t) },
		},
		// Files are published before, since a reader of standard output may end early.
		"writing standard output after files": {
			args: []string{"report", "-o", "DIR/report.json", "-o", "-", demoDir}, code: Interrupted, left: "report.json",
			prepare: func(t *testing.T, cmd *exec.Cmd, _ string) { _, cmd.Stdout = fullPipe(t) },
		},
		"writing a pipe": {
			args: []string{"report", "--format", "json", "-o", "FIFO", demoDir}, code: Interrupted,
			prepare: func(t *testing.T, _ *exec.Cmd, fifo string) {
				f, err := os.OpenFile(fifo, os.O_RDWR, 0)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { f.Close() })
			},
		},
		// The report is complete by then, and the exit code is the one of the report.
		"writing warnings": {
			args: []string{"report", "-o", "DIR/report.json", broken}, code: Incomplete, left: "report.json",
			prepare: func(t *testing.T, cmd *exec.Cmd, _ string) { _, cmd.Stderr = fullPipe(t) },
		},
	} {
		for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
			t.Run(name+" "+sig.String(), func(t *testing.T) {
				t.Parallel()
				dir, temp := t.TempDir(), t.TempDir()
				fifo := mkfifo(t, t.TempDir(), "fifo.md")
				var args []string
				for _, a := range c.args {
					args = append(args, strings.NewReplacer("DIR", dir, "FIFO", fifo).Replace(a))
				}
				cmd := exec.Command(bin, args...)
				cmd.Env = append(os.Environ(), "TMPDIR="+temp)
				if c.prepare != nil {
					c.prepare(t, cmd, fifo)
				}
				var errs bytes.Buffer
				if cmd.Stderr == nil {
					cmd.Stderr = &errs
				}
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				waiting(t, cmd.Process.Pid)
				cmd.Process.Signal(sig)
				if code := exitOf(t, cmd); code != c.code {
					t.Errorf("exit code %d, want %d: %s", code, c.code, errs.String())
				}
				if c.code == Interrupted && errs.String() != "trail403: interrupted\n" {
					t.Errorf("said %q", errs.String())
				}
				if left := strings.Join(namesIn(t, dir), " "); left != c.left {
					t.Errorf("left %q, want %q", left, c.left)
				}
				if left := namesIn(t, temp); len(left) > 0 {
					t.Errorf("left %q in the folder for temporary files", left)
				}
			})
		}
	}
}

// fullPipe is a pipe that takes no byte more.
func fullPipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w = pipe(t)
	fd := int(w.Fd()) // blocking, from here on
	if err := syscall.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	for size := 4096; size > 0; {
		if _, err := syscall.Write(fd, make([]byte, size)); err != nil {
			size /= 2
		}
	}
	if err := syscall.SetNonblock(fd, false); err != nil {
		t.Fatal(err)
	}
	return r, w
}

// The copy of a zip archive has no name: nothing is left of it, however the run ends.
func TestKilledWithZip(t *testing.T) {
	t.Parallel()
	bin, temp := program(t), t.TempDir()
	cmd := exec.Command(bin, "report", "-")
	cmd.Env = append(os.Environ(), "TMPDIR="+temp)
	stdin, feed := pipe(t)
	cmd.Stdin = stdin
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	feed.Write(append([]byte("PK\x03\x04"), make([]byte, 60<<10)...))
	waiting(t, cmd.Process.Pid)
	copies, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, fd := range copies {
		to, _ := os.Readlink(fd)
		found = found || strings.HasPrefix(to, temp) && strings.HasSuffix(to, ".zip (deleted)")
	}
	if !found {
		t.Error("the run copies no archive")
	}
	cmd.Process.Kill()
	if code := exitOf(t, cmd); code != -1 {
		t.Errorf("exit code %d", code)
	}
	if left := namesIn(t, temp); len(left) > 0 {
		t.Errorf("left %q", left)
	}
}

// nohup keeps a run alive.
func TestIgnoredSignal(t *testing.T) {
	t.Parallel()
	bin := program(t)
	cmd := exec.Command("sh", "-c", `trap "" HUP; exec "$0" report -`, bin)
	stdin, feed := pipe(t)
	cmd.Stdin = stdin
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waiting(t, cmd.Process.Pid)
	cmd.Process.Signal(syscall.SIGHUP)
	io.WriteString(feed, `{"Records":[]}`)
	feed.Close()
	if code := exitOf(t, cmd); code != OK {
		t.Errorf("exit code %d", code)
	}
}

// At any moment, a signal leaves each output as it was or complete, and nothing else.
// What SIGKILL leaves is hidden, and the next run removes it.
func TestSignalsAtAnyMoment(t *testing.T) {
	t.Parallel()
	const runs = 200
	bin := program(t)
	source := filepath.Join(t.TempDir(), "log.json")
	log := `{"Records":[{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/ana"},` +
		`"eventTime":"2026-10-04T23:59:59Z","eventSource":"s3.amazonaws.com","eventName":"ListBuckets","errorCode":"AccessDenied"}]}`
	if err := os.WriteFile(source, []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	temp := t.TempDir()
	start := func(dir string) *exec.Cmd {
		cmd := exec.Command(bin, "report", "-o", dir+"/report.json", "-o", dir+"/report.md", source)
		cmd.Env = append(os.Environ(), "TMPDIR="+temp)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	fresh := t.TempDir()
	before := time.Now()
	if code := exitOf(t, start(fresh)); code != OK {
		t.Fatalf("exit code %d", code)
	}
	lasts := time.Since(before)
	dir := t.TempDir()
	w := &outputs{dir: dir, complete: readAllIn(t, fresh)}
	random := rand.New(rand.NewPCG(403, 403))
	signals := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGKILL}
	for n := range runs {
		w.reset(t)
		sig := signals[n%len(signals)]
		cmd := start(dir)
		time.Sleep(time.Duration(random.Int64N(int64(lasts) * 5 / 4)))
		cmd.Process.Signal(sig)
		code := exitOf(t, cmd)
		w.check(t, fmt.Sprintf("run %d, %v", n, sig), sig, code)
		// Most signals should come while the program runs, however fast it is now.
		switch code {
		case OK:
			lasts -= lasts / 20
		case -1:
			lasts += lasts / 20
		}
		if left := namesIn(t, temp); len(left) > 0 {
			t.Errorf("left %q in the folder for temporary files", left)
		}
	}
	if code := exitOf(t, start(dir)); code != OK {
		t.Fatalf("exit code %d", code)
	}
	w.check(t, "the last run", 0, OK)
	t.Logf("%d interrupted, %d ended before the handler was there, %d completed, %d killed ones left a file",
		w.interrupted, w.ended, w.completed, w.left)
	if w.interrupted == 0 || w.completed == 0 {
		t.Error("no signal came at an interesting moment")
	}
}

// outputs are the files of a run that is interrupted.
type outputs struct {
	dir      string
	complete map[string]string // what files hold after a run
	leftBy   bool              // a killed run may have left hidden files

	interrupted, ended, completed, left int
}

const oldReport = "old"

// completeOf returns what a hidden file holds when it is complete.
func (w *outputs) completeOf(hidden string) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(hidden, "."), ".trail403-")
	return w.complete[name]
}

func readAllIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range namesIn(t, dir) {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(text)
	}
	return all
}

func (w *outputs) reset(t *testing.T) {
	t.Helper()
	for name := range w.complete {
		if err := os.WriteFile(filepath.Join(w.dir, name), []byte(oldReport), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// check looks at what a run left that a signal ended.
func (w *outputs) check(t *testing.T, when string, sig syscall.Signal, code int) {
	t.Helper()
	replaced, hidden := 0, 0
	for name, text := range readAllIn(t, w.dir) {
		switch {
		case w.complete[name] == "" && strings.HasPrefix(name, ".report."):
			hidden++
			// Only a complete report can have the permissions of its place.
			if info, err := os.Stat(filepath.Join(w.dir, name)); err == nil && info.Mode() != 0o600 && text != w.completeOf(name) {
				t.Errorf("%s: %s has mode %v", when, name, info.Mode())
			}
		case text == w.complete[name]:
			replaced++
		case text != oldReport:
			t.Errorf("%s: %s holds %.100q", when, name, text)
		}
	}
	switch {
	case code == OK && replaced != len(w.complete), code != OK && sig != syscall.SIGKILL && replaced > 0:
		t.Errorf("%s: exit code %d, and %d outputs are replaced", when, code, replaced)
	case code == OK:
		w.completed++
	case code == Interrupted:
		w.interrupted++
	case code == -1: // the signal came first
		w.ended++
	default:
		t.Errorf("%s: exit code %d", when, code)
	}
	// A run that came as far as its outputs has removed what was there.
	if hidden > 0 && (code == OK || code == Interrupted && !w.leftBy) {
		t.Errorf("%s: exit code %d, and %d hidden files are left", when, code, hidden)
	}
	if sig == syscall.SIGKILL && hidden > 0 {
		w.left++
		w.leftBy = true
	}
	if code == OK {
		w.leftBy = false
	}
}
