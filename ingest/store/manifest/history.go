package manifest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/store/seen"
)

// History is what the manifests of a store say together.
type History struct {
	// Failed are the objects that could not be read so far, by the ids of their names.
	Failed map[seen.ID]Failed
	Pruned map[string]bool   // folders that are known to hold no records
	Listed map[string]string // the day up to which a source was listed
	Swept  time.Time         // the last sweep
	Before time.Time         // before which retention removed events
}

// Add adds a manifest. Manifests are added in the order of their sequence.
func (h *History) Add(m *Manifest) {
	if h.Failed == nil {
		h.Failed, h.Pruned, h.Listed = map[seen.ID]Failed{}, map[string]bool{}, map[string]string{}
	}
	for _, id := range m.Recovered {
		delete(h.Failed, id)
	}
	for _, f := range m.Failed {
		h.Failed[f.ID] = f
	}
	for _, name := range m.Pruned {
		h.Pruned[name] = true
	}
	for _, l := range m.Listed {
		h.Listed[l.Source] = max(h.Listed[l.Source], l.Through)
	}
	if m.Swept.After(h.Swept) {
		h.Swept = m.Swept
	}
	if m.Before.After(h.Before) {
		h.Before = m.Before
	}
}

// Failures returns the objects that could not be read so far, sorted by name.
func (h *History) Failures() []Failed { return Sorted(h.Failed) }

// Sorted returns failed objects, sorted by name.
func Sorted(failed map[seen.ID]Failed) []Failed {
	return slices.SortedFunc(maps.Values(failed), func(a, b Failed) int {
		return cmp.Or(strings.Compare(a.Object, b.Object), cmp.Compare(a.ID, b.ID))
	})
}

// Coverage returns what was read of the folders of all manifests that are wanted, and
// what failed in them. All objects of a folder that is not wanted are skipped for the
// reason that skip returns, since none needs to be opened. skip gets the start of the
// day of delivery, which is zero where names do not tell. Nil skips nothing.
func Coverage(all []*Manifest, skip func(account, region string, day time.Time) coverage.Reason) *coverage.Coverage {
	if skip == nil {
		skip = func(string, string, time.Time) coverage.Reason { return "" }
	}
	var h History
	total := &coverage.Coverage{}
	for _, m := range all {
		h.Add(m)
		for i := range m.Folders {
			f := &m.Folders[i]
			c := f.Coverage()
			if reason := skip(f.Account, f.Region, dayOf(f.Day)); reason != "" {
				n := c.Objects.Listed
				c = &coverage.Coverage{}
				c.Objects.Listed = n
				c.Skip(reason, n)
			}
			total.Add(c)
		}
	}
	for _, f := range h.Failures() {
		c := &coverage.Coverage{}
		c.Objects.Listed = 1
		if reason := skip(f.Account, f.Region, dayOf(f.Day)); reason != "" {
			c.Skip(reason, 1)
		} else {
			c.Objects.Failed, c.Failures = 1, []coverage.Failure{f.Failure.Coverage()}
		}
		total.Add(c)
	}
	total.Folders += len(h.Pruned)
	total.Pruned = append(total.Pruned, slices.Sorted(maps.Keys(h.Pruned))...)
	total.Sort()
	return total
}

func dayOf(text string) time.Time {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}
	}
	return day
}
