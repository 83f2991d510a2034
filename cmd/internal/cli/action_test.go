package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The steps of the GitHub Action, run as a runner does: with files that they add to.
func TestGitHubAction(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	self, err := os.Executable() // under this name it is the program, see TestMain
	if err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(dir, "archive.tar.gz")
	pack := exec.Command("sh", "-c", `mkdir -p "$1/a" && ln -s "$2" "$1/a/trail403" && tar -C "$1" -czf "$3" a`,
		"sh", dir, self, archive)
	if out, err := pack.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	text, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	demo, err := filepath.Abs("../../../testdata/demo")
	if err != nil {
		t.Fatal(err)
	}
	step := func(script string, env ...string) (out string, code int) {
		t.Helper()
		path, err := filepath.Abs("../../../docs/github-action/" + script)
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("bash", path)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "RUNNER_TEMP="+dir, "GITHUB_PATH="+dir+"/path", "GITHUB_OUTPUT="+dir+"/output",
			"GITHUB_STEP_SUMMARY="+dir+"/summary", "PATH="+dir+"/trail403:"+os.Getenv("PATH"))
		cmd.Env = append(cmd.Env, env...)
		text, _ := cmd.CombinedOutput()
		return string(text), cmd.ProcessState.ExitCode()
	}
	wants := func(file string, want ...string) {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(dir, file))
		for _, w := range want {
			if err != nil || !strings.Contains(string(text), w) {
				t.Errorf("%s has no %q: %v, %.300s", file, w, err, text)
			}
		}
	}
	if out, code := step("install.sh", "URL=file://"+archive, "SHA256="+strings.Repeat("0", 64)); code != 1 ||
		!strings.Contains(out, "::error") {
		t.Errorf("with a wrong checksum: %d, %s", code, out)
	}
	if out, code := step("install.sh", "URL=file://"+archive, "SHA256="+hex.EncodeToString(sum[:])); code != 0 ||
		!strings.Contains(out, "trail403 ") {
		t.Fatalf("install: %d, %s", code, out)
	}
	wants("path", dir+"/trail403\n")
	out, code := step("report.sh", "SOURCES="+demo, "FLAGS=--top 3", "FAIL_ON=quarantined-key", "PAGE=page.html")
	if code != Condition || !strings.Contains(out, "::") {
		t.Errorf("report: %d, %s", code, out)
	}
	wants("output", "exit-code=4\n")
	out, code = step("report.sh", "SOURCES="+demo+"\nnowhere\n", "FLAGS=--top 3\n", "FAIL_ON=", "PAGE=lines.html")
	if code != Failed || !strings.Contains(out, "nowhere") {
		t.Errorf("sources on two lines: %d, %s", code, out)
	}
	wants("summary", "# S3 access denied", "svc-uploader")
	wants("page.html", "<html")
	wants("trail403.json", `"trail403.report/1"`)
	// Text of an input is split into words, and is no code.
	out, code = step("report.sh", "SOURCES="+demo+" $(touch pwned) ; touch pwned", "FLAGS=--top 3 `touch pwned`",
		"FAIL_ON=", "PAGE=p.html")
	if _, err := os.Stat(dir + "/pwned"); err == nil || code == OK {
		t.Errorf("hostile inputs: %d, %s", code, out)
	}
}
