package compare

import (
	"testing"
	"time"

	"trail403/aggregate"
)

// An incident is fixed if a request that it denied succeeded after its last denial, and
// nobody makes requests that do not show the same.
func TestIsMended(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 10, 1, hour, 0, 0, 0, time.UTC) }
	state := func(s aggregate.RecoveryState, first int) *Fixed {
		when := at(first)
		return &Fixed{State: s, First: &when}
	}
	none, elsewhere := &Fixed{State: aggregate.NoRequestSince}, state(aggregate.SucceedsElsewhere, 14)
	for name, tt := range map[string]struct {
		groups []*Fixed
		want   bool
	}{
		"all":               {[]*Fixed{state(aggregate.Fixed, 13), state(aggregate.Fixed, 14)}, true},
		"one gave up":       {[]*Fixed{state(aggregate.Fixed, 13), none}, true},
		"all gave up":       {[]*Fixed{none, none}, false},
		"one elsewhere":     {[]*Fixed{state(aggregate.Fixed, 13), elsewhere}, false},
		"before the last":   {[]*Fixed{state(aggregate.Fixed, 11), none}, false},
		"nobody asked":      {[]*Fixed{nil, nil}, false},
		"one is not shown":  {[]*Fixed{state(aggregate.Fixed, 13), nil}, false},
		"without its time":  {[]*Fixed{{State: aggregate.Fixed}}, false},
		"the first is late": {[]*Fixed{state(aggregate.Fixed, 11), state(aggregate.Fixed, 13)}, true},
	} {
		in := &Incident{LastSeen: at(12)}
		groups := map[string]*Group{}
		for i, f := range tt.groups {
			id := string(rune('a' + i))
			in.Groups = append(in.Groups, id)
			groups[id] = &Group{ID: id, Fixed: f}
		}
		if got := in.isMended(groups); got != tt.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
