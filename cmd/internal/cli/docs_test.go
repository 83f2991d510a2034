package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"trail403/ingest/source/s3/s3test"
)

// TestDocs runs the commands in the documents and compares what they print with
// what the documents say: in a block marked `console`, a line `$ COMMAND` and
// its output, in which a line `…` stands for any lines.
func TestDocs(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("../../..")
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	self, err := os.Executable() // under this name it is the program, see TestMain
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(bin, "trail403")); err != nil {
		t.Fatal(err)
	}
	server := demoServer(t)
	webhook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if text, err := io.ReadAll(r.Body); err != nil || !json.Valid(text) {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		fmt.Fprintln(w, "ok")
	}))
	t.Cleanup(webhook.Close)
	pages, err := filepath.Glob(root + "/docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, page := range append(pages, root+"/README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(page), func(t *testing.T) {
			if server == nil && filepath.Base(page) == "s3.md" {
				t.Skip("`make tools` installs the S3 server")
			}
			work := t.TempDir()
			if err := os.Symlink(root+"/testdata", work+"/testdata"); err != nil {
				t.Fatal(err)
			}
			for _, s := range sessions(string(text)) {
				cmd := exec.Command("sh", "-c", s.command)
				cmd.Dir = work
				cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "COLUMNS=", "WEBHOOK="+webhook.URL)
				if server != nil {
					for name, value := range s3test.Env(server.URL) {
						cmd.Env = append(cmd.Env, name+"="+value)
					}
				}
				out, _ := cmd.CombinedOutput()
				ran++
				if !matches(string(out), s.output) {
					t.Errorf("$ %s\nprints\n%s\nbut the page says\n%s", s.command, out, s.output)
				}
			}
		})
	}
	if ran < 1 {
		t.Errorf("%d commands were run", ran)
	}
}

type session struct{ command, output string }

var consoleBlock = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")

func sessions(page string) (all []session) {
	for _, block := range consoleBlock.FindAllStringSubmatch(page, -1) {
		for line := range strings.Lines(block[1]) {
			if command, ok := strings.CutPrefix(line, "$ "); ok {
				all = append(all, session{command: command})
			} else if len(all) > 0 {
				all[len(all)-1].output += line
			}
		}
	}
	return all
}

func matches(got, want string) bool {
	var pattern strings.Builder
	for line := range strings.Lines(want) {
		if strings.TrimSpace(line) == "…" {
			pattern.WriteString("(?:.*\n)*")
		} else {
			pattern.WriteString(regexp.QuoteMeta(line))
		}
	}
	return regexp.MustCompile("^" + pattern.String() + "$").MatchString(got)
}
