package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// A lab runs the program over archives and adds up what it finds.
type lab struct {
	program program
	work    string // folder for the archives
	keep    string // folder for those that fail, or empty
	seed    uint64
	sample  int // incidents of an archive that are looked at minutes after their change
}

// found is what one archive yields.
type found struct {
	world    *world
	listed   int
	falses   []verdict
	scores   []*score
	mornings map[*planted]bool    // reported on the first morning
	minutes  map[*planted]*minute // reported minutes after its change
	notes    []string             // one line for each miss
}

// minute is what a reader sees fifteen minutes after an onset.
type minute struct {
	told    bool
	named   bool
	windows map[string]bool // reported in a window that starts so long before
}

// windows are those that a reader who asks at once could choose.
var windows = []struct {
	name string
	span time.Duration // 0 for the entire archive
}{{"an hour", time.Hour}, {"a day", day}, {"a week", 7 * day}, {"the archive", 0}, {"a year", 365 * day}}

const (
	morning  = 7 * time.Hour    // when a reader looks, UTC
	quarter  = 15 * time.Minute // how soon after the onset another one does
	enough   = 4                // denials that must be delivered before anybody can expect a report
	settling = 30 * time.Minute // between an onset and the first morning
)

// A look is a moment at which somebody runs the program.
type look struct {
	at      time.Time
	planted *planted
	soon    bool // fifteen minutes after the onset, not on the first morning
}

// archive measures one archive with planted incidents.
func (l *lab) archive(w *world) (*found, error) {
	dir := filepath.Join(l.work, w.name)
	defer os.RemoveAll(dir)
	t := newTree(w, dir)
	f := &found{world: w, mornings: map[*planted]bool{}, minutes: map[*planted]*minute{}}
	for _, k := range l.looks(w) {
		if err := t.until(k.at); err != nil {
			return nil, err
		}
		if err := l.look(f, dir, k); err != nil {
			return nil, err
		}
	}
	if err := t.until(w.end); err != nil {
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
	f.final(v, r)
	return f, l.leave(f, dir, "end", f.notes)
}

// looks lists the moments at which an archive is looked at, in order of time.
func (l *lab) looks(w *world) (list []look) {
	d := newDraw(w.seed, w.name+"/looks")
	soon := 0
	for _, i := range d.Perm(len(w.planted)) {
		p := w.planted[i]
		if at := p.onset.Add(quarter); p.kind.changed && soon < l.sample && at.Before(w.end) && w.delivered(p, at) >= enough {
			list = append(list, look{at: at, planted: p, soon: true})
			soon++
		}
	}
	for _, p := range w.planted {
		at := p.onset.Truncate(day).Add(morning)
		for at.Before(p.onset.Add(settling)) || w.delivered(p, at) < enough && at.Before(w.end) {
			at = at.Add(day)
		}
		if at.After(w.end) {
			at = w.end
		}
		if w.delivered(p, at) >= enough {
			list = append(list, look{at: at, planted: p})
		}
	}
	slices.SortStableFunc(list, func(a, b look) int { return a.at.Compare(b.at) })
	return list
}

// delivered counts the denials of a planted incident that came before a moment.
func (w *world) delivered(p *planted, at time.Time) (n int) {
	for _, e := range w.events {
		if e.planted == p && e.key == "" && e.arrives.Before(at) {
			n++
		}
	}
	return n
}

// look runs the program at a moment and records whether it reports the incident.
func (l *lab) look(f *found, dir string, k look) error {
	if !k.soon {
		s, err := l.told(f, dir, k, 0)
		if err != nil {
			return err
		}
		f.mornings[k.planted] = s.found()
		if !s.found() {
			note := fmt.Sprintf("%s: %s: not told on the first morning, %s", f.world.name, k.planted, k.at.Format(time.RFC3339))
			f.notes = append(f.notes, note)
			return l.leave(f, dir, "morning-"+k.at.Format("20060102T1504"), []string{note})
		}
		return nil
	}
	m := &minute{windows: map[string]bool{}}
	f.minutes[k.planted] = m
	for _, window := range windows {
		s, err := l.told(f, dir, k, window.span)
		if err != nil {
			return err
		}
		m.windows[window.name] = s.found()
		if window.span == 0 {
			m.told, m.named = s.found(), s.first
		}
	}
	if !m.told {
		note := fmt.Sprintf("%s: %s: not told 15 minutes after its onset", f.world.name, k.planted)
		f.notes = append(f.notes, note)
		return l.leave(f, dir, "soon-"+k.at.Format("20060102T1504"), []string{note})
	}
	return nil
}

// told runs the program for a window that starts a span before a moment, or with the
// archive, and scores the incident of the look.
func (l *lab) told(f *found, dir string, k look, span time.Duration) (*score, error) {
	var flags []string
	begin := time.Time{}
	if span > 0 {
		begin = k.at.Add(-span)
		flags = append(flags, from(k.at, span))
	}
	r, err := l.program.report(dir, flags...)
	if err != nil {
		return nil, err
	}
	v := f.world.see(begin, k.at)
	return v.score(k.planted, v.judge(r)), nil
}

// final scores the entire archive.
func (f *found) final(v *view, r *report) {
	verdicts := v.judge(r)
	f.listed = len(verdicts)
	for _, x := range verdicts {
		if x.planted == nil {
			f.falses = append(f.falses, x)
			f.notes = append(f.notes, fmt.Sprintf("%s: false: %s %s at %s over %s", f.world.name, x.listed.ID, x.listed.Pattern,
				x.listed.Onset.Format(time.RFC3339), v.describe(x.keys)))
		}
	}
	for _, p := range f.world.planted {
		s := v.score(p, verdicts)
		f.scores = append(f.scores, s)
		for _, why := range s.faults() {
			f.notes = append(f.notes, fmt.Sprintf("%s: %s: %s", f.world.name, p, why))
		}
	}
}

// faults lists what is wrong with how an incident was reported.
func (s *score) faults() (list []string) {
	if !s.found() {
		return []string{"not told"}
	}
	if !s.one {
		strangers := 0
		for _, x := range s.told {
			strangers += x.strangers
		}
		list = append(list, fmt.Sprintf("not told as one: %d incidents, %d strangers, %d of %d denials", len(s.told), strangers, s.told[0].holds, len(s.planted.denials)))
	}
	switch {
	case !s.planted.kind.changed:
	case !s.named:
		list = append(list, "the right change is not named")
	case !s.first:
		list = append(list, "the right change is not named first")
	}
	for _, c := range s.impossible {
		if c == nil {
			list = append(list, "a change is named that is not in the archive")
			continue
		}
		list = append(list, fmt.Sprintf("impossible change named: %s on %v at %s", c.name, c.touches, c.at.Format(time.RFC3339)))
	}
	if s.planted.fix != nil && !s.after {
		list = append(list, "the change that ended it is not named")
	}
	return list
}

// String names an incident for people.
func (p *planted) String() string {
	return fmt.Sprintf("%s (%s)", p.kind.name, p.onset.Format(time.RFC3339))
}

// check makes sure that the program and this one counted the same denials.
func (v *view) check(r *report) error {
	for _, g := range r.Groups {
		key := groupKey(g.Principal, g.Action, g.Bucket)
		if n := len(v.denials[key]); n != g.Denials {
			return fmt.Errorf("the report has %d denials of %q, the archive %d", g.Denials, key, n)
		}
	}
	if len(r.Groups) != len(v.denials) {
		return fmt.Errorf("the report has %d groups, the archive %d", len(r.Groups), len(v.denials))
	}
	return nil
}
