package scan

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
)

// Index finds what bytes.Index finds, with vectors and without.
func TestWord(t *testing.T) {
	f := func(text, b string) {
		t.Helper()
		want := strings.Index(b, text)
		check := func() {
			if got := NewWord(text).Index([]byte(b)); got != want {
				t.Errorf("%q in %q: got %d, want %d", text, b, got, want)
			}
		}
		check()
		withWords(check)
	}
	random := rand.New(rand.NewPCG(4, 4))
	for _, text := range []string{`eventName"`, "errorCode", "aBa", "aaaB", "Code", "x", "nocapital"} {
		f(text, "")
		f(text, text)
		f(text, text[:len(text)-1])
		f(text, text[1:]+text)
		for n := range 300 {
			f(text, strings.Repeat("-", n)+text+strings.Repeat("-", n%67))
			var b strings.Builder
			for b.Len() < n {
				switch random.IntN(4) {
				case 0:
					b.WriteString(text[:random.IntN(len(text)+1)])
				case 1:
					b.WriteString(text[random.IntN(len(text)):])
				default:
					b.WriteByte(text[random.IntN(len(text))])
				}
			}
			f(text, b.String())
		}
	}
}

func FuzzWord(f *testing.F) {
	f.Add([]byte(`eventName"`), trailFile(1))
	f.Fuzz(func(t *testing.T, text, b []byte) {
		want := bytes.Index(b, text)
		if got := NewWord(string(text)).Index(b); got != want {
			t.Errorf("%q in %q: got %d, want %d", text, b, got, want)
		}
	})
}
