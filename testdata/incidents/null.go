package main

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

// called counts how groups of a rhythm were called.
type called struct{ groups, trends, incidents int }

// nothing is the result for archives in which nothing happens.
type nothing struct {
	groups, trends, incidents int
	rhythms                   map[string]*called
	notes                     []string
}

func (n *nothing) rhythm(name string) *called {
	if n.rhythms[name] == nil {
		n.rhythms[name] = &called{}
	}
	return n.rhythms[name]
}

// null measures an archive without planted incidents.
func (l *lab) null(w *world) (*nothing, error) {
	dir := filepath.Join(l.work, w.name)
	defer os.RemoveAll(dir)
	if err := newTree(w, dir).until(w.end); err != nil {
		return nil, err
	}
	r, err := l.program.report(dir)
	if err != nil {
		return nil, err
	}
	v := w.see(time.Time{}, w.end)
	if err := v.check(r); err != nil {
		return nil, err
	}
	n := &nothing{groups: len(r.Groups), incidents: len(r.Incidents), rhythms: map[string]*called{}}
	for _, g := range r.Groups {
		x := w.groups[groupKey(g.Principal, g.Action, g.Bucket)]
		n.rhythm(x.rhythm).groups++
		if g.Trend.Kind != "steady" && g.Trend.Kind != "sporadic" && g.Trend.Kind != "" {
			n.trends++
			n.rhythm(x.rhythm).trends++
			n.notes = append(n.notes, w.name+": "+g.Trend.Kind+": "+v.describe([]string{x.key()}))
		}
	}
	for _, x := range v.judge(r) {
		n.rhythm(v.rhythmOf(x.keys)).incidents++
		n.notes = append(n.notes, w.name+": false: "+x.listed.ID+" "+x.listed.Pattern+" at "+x.listed.Onset.Format(time.RFC3339)+" over "+v.describe(x.keys))
	}
	return n, l.leaveNull(w, dir, n)
}

// rhythmOf names the rhythm that most denials of some groups have.
func (v *view) rhythmOf(keys []string) string {
	count, best := map[string]int{}, ""
	for _, key := range keys {
		name := v.groups[key].rhythm
		if name == "" {
			name = "planted"
		}
		count[name] += len(v.denials[key])
		if best == "" || count[name] > count[best] || count[name] == count[best] && name < best {
			best = name
		}
	}
	return best
}

// describe names groups for people, with their rhythms.
func (v *view) describe(keys []string) string {
	var list []string
	for _, key := range keys {
		rhythm := v.groups[key].rhythm
		if rhythm == "" {
			rhythm = "planted"
		}
		list = append(list, key+" ("+rhythm+")")
	}
	const shown = 3
	if len(list) > shown {
		list = append(list[:shown], "…")
	}
	return strings.Join(list, ", ")
}
