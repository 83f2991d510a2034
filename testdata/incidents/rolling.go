package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// reader is somebody who reads the report of the last 30 days each morning, with what
// that person sees.
type reader struct {
	mornings int
	news     int // listed false incidents whose id was not listed before
	falses   int // listed false incidents, on all mornings
	rhythms  map[string]*called
	found    int // planted incidents reported on the first morning on which they could be
	of       int
	stable   int // reported with the same id, onset and first change on all mornings
	lived    int // reported on at least two mornings
	notes    []string
}

const (
	reads   = 30 * day // the window of the reader
	weekday = 7
)

// story is what a reader saw of one planted incident.
type story struct {
	first  *incident
	seen   int
	change bool
	tried  bool // a morning came on which it could be reported
}

// newRolling makes an archive for a reader: a month before, then mornings, with an
// incident about every three days.
func newRolling(name string, seed uint64, mornings int, kinds []*kind) *world {
	d := newDraw(seed, name+"/frame")
	start := firstDay.AddDate(0, 0, d.IntN(200)).Add(morning)
	w := newWorld(name, seed, start, start.Add(reads).AddDate(0, 0, mornings))
	const groups = 150
	w.background(groups)
	w.plantAll(d, kinds, w.start.Add(settled))
	w.lose(d)
	w.finish()
	return w
}

// read runs the report on each morning.
func (l *lab) read(w *world) (*reader, error) {
	dir := filepath.Join(l.work, w.name)
	defer os.RemoveAll(dir)
	t := newTree(w, dir)
	rd := &reader{rhythms: map[string]*called{}}
	known := map[string]bool{}
	stories := map[*planted]*story{}
	for at := w.start.Add(reads); !at.After(w.end); at = at.Add(day) {
		if err := t.until(at); err != nil {
			return nil, err
		}
		r, err := l.program.report(dir, from(at, reads), "--to="+at.Format(time.RFC3339))
		if err != nil {
			return nil, err
		}
		v := w.see(at.Add(-reads), at)
		verdicts := v.judge(r)
		first := at.Equal(w.start.Add(reads))
		if !first {
			rd.mornings++
		}
		var news []string
		for _, x := range verdicts {
			if x.planted == nil {
				rd.falses++
				if !known[x.listed.ID] && !first {
					rd.news++
					name := v.rhythmOf(x.keys)
					if rd.rhythms[name] == nil {
						rd.rhythms[name] = &called{}
					}
					rd.rhythms[name].incidents++
					news = append(news, fmt.Sprintf("%s: morning %s: false: %s %s at %s over %s", w.name, at.Format(time.DateOnly), x.listed.ID, x.listed.Pattern,
						x.listed.Onset.Format(time.RFC3339), v.describe(x.keys)))
				}
			}
			known[x.listed.ID] = true
		}
		for _, p := range w.planted {
			if note := rd.follow(v, p, stories, verdicts, first); note != "" {
				news = append(news, fmt.Sprintf("%s: morning %s: %s: %s", w.name, at.Format(time.DateOnly), p, note))
			}
		}
		rd.notes = append(rd.notes, news...)
		if len(news) > 0 {
			if err := l.leaveWorld(w, dir, "morning-"+at.Format("20060102"), v.at, news); err != nil {
				return nil, err
			}
		}
	}
	for _, s := range stories {
		if s.seen > 1 {
			rd.lived++
			if !s.change {
				rd.stable++
			}
		}
	}
	return rd, nil
}

// follow compares how a planted incident is reported on one morning with how it was
// reported before, and says what is wrong.
func (rd *reader) follow(v *view, p *planted, stories map[*planted]*story, verdicts []verdict, first bool) (note string) {
	if p.onset.Before(v.from.Add(day)) || p.onset.After(v.at.Add(-settling)) || v.planted[p] < enough {
		return ""
	}
	s := v.score(p, verdicts)
	st := stories[p]
	if st == nil {
		st = &story{}
		stories[p] = st
	}
	if !st.tried && !first {
		rd.of++
		if s.found() {
			rd.found++
		} else {
			note = "not told on the first morning"
		}
	}
	st.tried = true
	if !s.found() {
		if st.seen > 0 && !st.change {
			st.change, note = true, "told before, and no more"
		}
		return note
	}
	now := s.main()
	if st.first == nil {
		st.first = now
	} else if why := st.differs(now); why != "" && !st.change {
		st.change, note = true, why
	}
	st.seen++
	return note
}

// differs says how an incident differs from its first report.
func (st *story) differs(now *incident) string {
	was := st.first
	switch {
	case !was.Onset.Equal(now.Onset):
		return fmt.Sprintf("the onset was %s and is %s", was.Onset.Format(time.RFC3339), now.Onset.Format(time.RFC3339))
	case was.ID != now.ID:
		return fmt.Sprintf("the id was %s and is %s", was.ID, now.ID)
	case firstOf(was.Changes) != firstOf(now.Changes):
		return "another change is named first"
	}
	return ""
}

func firstOf(changes []named) string {
	if len(changes) == 0 {
		return ""
	}
	return changes[0].EventID
}
