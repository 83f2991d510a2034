package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// The answers to __complete, of which all scripts are made.
func TestComplete(t *testing.T) {
	f := func(words string, want ...string) {
		t.Helper()
		var out bytes.Buffer
		if code, err := commands().complete(Env{Stdout: &out}, strings.Split(words, " ")); code != OK || err != nil {
			t.Fatalf("%q: %d, %v", words, code, err)
		}
		var got []string
		for line := range strings.Lines(out.String()) {
			value, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			got = append(got, value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", words, got, want)
		}
	}
	f("", "report", "events", "explain", "why", "compare", "check", "collect", "store", "redact", "demo", "mcp", "engine", "completion", "man", "version", "help")
	f("re", "report", "redact")
	f("--v", "--version")
	f("frobnicate ")

	f("report --fo", "--format")
	f("report ./AWSLogs --fo", "--format")
	f("report --format ", "text", "markdown", "json", "jsonl", "parquet", "csv", "html", "svg", "brief", "slack", "teams")
	f("report --format=", "--format=text", "--format=markdown", "--format=json", "--format=jsonl", "--format=parquet", "--format=csv", "--format=html", "--format=svg", "--format=brief", "--format=slack", "--format=teams") // zsh, fish
	f("report --format=j", "--format=json", "--format=jsonl")
	f("report --format =", "=text", "=markdown", "=json", "=jsonl", "=parquet", "=csv", "=html", "=svg", "=brief", "=slack", "=teams") // bash, for --format=
	f("report --format = j", "json", "jsonl")
	f("explain --format ", "text", "json")
	f("report --table d", "denials")
	f("report --interval 1", "1h", "1d")
	f("report --cause scp", "scp-implicit", "scp-explicit")
	f("report --by pri", "principal")
	f("report --by bucket,pri", "bucket,principal")
	f("report --by=bucket,b") // once is enough
	f("report --by=bucket,pr", "--by=bucket,principal")
	f("report --fail-on g", "groups>=")
	f("report --error-code AllA", "AllAccessDisabled")

	f("report ", filesToo)
	f("report -o ", filesToo)
	f("report --exclude noi", filesToo)
	f("report --exclude=noi", filesToo)
	f("report --quiet ", filesToo) // it takes no value
	f("report -q ", filesToo)
	f("report --top ") // any number
	f("report --nothing=")
	f("report -- --fo", filesToo)
	f("explain ")
	f("explain --f", "--format")
	f("help e", "events", "explain", "engine")
	f("help explain ")
	f("completion ", "bash", "zsh", "fish")
	f("version ")
	f("version --j", "--json")
	f("redact ", filesToo)
	f("demo --fo", "--format")
	f("demo --color a", "auto", "always")
	f("man --", "--help")
}

// What can be chosen from is accepted, and no entry is about a flag that is no
// more.
func TestFlagValues(t *testing.T) {
	flags := map[string]*pflag.FlagSet{}
	for _, c := range commands() {
		if p := c.page(); p.flags != nil {
			flags[c.name] = p.flags
		}
	}
	for key, list := range flagValues {
		command, flag, _ := strings.Cut(key, " ")
		if flags[command] == nil || flags[command].Lookup(flag) == nil {
			t.Errorf("there is no %s", key)
		}
		for _, c := range list() {
			value := c.value
			switch {
			case strings.HasSuffix(value, ">="):
				value += "1"
			case strings.HasSuffix(value, ">"):
				value += "1h"
			}
			args := []string{command, "--" + flag, value, "no-such-folder"}
			switch {
			case command == "demo":
				args = args[:3]
			case command == "why":
				args = append(args, "--principal", "reader")
			case command == "compare":
				args = append(args, "no-such-file")
			case slices.Contains(earlierConditionNames(), value):
				args = append(args, "--against", "no-such-file")
			}
			env, _, errs := testEnv(args...)
			if code := Run(t.Context(), env); code == Usage {
				t.Errorf("%s %s: %s", key, value, errs)
			}
		}
	}
	for key := range flagLists {
		if flagValues[key] == nil {
			t.Errorf("%s takes several values of no list", key)
		}
	}
}

// withShell writes the script of a shell to a folder where trail403 is found,
// and runs the shell there. It says false where there is no such shell.
func withShell(t *testing.T, shell string, args ...string) (out string, ok bool) {
	t.Helper()
	path, err := exec.LookPath(shell)
	if err != nil {
		t.Logf("no %s here", shell)
		return "", false
	}
	dir := t.TempDir()
	program, err := os.Executable() // see TestMain
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(program, dir+"/trail403"); err != nil {
		t.Fatal(err)
	}
	script := map[string]string{"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}[shell]
	for name, text := range map[string]string{"script": script, "noise a.txt": "", "noise b.txt": ""} {
		if err := os.WriteFile(dir+"/"+name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"))
	text, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%s: %v: %s", cmd, err, text)
	}
	return string(text), true
}

func TestCompletionSyntax(t *testing.T) {
	for _, shell := range values(shells()) {
		if out, _ := withShell(t, shell, "-n", "script"); out != "" {
			t.Errorf("%s: %s", shell, out)
		}
	}
}

// Bash fills COMP_WORDS, calls the function, and takes COMPREPLY. It parts words
// at = and >, and leaves quotes as they are.
func TestBashCompletion(t *testing.T) {
	f := func(words string, want ...string) {
		t.Helper()
		list := strings.Split(words, " ")
		script := fmt.Sprintf(`source ./script
			COMP_WORDS=(trail403 %s) COMP_CWORD=%d
			_trail403 trail403
			if [ ${#COMPREPLY[@]} -gt 0 ]; then printf '%%s\n' "${COMPREPLY[@]}"; fi`, quoted(list), len(list))
		out, ok := withShell(t, "bash", "--norc", "-c", script)
		if got := strings.Fields(out); ok && !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", words, got, want)
		}
	}
	f("re", "report", "redact")
	f("report --form", "--format")
	f("report --format p", "parquet")
	f("report --format =", "text", "markdown", "json", "jsonl", "parquet", "csv", "html", "svg", "brief", "slack", "teams")
	f("report --format = j", "json", "jsonl")
	f("report --by bucket,pri", "bucket,principal")
	f("report --fail-on d", `denials\>=`) // quoted, as the shell needs it
	f("report --fail-on 'd", "denials>=") // the quote is there
	f("report --exclude noi")             // bash completes names of files itself
	f("frobnicate ")
}

func TestFishCompletion(t *testing.T) {
	f := func(line string, want ...string) {
		t.Helper()
		script := "source ./script; complete -C '" + line + "'"
		out, ok := withShell(t, "fish", "--no-config", "-c", script)
		var got []string
		for line := range strings.Lines(out) {
			value, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			got = append(got, value)
		}
		if ok && !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", line, got, want)
		}
	}
	f("trail403 re", "report", "redact")
	f("trail403 report --format=j", "--format=json")
	f("trail403 report --by bucket,pri", "bucket,principal")
	f("trail403 report --fail-on g", "groups>=")
	f("trail403 report --exclude noi", "noise a.txt", "noise b.txt")
	f("trail403 explain ")
}

func quoted(words []string) string {
	var all []string
	for _, w := range words {
		all = append(all, `"`+w+`"`)
	}
	return strings.Join(all, " ")
}
