package cli

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"
)

// The time before a window changes what is known of its groups, and nothing that is
// counted.
func TestHistoryCountsNothing(t *testing.T) {
	const demo = "../../../testdata/demo"
	tables := func(r jsonReport) (out []string) {
		for _, g := range r.Groups {
			g.Trend.Kind, g.Trend.Onset = "", ""
			text, err := json.Marshal([]any{g.ID, g.Denials, g.FirstSeen, g.LastSeen, g.Causes, g.Series, g.EventNames, g.From, g.Examples})
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, string(text))
		}
		slices.Sort(out)
		return out
	}
	for _, window := range [][]string{
		{"--from", "2026-10-28"},
		{"--from", "2026-10-26T10:00:00Z", "--to", "2026-10-26T12:00:00Z"},
		{"--from", "2026-10-10", "--to", "2026-10-20", "--bucket", "corp-*"},
		{"--from", "2026-10-30", "--principal", "reader"},
	} {
		alone := runJSON(t, OK, slices.Concat(window, []string{"--history", "0", demo})...)
		history := runJSON(t, OK, slices.Concat(window, []string{demo})...)
		if alone.Totals != history.Totals || len(history.Groups) == 0 || !reflect.DeepEqual(tables(alone), tables(history)) {
			t.Errorf("%v: other tables with the time before: %v and %v", window, alone.Totals, history.Totals)
		}
		if a, h := alone.Coverage.Records, history.Coverage.Records; a["kept"] != h["kept"] || a["duplicate"] != h["duplicate"] ||
			a["excluded"] != h["excluded"] || a["outside_window"] >= h["outside_window"] {
			t.Errorf("%v: records %v and %v", window, a, h)
		}
	}
}

// A window of an hour tells what started in it, or before it and continues: with the
// same onset and change as the complete archive.
func TestHistoryOfAnHour(t *testing.T) {
	const demo = "../../../testdata/demo"
	all := runJSON(t, OK, demo)
	seen := 0
	for _, window := range [][2]string{
		{"2026-10-28T09:00:00Z", "2026-10-28T10:00:00Z"},
		{"2026-10-29T09:00:00Z", "2026-10-29T10:00:00Z"},
		{"2026-10-31T20:00:00Z", "2026-10-31T23:59:00Z"},
	} {
		r := runJSON(t, OK, "--from", window[0], "--to", window[1], demo)
		for _, in := range r.Incidents {
			if in.Onset != "2026-10-28T09:14:07Z" {
				continue
			}
			seen++
			for _, want := range all.Incidents {
				if want.Onset == in.Onset && (want.Pattern != in.Pattern || want.Changes[0] != in.Changes[0] || in.Matching != len(in.Groups)) {
					t.Errorf("%v: %+v, want %+v", window, in, want)
				}
			}
		}
		members := map[string]bool{}
		for _, g := range r.Groups {
			members[g.ID] = true
		}
		for _, in := range r.Incidents {
			for _, id := range in.Groups {
				if !members[id] {
					t.Errorf("%v: incident of %s has the group %s without denials here", window, in.Onset, id)
				}
			}
		}
	}
	if seen != 3 {
		t.Errorf("the incident of 09:14 is in %d of 3 windows", seen)
	}
}
