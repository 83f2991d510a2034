// Package link finds the changes that could have caused denials, or ended them.
//
// The files, each using only those before it:
//
//  1. copies.go: one copy of each change.
//  2. ways.go: what a change reaches beyond what it touches.
//  3. possible.go: which call can cause which denials.
//  4. about.go: what a change has to touch to concern groups.
//  5. link.go: the changes before an onset and after an end.
//  6. index.go: changes by what they touch.
//  7. suspects.go: which change could have caused denials of which group.
//  8. rollouts.go: one action that made several changes.
package link

import (
	"cmp"
	"slices"
	"time"

	"trail403/aggregate/group"
	"trail403/ingest/event"
)

const (
	// DefaultWindow is how long before an onset, or after a last denial, a change may
	// have come.
	DefaultWindow = 6 * time.Hour
	// settleTime is how long denials may continue after the change that ends them: AWS
	// distributes policies to every Region, and S3 caches them for a while.
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html
	settleTime = 5 * time.Minute
	// maxLinks is how many changes an incident names: the nearest ones.
	maxLinks = 20
)

// Linker finds changes.
type Linker struct {
	changes []event.Change // in order of time
	ways    ways
	window  time.Duration
	// only holds the changes of the organization's policies that no other such change
	// came close to. The trail often does not show whom they reach: it shows which
	// accounts are in an organizational unit only when one is moved.
	only map[string]bool
}

// New returns a Linker that looks for changes this long before an onset or after a last
// denial; 0 means DefaultWindow. The changes must be in order of time.
func New(changes []event.Change, window time.Duration) *Linker {
	l := &Linker{changes: changes, ways: waysOf(changes), window: cmp.Or(window, DefaultWindow), only: map[string]bool{}}
	var last *event.Change
	alone := false
	for i := range changes {
		c := &changes[i]
		if serviceOf(c) != "organizations" || len(possible()["organizations "+c.Name]) == 0 {
			continue
		}
		apart := last == nil || c.Time.Sub(last.Time) > l.window
		if alone && apart {
			l.only[last.EventID] = true
		}
		last, alone = c, apart
	}
	if alone {
		l.only[last.EventID] = true
	}
	delete(l.only, "") // without an id, it cannot be distinguished from others
	return l
}

// Window returns how long before an onset, or after a last denial, changes are looked
// for.
func (l *Linker) Window() time.Duration { return l.window }

// Change returns the change of a link.
func (l *Linker) Change(k group.Link) *event.Change { return &l.changes[k.Change] }

// About returns what a change must touch to concern the groups.
func (l *Linker) About(groups ...*group.Group) *About { return aboutOf(l.ways, l.only, groups) }

// until returns how many of the changes came at or before a time.
func (l *Linker) until(at time.Time) int {
	n, _ := slices.BinarySearchFunc(l.changes, at, func(c event.Change, t time.Time) int {
		if c.Time.After(t) {
			return 1
		}
		return -1
	})
	return n
}

// Before returns the changes within the window before the onset that could have
// caused it, nearest first.
func (l *Linker) Before(a *About, onset time.Time) (links []group.Link) {
	for i := l.until(onset) - 1; i >= 0 && onset.Sub(l.changes[i].Time) <= l.window && len(links) < maxLinks; i-- {
		if causes, _ := a.touches(&l.changes[i]); causes > impossible {
			links = append(links, group.Link{Change: i, Lag: onset.Sub(l.changes[i].Time)})
		}
	}
	return links
}

// After returns, in order of time, the changes that concern a and came after the onset,
// from just before the last denial until the window ends. A change between the onset
// and the last denial did not end the denials.
func (l *Linker) After(a *About, onset, last time.Time) (links []group.Link) {
	begin := last.Add(-settleTime - 1)
	if onset.After(begin) {
		begin = onset
	}
	for i := l.until(begin); i < len(l.changes) && len(links) < maxLinks; i++ {
		lag := l.changes[i].Time.Sub(last)
		if lag > l.window {
			break
		}
		if _, concerns := a.touches(&l.changes[i]); concerns {
			links = append(links, group.Link{Change: i, Lag: lag})
		}
	}
	return links
}

// Moments returns, in Unix microseconds, when the changes came that could have caused
// the denials, after low and not after high.
func (l *Linker) Moments(a *About, low, high int64) (times []int64) {
	for i := l.until(time.UnixMicro(low)); i < l.until(time.UnixMicro(high)); i++ {
		if causes, _ := a.touches(&l.changes[i]); causes > impossible {
			times = append(times, l.changes[i].Time.UnixMicro())
		}
	}
	return times
}

// Inherit gives a group the changes before its incident. It is part of the incident,
// however late its own first denial came, and a change between the two explains
// neither.
func (l *Linker) Inherit(g *group.Group, before []group.Link) {
	if g.Trend.Onset.IsZero() {
		return
	}
	g.Trend.Changes = nil
	for _, k := range before {
		if lag := g.Trend.Onset.Sub(l.changes[k.Change].Time); lag >= 0 {
			g.Trend.Changes = append(g.Trend.Changes, group.Link{Change: k.Change, Lag: lag})
		}
	}
}
