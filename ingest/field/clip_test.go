package field

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// Only the start of a long string is read, and no escape or character is cut.
func TestLongTexts(t *testing.T) {
	for _, unit := range []string{"x", "é", "😀", "\\", `"`, "\n", "\u2028", "<", "\x00"} {
		for shift := range 13 {
			whole := strings.Repeat("y", shift) + strings.Repeat(unit, 20_000)
			quoted, err := json.Marshal(whole)
			if err != nil {
				t.Fatal(err)
			}
			got := Text(quoted)
			trimmed := strings.TrimRight(got, "\ufffd")
			if !strings.HasPrefix(whole, trimmed) || len(got) < MaxText/7 || len(got) > MaxText+9 || !utf8.ValidString(got) || len(got)-len(trimmed) > 9 {
				t.Errorf("%q after %d: %d bytes, ending in %q", unit, shift, len(got), got[max(len(got)-20, 0):])
			}
		}
	}
	if got := Text([]byte(strings.Repeat("9", 1<<20))); len(got) != MaxText {
		t.Errorf("a long number has %d bytes", len(got))
	}
}
