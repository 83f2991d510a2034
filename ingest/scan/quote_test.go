package scan

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

// A text that is written as JSON is read as the same text by encoding/json.
func FuzzAppendText(f *testing.F) {
	for _, s := range []string{"", "plain", `"\`, "\x00\x1f\n\t", "é\u2028<>&", "\xff\xc3", "a\xe2\x82"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got string
		if err := json.Unmarshal(AppendText(nil, s), &got); err != nil {
			t.Fatal(err)
		}
		if want := string([]rune(s)); got != want || utf8.ValidString(s) && got != s {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
