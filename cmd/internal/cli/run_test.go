package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func testEnv(args ...string) (Env, *bytes.Buffer, *bytes.Buffer) {
	var out, errs bytes.Buffer
	return Env{
		Args: args, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs,
		Now: testNow, IsTerminal: func(any) bool { return false },
		TerminalWidth: func(any) int { return 0 }, Getenv: func(string) string { return "" },
	}, &out, &errs
}

// Ctrl-C ends a run at once, even one that waits for input that never comes,
// and leaves nothing behind.
func TestInterrupt(t *testing.T) {
	dir := t.TempDir()
	env, out, errs := testEnv("report", "-o", filepath.Join(dir, "report.md"), "-")
	never, keepOpen := io.Pipe()
	defer keepOpen.Close()
	env.Stdin = never
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		keepOpen.Write([]byte(`{"Records":[`)) // returns when the run has read it
		cancel()
	}()
	if code := Run(ctx, env); code != Interrupted {
		t.Errorf("exit code %d: %s", code, errs)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 || out.Len() > 0 {
		t.Errorf("left %v and wrote %q", left, out)
	}
	if !strings.Contains(errs.String(), "trail403: interrupted") {
		t.Errorf("said %q", errs)
	}
}

func TestNoParquetOnTerminal(t *testing.T) {
	for _, args := range [][]string{{"--format", "parquet"}, {"--format", "parquet", "-o", "-"}} {
		env, out, errs := testEnv(append(append([]string{"report"}, args...), t.TempDir())...)
		env.IsTerminal = func(stream any) bool { return stream == env.Stdout }
		if code := Run(t.Context(), env); code != Usage || out.Len() > 0 || !strings.Contains(errs.String(), "a terminal cannot show Parquet") {
			t.Errorf("%v: exit code %d, %d bytes, %s", args, code, out.Len(), errs)
		}
	}
}

// The progress bar shows on a terminal only, on standard error only, and is gone
// when the run is over.
func TestProgress(t *testing.T) {
	env, out, errs := testEnv("report", "../../../testdata/demo")
	if code := Run(t.Context(), env); code != OK || errs.Len() > 0 {
		t.Errorf("exit code %d, and said %q", code, errs)
	}
	plain := out.String()

	env, out, _ = testEnv("report", "-")
	locked := &lockedBuffer{}
	env.Stderr = locked
	env.IsTerminal = func(stream any) bool { return stream == env.Stderr }
	slow, feed := io.Pipe()
	env.Stdin = slow
	go func() {
		// The bar is drawn while the run waits for input.
		for !strings.Contains(locked.String(), "object") {
			time.Sleep(time.Millisecond)
		}
		feed.Write([]byte(`{"Records":[{"eventSource":"s3.amazonaws.com","eventName":"GetObject"}]}`))
		feed.Close()
	}()
	if code := Run(t.Context(), env); code != OK {
		t.Errorf("exit code %d", code)
	}
	if s := locked.String(); !strings.HasSuffix(strings.TrimRight(s, " "), "\r") {
		t.Errorf("the bar is left on the line: %q", s)
	}
	if plain == "" || out.Len() == 0 {
		t.Error("no report")
	}
}

// A report that cannot be written whole is not written at all.
func TestFailingOutput(t *testing.T) {
	env, _, errs := testEnv("report", "../../../testdata/demo")
	env.Stdout = failingWriter{}
	if code := Run(t.Context(), env); code != Failed || !strings.Contains(errs.String(), "writing standard output: no space left") {
		t.Errorf("exit code %d: %s", code, errs)
	}

	dir := t.TempDir()
	env, _, errs = testEnv("report", "-o", filepath.Join(dir, "a.md"), "-o", filepath.Join(dir, "missing", "a.json"), "../../../testdata/demo")
	if code := Run(t.Context(), env); code != Failed || !strings.Contains(errs.String(), "no such file or directory") {
		t.Errorf("exit code %d: %s", code, errs)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
