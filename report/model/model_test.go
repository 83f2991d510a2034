package model

import (
	"testing"
	"time"

	"trail403/aggregate"
	"trail403/aggregate/rows"
)

// What comes at less than a fifth of its rate before has nearly ended.
func TestFades(t *testing.T) {
	p := recent{from: date(2026, 10, 27), to: day(31, 1, 2)}
	f := func(want bool, denials, recently int, first time.Time) {
		t.Helper()
		if got := p.fades(denials, recently, first); got != want {
			t.Errorf("%d denials, %d of them recent, since %s: got %v", denials, recently, first, got)
		}
	}
	f(false, 5, 0, day(1, 0, 0)) // ended, so it does not fade
	f(false, 5, 1, day(1, 0, 0)) // too few to tell
	f(false, 5, 5, day(30, 0, 0))
	f(false, 30, 2, day(1, 0, 0)) // 1.1 a day before, 0.5 recently
	f(true, 203, 2, day(1, 0, 0))
	f(true, 38, 1, day(23, 15, 2))
	f(false, 38, 10, day(23, 15, 2))
	if !p.holds(p.from) || p.holds(p.from.Add(-1)) {
		t.Error("the recent period starts at its start")
	}
}

// The example is of the incident, or else of its groups before.
func TestExample(t *testing.T) {
	f := func(want string, examples ...aggregate.Example) {
		t.Helper()
		e := example(&Incident{Incident: &aggregate.Incident{Onset: date(2026, 10, 10)}, Members: []*aggregate.Group{{Examples: examples}}})
		switch {
		case want == "" && e == nil:
		case e == nil || e.EventID != want:
			t.Errorf("got %v, want %s", e, want)
		}
	}
	at := func(id string, day int) aggregate.Example {
		return aggregate.Example{EventID: id, Message: rows.PlainMessage("m"), EventTime: date(2026, 10, day)}
	}
	f("")
	f("b", at("a", 9), at("b", 10), at("c", 11))
	f("b", at("c", 11), at("a", 9), at("b", 10))
	f("a", at("a", 8), at("b", 9))
	f("c", aggregate.Example{EventID: "a", EventTime: day(10, 0, 0)}, aggregate.Example{Message: rows.PlainMessage("m"), EventTime: day(10, 0, 0)}, at("c", 12))
	f("", aggregate.Example{EventID: "a"})
}

func day(d, hour, minute int) time.Time {
	return time.Date(2026, 10, d, hour, minute, 7, 0, time.UTC)
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
