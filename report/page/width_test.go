package page

import (
	"strings"
	"testing"

	"github.com/rivo/uniseg"
)

func TestSqueeze(t *testing.T) {
	f := func(s string, width int, want string) {
		t.Helper()
		got := squeeze(s, width)
		if got != want {
			t.Errorf("squeeze(%q, %d) = %q, want %q", s, width, got, want)
		}
		if n := uniseg.StringWidth(got); n > width {
			t.Errorf("squeeze(%q, %d) is %d wide", s, width, n)
		}
	}
	f("corp-data", 9, "corp-data")
	f("corp-data-eu-west-1", 9, "corp…st-1")
	f("corp-data-eu-west-1", 10, "corp-…st-1")
	f("日本語日本語", 12, "日本語日本語")
	f("日本語日本語", 11, "日本語…本語")
	f("日本語日本語", 8, "日本…語")
	f("e\u0301e\u0301e\u0301e\u0301", 3, "e\u0301…e\u0301")
	f("abc", 1, "…")
}

func TestSplit(t *testing.T) {
	f := func(s string, width int, head, rest string) {
		t.Helper()
		if gotHead, gotRest := split(s, width); gotHead != head || gotRest != rest {
			t.Errorf("split(%q, %d) = %q, %q; want %q, %q", s, width, gotHead, gotRest, head, rest)
		}
	}
	f("abc", 5, "abc", "")
	f("abc", 2, "ab", "c")
	f("日本", 3, "日", "本")
	f("日本", 1, "日", "本") // one character at least
	f("e\u0301x", 1, "e\u0301", "x")
}

func TestWrap(t *testing.T) {
	f := func(text Text, width int, cut bool, want ...string) {
		t.Helper()
		var got []string
		for _, l := range wrap(text, width, cut) {
			got = append(got, l.String())
			if n := uniseg.StringWidth(l.String()); n > width || n != l.width {
				t.Errorf("%q is %d wide, said to be %d, of %d", l.String(), n, l.width, width)
			}
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("wrap(%q, %d, %v):\ngot  %q\nwant %q", text, width, cut, got, want)
		}
	}
	f("", 10, false)
	f("one two three", 7, false, "one two", "three")
	f("Oct\u00a01 and Oct\u00a02", 9, false, "Oct 1 and", "Oct 2") // does not break between month and day
	f(Code("name")+", "+Code("other name")+".", 40, false, "name, `other name`.")
	f(Code("–"), 40, false, "`–`") // is not None
	f("no "+Code("`x`")+" "+Tag("id"), 40, false, "no `` `x` `` [id]")
	f("on "+Code("a-long-bucket-name"), 10, true, "on", "a-lon…name")
	f("on "+Code("a-long-bucket-name"), 10, false, "on", "a-long-buc", "ket-name")
	f("("+Code("a-long-bucket-name")+")", 10, true, "(a-long-bu", "cket-name)")
	f(Code("日本語日本語"), 5, false, "日本", "語日", "本語")
	f(Code("x日本"), 2, false, "x", "日", "本")
	f("Run "+Command("aws s3 ls")+", then wait.", 40, false, "Run `aws s3 ls`, then wait.")
	command := "aws iam list-role-policies --role-name NAME --query 'a b'"
	f("Run: "+Command(command)+" and "+Command(command)+". Then wait.", 60, false,
		"Run:", "  "+command, "  "+command, "Then wait.")
	f("Run "+Command(command)+" (or not)", 40, false,
		"Run", `  aws iam list-role-policies \`, `    --role-name NAME --query 'a b'`, "(or not)")
}

// A command that is broken into lines is still the same to a shell.
func TestWrapCommand(t *testing.T) {
	command := `aws iam get-policy-version --policy-arn POLICY_ARN --version-id $(aws iam get-policy --policy-arn POLICY_ARN --query "A b" --output text)`
	for width := 40; width < 160; width++ {
		var lines []string
		for _, l := range wrapCommand(command, width) {
			if l.width > width {
				t.Errorf("%q is wider than %d", l.String(), width)
			}
			lines = append(lines, l.String())
		}
		if got := strings.Join(strings.Fields(strings.ReplaceAll(strings.Join(lines, "\n"), "\\\n", "")), " "); got != command {
			t.Errorf("at width %d: %q", width, got)
		}
	}
}
