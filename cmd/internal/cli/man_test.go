package cli

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// The manual names every command and flag, and the readers of manuals find
// nothing wrong with it.
func TestManual(t *testing.T) {
	text := commands().manual()
	plain := strings.NewReplacer(`\-`, "-", `\(aq`, "'").Replace(text)
	for _, c := range commands() {
		if !strings.Contains(plain, `.SH "TRAIL403 `+strings.ToUpper(c.name)+`"`) {
			t.Errorf("no section on %s", c.name)
		}
		p := c.page()
		for _, e := range p.exits {
			if !strings.Contains(plain, "\n"+e.when+"\n") {
				t.Errorf("%s: exit code %d is missing", c.name, e.code)
			}
		}
		if p.flags == nil {
			continue
		}
		p.flags.VisitAll(func(f *pflag.Flag) {
			if !regexp.MustCompile(`\n\.BI? "(-. *, )?--` + f.Name + `"`).MatchString(plain) {
				t.Errorf("%s: --%s is missing", c.name, f.Name)
			}
		})
	}
	file := t.TempDir() + "/trail403.1"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, check := range [][]string{
		{"mandoc", "-Tlint", "-W", "warning", file},
		{"groff", "-man", "-ww", "-z", "-Tutf8", file},
	} {
		if _, err := exec.LookPath(check[0]); err != nil {
			t.Logf("no %s here", check[0])
			continue
		}
		out, _ := exec.Command(check[0], check[1:]...).CombinedOutput()
		for line := range strings.Lines(string(out)) {
			if !strings.Contains(line, "missing date") { // tests are built from no commit
				t.Errorf("%s: %s", check[0], line)
			}
		}
	}
}

func TestRoff(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		m := &roff{}
		m.line(text)
		if got := m.b.String(); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	f("a-b", `a\-b`+"\n")
	f(".SH forged", `\&.SH forged`+"\n")
	f("'br", `\(aqbr`+"\n")
	f(`a\nb`, `a\enb`+"\n")
	f("", "")

	m := &roff{}
	m.macro("B", `say "x"`)
	if got, want := m.b.String(), `.B "say \(dqx\(dq"`+"\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
