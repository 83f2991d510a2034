package nearest

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	f := func(unknown, want string, known ...string) {
		t.Helper()
		if got := Word(unknown, known); got != want {
			t.Errorf("%.20q: got %q, want %q", unknown, got, want)
		}
	}
	names := []string{"report", "explain", "completion", "man", "version", "help"}
	f("reprot", "report", names...) // two letters changed places
	f("report", "report", names...)
	f("Report", "report", names...)
	f("rport", "report", names...)
	f("explian", "explain", names...)
	f("completions", "completion", names...)
	f("frobnicate", "", names...)
	f("", "", names...)
	f("x", "", "a", "b") // a word of one letter is similar to nothing
	f("ma", "man", "man", "mac")
	f(strings.Repeat("x", 1<<20), "", names...)
}

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"kitten", "sitting", 3}, {"ab", "ba", 1}, {"quiet", "quite", 1},
		{"bücket", "bucket", 1}, {"abc", "abc", 0},
	} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%q, %q: %d, want %d", c.a, c.b, got, c.want)
		}
		if got := distance(c.b, c.a); got != c.want {
			t.Errorf("%q, %q: %d, want %d", c.b, c.a, got, c.want)
		}
	}
}
