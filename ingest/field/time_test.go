package field

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// The fast way to read a time and the standard library agree, on what is a time and on
// what is not.
func TestTimeOf(t *testing.T) {
	check := func(text string) {
		t.Helper()
		got, ok := TimeOf([]byte(`"` + text + `"`))
		want, err := time.Parse(time.RFC3339, text)
		wantOK := err == nil && want.UTC().Year() >= 2000 && want.UTC().Year() < 3000
		if ok != wantOK || ok && (!got.Equal(want) || got.Location() != time.UTC) {
			t.Errorf("%q: %v %v, want %v %v", text, got, ok, want, wantOK)
		}
	}
	const good = "2026-10-28T09:14:07Z"
	check(good)
	for i := range good {
		for _, c := range "0123456789-:TtZz+ .\x00\xff/" {
			check(good[:i] + string(c) + good[i+1:])
		}
	}
	for _, year := range []int{1999, 2000, 2024, 2026, 2100, 2999, 3000} {
		for month := range 14 {
			for day := range 33 {
				check(fmt.Sprintf("%d-%02d-%02dT23:59:59Z", year, month, day))
			}
		}
	}
	for _, text := range []string{
		"", "soon", "2026-10-28T09:14:07.5+02:00", "2026-10-28T24:00:00Z", "2026-10-28T09:60:00Z",
		"2026-10-28T09:14:60Z", strings.Repeat("2", 20),
	} {
		check(text)
	}
}
