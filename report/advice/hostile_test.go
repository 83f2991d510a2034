package advice_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"trail403/ingest/event"
	"trail403/report/advice"
)

var hostileNames = []string{
	"'; touch pwned; '", "$(touch pwned)", "`touch pwned`", `"; touch pwned; "`, "a\ntouch pwned\n", "a;touch pwned",
	"a\\'; touch pwned #", "a&&touch pwned", "a|touch pwned", "${IFS}", "*", "~root", "!!", "it's", "a b", "--endpoint-url=http://203.0.113.1",
	"-rf", "file:///etc/passwd", "fileb://x", "\u202etxt.exe", "a\x00b", "\x1b[2J", "\xff", "a\u200bb", "é", "{who}", "}{", "<b>", strings.Repeat("x", 3000),
}

func hostileCases(f func(advice.Case)) {
	every(func(cause event.Cause, why string) {
		for _, h := range hostileNames {
			for _, kind := range []string{"role", "user", "service", "unknown"} {
				f(advice.Case{
					Cause: cause, WhyNotTold: why, PrincipalType: kind,
					Principal: "arn:aws:iam::111122223333:" + kind + "/" + h, CallerAccount: h, BucketAccount: "1" + h,
					Action: h, DeniedAction: h, FromRecord: true, Resource: "arn:aws:s3:::" + h + "/" + h, Bucket: h, VPCEndpoint: h,
					PolicyARN: "arn:aws:iam::111122223333:policy/" + h,
				})
			}
			f(advice.Case{Cause: cause, WhyNotTold: why, DeniedAction: "kms:Decrypt", Resource: h, Principal: h})
			f(advice.Case{Cause: cause, WhyNotTold: why, DeniedAction: "sts:AssumeRole", Resource: "arn:aws:iam::1:role/" + h})
		}
	})
}

// No text acts on a terminal, and none is endless.
func TestHostileTexts(t *testing.T) {
	hostileCases(func(c advice.Case) {
		for _, s := range texts(advice.For(c)) {
			i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) })
			if i >= 0 || strings.Count(s, "`")%2 != 0 || len(s) > 12_000 {
				t.Fatalf("%s: %d bytes: %q", c.Cause, len(s), s)
			}
		}
	})
}

var command = regexp.MustCompile("`(aws [^`]*)`")

// Every command is pasted into a shell, in which aws only writes down its
// arguments.
func TestHostileCommands(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell")
	}
	dir := t.TempDir()
	script := []string{`aws() { for a do printf '%s\n' "$a" >> args; done; echo v1; }`}
	for _, c := range hostileCommands() {
		script = append(script, c+" >/dev/null")
	}
	cmd := exec.Command(shell)
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(strings.Join(script, "\n"))
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("the shell says %v: %s", err, out)
	}
	args, err := os.ReadFile(filepath.Join(dir, "args"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "pwned")); err == nil {
		t.Error("a name ran as a command")
	}
	for arg := range strings.Lines(string(args)) {
		if arg = strings.TrimSuffix(arg, "\n"); isActedOn(arg) {
			t.Errorf("the AWS CLI would act on %q", arg)
		}
	}
	for _, want := range []string{"it's", "$(touch pwned)", "*", "a b", "~root", "'; touch pwned; '"} {
		if !strings.Contains("\n"+string(args), "\n"+want+"\n") {
			t.Errorf("no command got the name %q as one word", want)
		}
	}
}

// hostileCommands returns all commands for hostile cases, each once.
func hostileCommands() (list []string) {
	seen := map[string]bool{}
	hostileCases(func(c advice.Case) {
		a := advice.For(c)
		for _, s := range append(a.NextSteps, a.Check) {
			for _, m := range command.FindAllStringSubmatch(s, -1) {
				if !seen[m[1]] {
					seen[m[1]] = true
					list = append(list, m[1])
				}
			}
		}
	})
	return list
}

// isActedOn says whether the AWS CLI takes a name for an option or for a file.
func isActedOn(arg string) bool {
	return strings.HasPrefix(arg, "--endpoint-url") || arg == "-rf" ||
		arg != "file://policy.json" && strings.Contains(arg, "file") && strings.Contains(arg, "://")
}
