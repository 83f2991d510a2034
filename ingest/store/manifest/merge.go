package manifest

import (
	"maps"
	"slices"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/store/seen"
)

// Merge returns what one file says in place of several, which follow one another. It
// lacks what the new file itself decides: Run, Committed and the lists of seen objects.
func Merge(all []*Manifest) *Manifest {
	m := &Manifest{Schema: Schema, First: all[0].First, Last: all[len(all)-1].Last}
	var h History
	recovered := map[seen.ID]bool{}
	covers := map[At]*coverage.Coverage{}
	for _, o := range all {
		h.Add(o)
		m.Rows.Add(o.Rows)
		m.Seen = append(m.Seen, o.Seen...)
		for _, id := range o.Recovered {
			recovered[id] = true
		}
		for i := range o.Folders {
			f := &o.Folders[i]
			at := f.At
			if covers[at] == nil {
				covers[at] = &coverage.Coverage{}
			}
			covers[at].Add(f.Coverage())
		}
	}
	m.Folders = FoldersOf(covers)
	m.Failed = h.Failures()
	for _, f := range m.Failed {
		delete(recovered, f.ID)
	}
	m.Recovered = slices.Sorted(maps.Keys(recovered))
	m.Pruned = slices.Sorted(maps.Keys(h.Pruned))
	for _, name := range slices.Sorted(maps.Keys(h.Listed)) {
		m.Listed = append(m.Listed, Listing{name, h.Listed[name]})
	}
	m.Swept, m.Before = h.Swept, h.Before
	return m
}

// Forget removes what was read of days before a day. Objects stay seen.
func (m *Manifest) Forget(before time.Time) {
	day := before.Format(time.DateOnly)
	isOld := func(d string) bool { return d != "" && d < day }
	m.Folders = slices.DeleteFunc(m.Folders, func(f Folder) bool { return isOld(f.Day) })
	m.Failed = slices.DeleteFunc(m.Failed, func(f Failed) bool { return isOld(f.Day) })
	if before.After(m.Before) {
		m.Before = before
	}
}

// Lose takes denials that were removed out of what was read of their folders, so that
// the numbers still add up.
func (m *Manifest) Lose(denials map[At]int) {
	for i := range m.Folders {
		f := &m.Folders[i]
		n := min(denials[f.At], f.Denied)
		f.Denied -= n
		f.Seen -= n
	}
}
