// Package browser tests the page of a report in a real browser, as a reader uses it.
// `make tools-browser` installs the browser. Where there is none, the tests are skipped.
package browser

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// program is trail403, built once.
var program = sync.OnceValues(func() (string, error) {
	// go test reuses an earlier result as long as no file that the test looked at is
	// different, and it does not see what go build reads.
	for _, root := range []string{"cmd", "report", "aggregate", "ingest"} {
		err := filepath.WalkDir("../../../"+root, func(name string, _ fs.DirEntry, err error) error {
			if err != nil || strings.Contains(name, "testdata") {
				return err
			}
			_, err = os.Stat(name)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	dir, err := os.MkdirTemp("", "trail403-browser")
	if err != nil {
		return "", err
	}
	name := filepath.Join(dir, "trail403")
	out, err := exec.Command("go", "build", "-trimpath", "-o", name, "../../../cmd/trail403").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return name, nil
})

// reportOn writes the reports of an archive into a folder and returns it.
func reportOn(t *testing.T, archive string) string {
	t.Helper()
	name, err := program()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cmd := exec.Command(name, "report", "--quiet", "-o", filepath.Join(dir, "report.html"), "-o", filepath.Join(dir, "report.json"), archive)
	if out, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != 3 {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

// chromium returns where the browser is, or skips the test.
func chromium(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("there is no Chromium: make tools-browser installs it")
	return ""
}

var (
	start   sync.Once
	running context.Context // of the browser of all tests
	stop    = func() {}
)

func TestMain(m *testing.M) {
	code := m.Run()
	stop()
	os.Exit(code)
}

// browser starts the browser of all tests.
func browser(path string) context.Context {
	start.Do(func() {
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
			chromedp.WindowSize(1280, 900), chromedp.Flag("disable-dev-shm-usage", true))
		allocator, end := chromedp.NewExecAllocator(context.Background(), options...)
		ctx, cancel := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {})) // Of unknown events.
		running, stop = ctx, func() {
			cancel()
			end()
		}
		if err := chromedp.Run(ctx); err != nil {
			panic(err)
		}
	})
	return running
}

// A tab is a page in the browser, and what went wrong in it.
type tab struct {
	context.Context
	t        *testing.T
	mu       sync.Mutex
	problems []string
	requests []string
}

// open opens a page. When the test ends, it must have printed no error and requested
// nothing but itself.
func open(t *testing.T, url string, actions ...chromedp.Action) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser(chromium(t)))
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	b := &tab{Context: ctx, t: t}
	chromedp.ListenTarget(ctx, b.listen)
	b.run(append([]chromedp.Action{network.Enable(), log.Enable(), runtime.Enable()}, actions...)...)
	b.run(chromedp.Navigate(url))
	t.Cleanup(b.check)
	return b
}

// ready waits until the script has done its work.
func (b *tab) ready() *tab {
	b.t.Helper()
	b.run(chromedp.WaitVisible(`html[data-ready="true"]`, chromedp.ByQuery))
	return b
}

func (b *tab) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	case *runtime.EventExceptionThrown:
		b.problems = append(b.problems, e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		b.problems = append(b.problems, "console: "+string(e.Type))
	case *log.EventEntryAdded:
		b.problems = append(b.problems, e.Entry.Text)
	}
}

func (b *tab) check() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, p := range b.problems {
		b.t.Errorf("the page has a problem: %s", p)
	}
	for _, r := range b.requests {
		if !strings.HasPrefix(r, "file:///") || !strings.HasSuffix(strings.SplitN(r, "#", 2)[0], ".html") {
			b.t.Errorf("the page requested %s", r)
		}
	}
}

func (b *tab) run(actions ...chromedp.Action) {
	b.t.Helper()
	if err := chromedp.Run(b, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// text returns what an expression in the page is, as text.
func (b *tab) text(expression string) string {
	b.t.Helper()
	var value string
	b.run(chromedp.Evaluate("String("+expression+")", &value))
	return value
}

// number returns what an expression in the page is.
func (b *tab) number(expression string) int {
	b.t.Helper()
	var value int
	b.run(chromedp.Evaluate("Number("+expression+")", &value))
	return value
}

func (b *tab) want(expression, want string) {
	b.t.Helper()
	if got := b.text(expression); got != want {
		b.t.Errorf("%s is %q, want %q", expression, got, want)
	}
}
