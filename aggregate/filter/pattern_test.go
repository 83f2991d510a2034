package filter

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPattern(t *testing.T) {
	f := func(glob, value string, want bool) {
		t.Helper()
		p, problem := parsePattern(glob)
		if problem != "" {
			t.Errorf("%q: %v", glob, problem)
		} else if got := p.matches(value); got != want {
			t.Errorf("%q matches %q: %v", glob, value, got)
		}
	}
	const role = "arn:aws:iam::111122223333:role/app/reader"
	f(role, role, true)
	f("arn:aws:iam::111122223333:*", role, true) // * stands for / and : too
	f("arn:*:role/*/reader", role, true)
	f("*:role/ci-*", role, false)
	f("arn:aws:iam::111122223333:role/app/reade?", role, true)
	f("arn:aws:iam::111122223333:role/app", role, false) // whole values only
	f("arn:aws:iam::111122223333:Role/app/reader", role, false)

	// Without a colon: the whole, what is behind the last colon, the name.
	f("reader", role, true)
	f("role/app/reader", role, true)
	f("role/*", role, true)
	f("read*", role, true)
	f("app", role, false)
	f("app/reader", role, false)
	f("111122223333", role, false)
	f("p-6v4y751d", "arn:aws:organizations::111122223333:policy/o-1/service_control_policy/p-6v4y751d", true)
	f("GetObject", "s3:GetObject", true)
	f("Get*", "s3:GetObject", true)
	f("getobject", "s3:GetObject", false)
	f("anonymous", "anonymous", true)
	f("delivery.logs.amazonaws.com", "delivery.logs.amazonaws.com", true)

	f("corp.data", "corpxdata", false) // a dot is a dot
	f("a[bc]", "ab", false)
	f("a[bc]", "a[bc]", true)
	f(`a\*`, `a\bc`, true)
	f("*", "", true)
	f("?*", "", false) // what is told
	f("**", "a", true)
	f("a**b", "ab", true)
	f("?", "é", true)
	f("?", "\xff", true)
	f("a?b", "a\nb", true)
	f("a*", "a\nb", true)
}

func TestPatternRefused(t *testing.T) {
	f := func(glob string, want Problem) {
		t.Helper()
		if _, got := parsePattern(glob); got != want {
			t.Errorf("%.20q: problem %q, want %q", glob, got, want)
		}
	}
	f("", Empty)
	f("a\xff", NotUTF8)
	f(strings.Repeat("a", MaxPattern+1), TooLong)
	if _, problem := parsePattern(strings.Repeat("*?", MaxPattern/2)); problem != "" {
		t.Error(problem)
	}
}

// naive is a glob that anybody can check, and that takes ages on some texts.
func naive(glob, s []rune) bool {
	switch {
	case len(glob) == 0:
		return len(s) == 0
	case glob[0] == '*':
		return naive(glob[1:], s) || len(s) > 0 && naive(glob, s[1:])
	}
	return len(s) > 0 && (glob[0] == '?' || glob[0] == s[0]) && naive(glob[1:], s[1:])
}

func FuzzPattern(f *testing.F) {
	f.Add("a*b?c", "axxbyc")
	f.Add("*.a:+$", "(.a:+$")
	f.Fuzz(func(t *testing.T, glob, s string) {
		if len(glob) > 12 || len(s) > 20 || !utf8.ValidString(s) {
			return
		}
		p, err := parsePattern(glob + ":")
		if err != "" {
			return
		}
		if got, want := p.matches(s+":"), naive([]rune(glob), []rune(s)); got != want {
			t.Errorf("%q matches %q: %v, want %v", glob, s, got, want)
		}
	})
}

// What a matcher that goes back to every star would not end in the age of the
// universe.
func TestPatternHostile(t *testing.T) {
	p, err := parsePattern(strings.Repeat("*a", 60) + "b:")
	if err != "" {
		t.Fatal(err)
	}
	if p.matches(strings.Repeat("a", 10_000) + ":") {
		t.Error("matched")
	}
}
