package main

import (
	"cmp"
	"slices"
	"time"
)

// sums are what the tables are made of.
type sums struct {
	listed, falses int
	kinds          map[string]*kindSum
	windows        map[string]share
	nothing        nothing
	rhythms        map[string]*rhythmSum
	reader         reader
	readers        int
}

// A share counts how many of a number did something.
type share struct{ n, of int }

func (s *share) add(yes bool) {
	s.of++
	if yes {
		s.n++
	}
}

func (s *share) join(o share) { s.n, s.of = s.n+o.n, s.of+o.of }

// kindSum is the result for the planted incidents of one kind.
type kindSum struct {
	told, morning, soon, soonNamed, one, named, first, possible, ended share

	off []time.Duration
}

// rhythmSum is the result for groups of one rhythm in which nothing happened.
type rhythmSum struct {
	groups, trends    int
	null, among, news int // false incidents: without planted ones, among them, from morning to morning
}

func newSums() *sums {
	return &sums{kinds: map[string]*kindSum{}, windows: map[string]share{}, rhythms: map[string]*rhythmSum{}}
}

func (s *sums) rhythm(name string) *rhythmSum {
	if s.rhythms[name] == nil {
		s.rhythms[name] = &rhythmSum{}
	}
	return s.rhythms[name]
}

// addFound adds an archive with planted incidents.
func (s *sums) addFound(f *found) {
	s.listed += f.listed
	s.falses += len(f.falses)
	v := f.world.see(time.Time{}, f.world.end)
	for _, x := range f.falses {
		s.rhythm(v.rhythmOf(x.keys)).among++
	}
	for _, sc := range f.scores {
		k := s.kinds[sc.planted.kind.name]
		if k == nil {
			k = &kindSum{}
			s.kinds[sc.planted.kind.name] = k
		}
		k.add(f, sc)
		if m := f.minutes[sc.planted]; m != nil {
			for _, w := range windows {
				sh := s.windows[w.name]
				sh.add(m.windows[w.name])
				s.windows[w.name] = sh
			}
		}
	}
}

func (k *kindSum) add(f *found, sc *score) {
	p := sc.planted
	k.told.add(sc.found())
	if told, ok := f.mornings[p]; ok {
		k.morning.add(told)
	}
	if m := f.minutes[p]; m != nil {
		k.soon.add(m.told)
		k.soonNamed.add(m.named)
	}
	if !sc.found() {
		if p.kind.changed { // an incident that is not reported names nothing
			k.named.add(false)
			k.first.add(false)
		}
		k.one.add(false)
		return
	}
	k.one.add(sc.one)
	k.off = append(k.off, sc.off.Abs())
	if p.kind.changed {
		k.named.add(sc.named)
		k.first.add(sc.first)
	}
	k.possible.add(len(sc.impossible) == 0)
	if p.fix != nil {
		k.ended.add(sc.after)
	}
}

// total adds all kinds up.
func (s *sums) total() *kindSum {
	all := &kindSum{}
	for i := range kinds {
		k := s.kinds[kinds[i].name]
		if k == nil {
			continue
		}
		all.told.join(k.told)
		all.morning.join(k.morning)
		all.soon.join(k.soon)
		all.soonNamed.join(k.soonNamed)
		all.one.join(k.one)
		all.named.join(k.named)
		all.first.join(k.first)
		all.possible.join(k.possible)
		all.ended.join(k.ended)
		all.off = append(all.off, k.off...)
	}
	return all
}

// addNothing adds an archive in which nothing happens.
func (s *sums) addNothing(n *nothing) {
	s.nothing.groups += n.groups
	s.nothing.trends += n.trends
	s.nothing.incidents += n.incidents
	for name, c := range n.rhythms {
		r := s.rhythm(name)
		r.groups += c.groups
		r.trends += c.trends
		r.null += c.incidents
	}
}

// addReader adds what a reader saw.
func (s *sums) addReader(r *reader) {
	s.readers++
	s.reader.mornings += r.mornings
	s.reader.news += r.news
	s.reader.falses += r.falses
	s.reader.found += r.found
	s.reader.of += r.of
	s.reader.stable += r.stable
	s.reader.lived += r.lived
	for name, c := range r.rhythms {
		s.rhythm(name).news += c.incidents
	}
}

// quantile returns the value below which a part of the list lies.
func quantile(list []time.Duration, part float64) time.Duration {
	if len(list) == 0 {
		return 0
	}
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b time.Duration) int { return cmp.Compare(a, b) })
	return list[min(len(list)-1, int(part*float64(len(list))))]
}
