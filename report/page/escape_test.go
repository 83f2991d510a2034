package page

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestVisible(t *testing.T) {
	f := func(s, want string) {
		t.Helper()
		if got := Visible(s); got != want {
			t.Errorf("Visible(%q) = %q, want %q", s, got, want)
		}
	}
	f("", "")
	f("a b|c`d", "a b|c`d")
	f("a\nb\r\n\t", `a\nb\r\n\t`)
	f("\x00\x1b[31m\x7f", `\x00\x1b[31m\x7f`)
	f("\u0085\u009b", `\u0085\u009b`)
	f("\u202e\u2066\u200b\ufeff\u2028", `\u202e\u2066\u200b\ufeff\u2028`)
	f("\u00a0\u3000", `\u00a0\u3000`)
	f("\u3164\u2800\ufe0f", `\u3164\u2800\ufe0f`)
	f("\U000e0041", `\U000e0041`)
	f("a\xffb\xed\xa0\x80", `a\xffb\xed\xa0\x80`)
	f("\ufffd", "\ufffd")
	f("é😀日本שלום", "é😀日本שלום")
}

func TestShorten(t *testing.T) {
	f := func(s string, limit int, want string) {
		t.Helper()
		got := Shorten(s, limit)
		if got != want {
			t.Errorf("Shorten(%q, %d) = %q, want %q", s, limit, got, want)
		}
		if n := utf8.RuneCountInString(got); n > limit {
			t.Errorf("Shorten(%q, %d) has %d characters", s, limit, n)
		}
	}
	f("abcdef", 6, "abcdef")
	f("abcdefg", 6, "abcd…g")
	f("éééééé", 6, "éééééé")
	f("ééééééé", 6, "éééé…é")
	f("abc", 1, "…")
}

func TestCode(t *testing.T) {
	f := func(s, want string) {
		t.Helper()
		if got := markdown(Code(s)); got != want {
			t.Errorf("Code(%q) = %q, want %q", s, got, want)
		}
	}
	f("", "–")
	f("a", "`a`")
	f("a|b", "`a|b`")
	f(`a\|b`, "`a\\\\x7cb`")
	f("a`b", "``a`b``")
	f("a``b", "`a``b`")
	f("a`b``c", "```a`b``c```")
	f("`", "`` ` ``")
	f("`a", "`` `a ``")
	f(" ", "` `")
	f(" a", "` a`")
	f(" a ", "`  a  `")
	f("a\n# b", "`a\\n# b`")
	f(strings.Repeat("a", maxText+1), "`"+strings.Repeat("a", maxText*2/3)+"…"+strings.Repeat("a", maxText-maxText*2/3-1)+"`")
}

func TestSentence(t *testing.T) {
	f := func(s, want string) {
		t.Helper()
		if got := markdown(Sentence(s)); got != want {
			t.Errorf("Sentence(%q) = %q, want %q", s, got, want)
		}
	}
	f("3 accounts have no data events, 4% of all.", "3 accounts have no data events, 4% of all.")
	f("logs/a_b.json was skipped: it is a Splunk export", "logs/a_b.json was skipped: it is a Splunk export")
	f("see _this_", "`see _this_`")
	f("a :smile: b", "`a :smile: b`")
	f("see *this*", "`see *this*`")
	f("see www.example.com", "`see www.example.com`")
	f("see https://example.com", "`see https://example.com`")
	f("ask @octocat", "`ask @octocat`")
	f(" a", "` a`")
	f("", "–")
}
