package policy

import (
	"fmt"
	"testing"
	"time"

	"trail403/ingest/event"
)

// at is a time of the test month.
func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, "2026-10-"+s+"Z")
	if err != nil {
		panic(err)
	}
	return t
}

func TestLayers(t *testing.T) {
	s := func(cause event.Cause, n int, first, last string) causeSpan {
		return causeSpan{Cause{Cause: cause}, Span{Denials: n, first: at(first).UnixMicro(), last: at(last).UnixMicro()}}
	}
	f := func(want string, spans ...causeSpan) {
		t.Helper()
		got := ""
		for _, l := range layersOf(spans) {
			got += fmt.Sprintf("%s→%s %s;", l.From.Cause, l.To.Cause, l.At.Format("02T15"))
		}
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	f("a→b 14T13;", s("b", 5, "14T13:00:00", "30T00:00:00"), s("a", 5, "01T00:00:00", "14T12:00:00"))
	f("a→b 05T00;b→c 10T00;", s("a", 3, "01T00:00:00", "04T00:00:00"), s("b", 3, "05T00:00:00", "09T00:00:00"), s("c", 3, "10T00:00:00", "11T00:00:00"))
	f("", s("a", 5, "01T00:00:00", "20T00:00:00"), s("b", 5, "14T13:00:00", "30T00:00:00")) // side by side
	f("", s("a", 5, "01T00:00:00", "14T00:00:00"), s("b", 2, "14T13:00:00", "30T00:00:00")) // too few
	f("", s("a", 5, "01T00:00:00", "14T00:00:00"))
	f("")
}
