package proposal

import (
	"cmp"
	"slices"
	"time"

	"trail403/aggregate/document"
	"trail403/aggregate/evaluate"
	"trail403/ingest/event"
)

// Group are requests of which a proposed policy would have changed the outcome alike.
type Group struct {
	GroupKey
	Requests    int
	Denied      int // of them, how many were denied
	First, Last time.Time
	Reasons     []Reason // the most frequent first
	EventID     string   // of the first request
	Key         string   // of its object
}

// Reason is why, and how often.
type Reason struct {
	Statement int // number of a Deny statement, or 0
	Sid       string
	Why       string
	Requests  int
}

// Result is what a proposed policy would have done.
type Result struct {
	Groups []Group
	// Requests were read, with their copies, and Concerned are those that the policy is
	// about.
	Requests, Concerned       int
	Refused, Allowed, Unknown int // requests by outcome, each event once
	// Live is what AWS answered about policies, nil if it was not asked.
	Live *event.Reading
}

// Merge puts together what all workers judged. The shards are not to be used afterwards.
// live asks AWS for policies that outcomes depend on; nil asks for none.
func Merge(shards []*Shard, live func([]event.Wanted) *event.Reading) *Result {
	r := &Result{}
	all := map[id]judged{}
	for _, s := range shards {
		r.Requests += s.counts.requests
		r.Concerned += s.counts.concerned
		for name, j := range s.kept {
			if old, ok := all[name]; !ok || j.isBetter(&old) {
				all[name] = j
			}
		}
	}
	if len(shards) > 0 {
		p := shards[0].proposal
		if live != nil {
			r.Live = live(others(all))
			p = p.with(r.Live.Snapshots)
		}
		p.judgeAgain(all, changesOf(shards))
	}
	groups := map[GroupKey]*Group{}
	for _, j := range all {
		if j.Outcome == Same {
			continue
		}
		g := groups[j.group]
		if g == nil {
			g = &Group{GroupKey: j.group}
			groups[j.group] = g
		}
		g.add(&j)
		switch j.Outcome {
		case Refused:
			r.Refused++
		case Allowed:
			r.Allowed++
		case Unknown:
			r.Unknown++
		}
	}
	for _, g := range groups {
		slices.SortFunc(g.Reasons, func(x, y Reason) int {
			return cmp.Or(cmp.Compare(y.Requests, x.Requests), cmp.Compare(x.Statement, y.Statement), cmp.Compare(x.Why, y.Why))
		})
		r.Groups = append(r.Groups, *g)
	}
	slices.SortFunc(r.Groups, func(x, y Group) int {
		return cmp.Or(cmp.Compare(order(x.Outcome), order(y.Outcome)), cmp.Compare(y.Requests, x.Requests),
			cmp.Compare(x.Principal, y.Principal), cmp.Compare(x.Action, y.Action), cmp.Compare(x.Bucket, y.Bucket))
	})
	return r
}

// order puts first what breaks something.
func order(o Outcome) int { return slices.Index([]Outcome{Refused, Allowed, Unknown}, o) }

// add adds a request to the group.
func (g *Group) add(j *judged) {
	g.Requests++
	if j.Denied {
		g.Denied++
	}
	isFirst := g.First.IsZero() || j.at.Before(g.First) || j.at.Equal(g.First) && j.eventID < g.EventID
	if isFirst {
		g.First, g.EventID, g.Key = j.at, j.eventID, j.key
	}
	if j.at.After(g.Last) {
		g.Last = j.at
	}
	i := slices.IndexFunc(g.Reasons, func(r Reason) bool { return r.Statement == j.Statement && r.Why == j.Why })
	if i >= 0 {
		g.Reasons[i].Requests++
		return
	}
	g.Reasons = append(g.Reasons, Reason{j.Statement, j.Sid, j.Why, 1})
}

// changesOf returns the changes of all shards.
func changesOf(shards []*Shard) (all []event.Change) {
	for _, s := range shards {
		all = append(all, s.trail.changes[:s.trail.start]...)
	}
	return all
}

// others names the policies beside the proposed one that outcomes depend on.
func others(all map[id]judged) (list []event.Wanted) {
	for _, j := range all {
		if j.request != nil {
			list = append(list, document.Around(j.request, evaluate.RequestOf(j.request, &j.request.Context))...)
		}
	}
	return list
}

// judgeAgain judges what depends on other policies, with those that the trail shows.
func (p *Proposal) judgeAgain(all map[id]judged, changes []event.Change) {
	if len(changes) == 0 && !p.isKnownMore {
		return
	}
	then := p.after(changes)
	for name, j := range all {
		if j.request != nil {
			j.Judgment = then.judge(j.request)
			j.group.Outcome = j.Outcome
			all[name] = j
		}
	}
}
