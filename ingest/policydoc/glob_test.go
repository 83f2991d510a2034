package policydoc

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestGlob(t *testing.T) {
	for _, x := range []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true},
		{"", "a", false},
		{"*", "", true},
		{"*", "any/thing", true},
		{"?", "", false},
		{"?", "é", true},
		{"??", "é", false},
		{"a*b?d", "axxbcd", true},
		{"a*b?d", "axxbd", false},
		{"s3:get*", "s3:getobject", true},
		{"arn:aws:s3:::corp-data/*", "arn:aws:s3:::corp-data", false},
		{"arn:aws:s3:::corp-data*", "arn:aws:s3:::corp-data-old/x", true},
		{"*.csv", "a.csv.gz", false},
		{"*.csv*", "a.csv.gz", true},
		{"a" + string([]byte{literalStar}), "a*", true},
		{"a" + string([]byte{literalStar}), "ab", false},
		{string([]byte{literalQuestion}), "?", true},
		{string([]byte{literalQuestion}), "x", false},
	} {
		if got := glob(x.pattern, x.text); got != x.want {
			t.Errorf("%q, %q: got %v", x.pattern, x.text, got)
		}
	}
}

// A pattern that makes other matchers try every split of the text ends at once.
func TestGlobDoesNotBacktrack(t *testing.T) {
	if glob(strings.Repeat("*a", 1000)+"b", strings.Repeat("a", maxText)) {
		t.Error("a text without a b matches")
	}
}

// slowGlob is the definition: it tries every length for each star.
func slowGlob(pattern, text []rune) bool {
	switch {
	case len(pattern) == 0:
		return len(text) == 0
	case pattern[0] == '*':
		return slowGlob(pattern[1:], text) || len(text) > 0 && slowGlob(pattern, text[1:])
	}
	return len(text) > 0 && (pattern[0] == '?' || pattern[0] == text[0]) && slowGlob(pattern[1:], text[1:])
}

func TestGlobIsTheDefinition(t *testing.T) {
	g := rand.New(rand.NewPCG(1, 2))
	random := func(letters string, n int) string {
		var b strings.Builder
		for range g.IntN(n) {
			r := []rune(letters)
			b.WriteRune(r[g.IntN(len(r))])
		}
		return b.String()
	}
	matches := 0
	for range 50_000 {
		pattern, text := random("aé**?", 8), random("aé", 10)
		want := slowGlob([]rune(pattern), []rune(text))
		if got := glob(pattern, text); got != want {
			t.Fatalf("%q, %q: got %v, want %v", pattern, text, got, want)
		}
		if want {
			matches++
		}
	}
	if matches < 5000 || matches > 45_000 {
		t.Errorf("%d of 50000 match: the test tests little", matches)
	}
}

func FuzzGlob(f *testing.F) {
	f.Add("a*b?", "axxbc")
	f.Add("**?*", "é")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 12 || len(text) > 16 || !utf8.ValidString(pattern) || !utf8.ValidString(text) {
			return
		}
		if got, want := glob(pattern, text), slowGlob([]rune(pattern), []rune(text)); got != want {
			t.Errorf("%q, %q: got %v, want %v", pattern, text, got, want)
		}
	})
}
