package ledger

import (
	"fmt"
	"strings"
	"testing"

	"trail403/ingest/store/place"
)

// Of all files, those are read that have each run once.
func TestCurrent(t *testing.T) {
	f := func(files, want string) {
		t.Helper()
		var all []place.File
		for _, name := range strings.Fields(files) {
			all = append(all, place.File{Name: nameOf(name)})
		}
		list, holes, overlaps := current(all)
		var got []string
		for _, s := range list {
			got = append(got, fmt.Sprintf("%d-%d.%d", s.first, s.last, s.edition))
		}
		for _, n := range holes {
			got = append(got, fmt.Sprintf("hole %d", n))
		}
		for _, s := range overlaps {
			got = append(got, fmt.Sprintf("overlap %d-%d", s.first, s.last))
		}
		if text := strings.Join(got, ", "); text != want {
			t.Errorf("%s: got %s, want %s", files, text, want)
		}
	}
	f("", "")
	f("1 2 3", "1-1.0, 2-2.0, 3-3.0")
	f("3 x 1 2 c-0-1-1", "1-1.0, 2-2.0, 3-3.0")
	f("1 3", "1-1.0, 3-3.0, hole 2")
	f("3", "3-3.0, hole 1, hole 2")
	f("1 2 3 c-1-2-1", "1-2.1, 3-3.0")
	f("1 2 3 c-1-2-1 c-1-3-1", "1-3.1")
	f("3 c-1-2-1 c-1-2-2", "1-2.2, 3-3.0")
	f("1 2 3 c-2-2-1 c-1-3-1", "1-3.1")
	// Two compacted at the same time.
	f("1 2 3 4 c-1-2-1 c-2-4-1", "1-2.1, 3-3.0, 4-4.0")
	f("1 4 c-1-2-1 c-2-4-1", "1-1.0, 2-4.1")
	f("c-1-3-1 c-1-2-1 c-3-4-1", "1-2.1, 3-4.1")
	f("c-1-3-1 c-2-4-1 5", "1-3.1, 5-5.0, hole 4, overlap 2-4")
}

// nameOf writes names short: 3, c-1-2-1.
func nameOf(short string) string {
	var n, first, last, edition int
	if _, err := fmt.Sscanf(short, "c-%d-%d-%d", &first, &last, &edition); err == nil {
		return CompactName(first, last, edition)
	}
	if _, err := fmt.Sscanf(short, "%d", &n); err == nil {
		return RunName(n)
	}
	return "events/" + short
}
