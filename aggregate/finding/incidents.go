package finding

import (
	"math"
	"slices"
	"time"

	"trail403/aggregate/group"
	"trail403/aggregate/incident"
	"trail403/aggregate/link"
	"trail403/aggregate/rows"
	"trail403/aggregate/statement"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// Incidents finds the incidents and the changes before them. groups must be in the
// order of all, and get their IncidentID. The judge knows which changes explain denials.
func (f *Finder) Incidents(all *rows.Groups, groups []group.Group, l *link.Linker, judge *statement.Judge) []Incident {
	shareKeys(groups, f.t.KeyUses())
	in := make([]incident.Group, len(groups))
	times := make([]int64, 0, all.Total())
	for n := range groups {
		g := &in[n]
		begin := len(times)
		for r := range all.Rows(n) {
			times = append(times, r.Micros)
		}
		g.Times = times[begin:len(times):len(times)]
		slices.Sort(g.Times)
		g.Begin = f.frame.Start.Add(time.Duration(f.groups[n].Begin) * f.frame.Step).UnixMicro()
		g.Unseen = f.groups[n].Unseen
		g.Keys = explanationsOf(&groups[n])
		g.Source = identity.Key(groups[n].Principal)
	}
	suspects := l.Suspects(groups)
	suspects.Prove(func(c *event.Change) func(int) bool {
		effect := judge.EffectOf(c)
		if effect == nil {
			return nil
		}
		return func(n int) bool { return judge.Explains(effect, all.Rows(n), l.Window()) }
	})
	var out []Incident
	for _, found := range suspects.Rollouts(incident.Find(f.frame, end(times), in, suspects.Changes())) {
		members := make([]*group.Group, len(found.Groups))
		for i, n := range found.Groups {
			members[i] = &groups[n]
		}
		if moments := suspects.Moments(&found); len(found.Changes) == 0 && len(moments) > 0 {
			pooled := incident.Pool(in, found.Groups, found.From, found.To)
			found.Onset = incident.Settle(pooled, found.From, found.To, found.Onset, found.Low, found.High, moments)
			found.Events = len(incident.Pool(in, found.Groups, found.Onset, math.MaxInt64))
		}
		i := f.describe(found, in, all, groups)
		i.Changes = suspects.Before(&found, i.Onset)
		i.Certainty = certainty(&found, i.Changes)
		i.After = l.After(l.About(members...), i.Onset, i.LastSeen)
		if len(i.Changes) > 0 {
			i.sharePolicy(l.Change(i.Changes[0]))
		}
		out = append(out, i)
		for _, g := range members {
			g.IncidentID = i.ID
			l.Inherit(g, i.Changes)
		}
	}
	Sort(out)
	return out
}

// end returns the time until which denials were seen, in Unix microseconds.
func end(times []int64) int64 {
	last := int64(math.MinInt64)
	for _, t := range times {
		last = max(last, t)
	}
	return last + 1
}
