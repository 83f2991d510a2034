package ledger

import (
	"fmt"
	"strconv"

	"trail403/ingest/pattern"
)

// The names of a store.
const (
	SettingsName = "trail403-store.json"
	EventsFolder = "events"
	SeenFolder   = "seen"
)

// RunName returns the name of the file of a run.
func RunName(sequence int) string { return fmt.Sprintf("%s/%08d.parquet", EventsFolder, sequence) }

// CompactName returns the name of a file that holds several runs. A store can have
// several for the same runs, of which the last one counts: each removes more.
func CompactName(first, last, edition int) string {
	return fmt.Sprintf("%s/c-%08d-%08d-%d.parquet", EventsFolder, first, last, edition)
}

// SeenName returns the name of the file of ids with a checksum.
func SeenName(sha256 string) string { return SeenFolder + "/" + sha256[:32] + ".bin" }

var (
	runName     = pattern.New(`^events/(\d{8,18})\.parquet$`)
	compactName = pattern.New(`^events/c-(\d{8,18})-(\d{8,18})-(\d{1,9})\.parquet$`)
)

// span is which runs a file holds, by its name.
type span struct{ first, last, edition int }

// spanOf reads the name of a file. ok is false for any other file.
func spanOf(name string) (s span, ok bool) {
	if m := runName.FindStringSubmatch(name); m != nil {
		n := number(m[1])
		return span{n, n, 0}, n > 0
	}
	if m := compactName.FindStringSubmatch(name); m != nil {
		s = span{number(m[1]), number(m[2]), number(m[3])}
		return s, s.first > 0 && s.last >= s.first && s.edition > 0
	}
	return span{}, false
}

func number(digits string) int {
	n, _ := strconv.Atoi(digits) // of which there are few enough
	return n
}
