package group

import (
	"maps"
	"slices"
	"time"

	"trail403/aggregate/policy"
	"trail403/aggregate/rows"
	"trail403/aggregate/window"
	"trail403/ingest/identity"
)

// Gatherer adds up one group at a time. Its maps are reused for all groups.
type Gatherer struct {
	t        *rows.Table
	interval window.Interval
	since    int64 // when the recent period starts
	again    bool  // the same rows come once more, so details of examples are kept
	policies *policy.Gatherer
	joins    []join

	denials     int
	recent      int
	first, last int64
	names       map[uint32]int
	accounts    map[uint32]int
	reasons     policy.Reasons
	series      map[int64]int
	from        origins
	examples    []*rows.Row // the earliest, in order
}

const (
	// maxThings is how many VPC endpoints and how many KMS keys of a group are kept.
	// Only hostile input has more than a few.
	maxThings = 100
	// maxExamples is how many examples of a group are shown.
	maxExamples = 3
)

// NewGatherer returns a Gatherer for the denials of a table. Those since recent are
// counted as recent. Unless the rows will be gathered again, the details of their
// examples are released.
func NewGatherer(t *rows.Table, interval window.Interval, recent time.Time, again bool) *Gatherer {
	return &Gatherer{
		t: t, interval: interval, since: recent.UnixMicro(), again: again, from: newOrigins(t), policies: policy.NewGatherer(t),
		names: map[uint32]int{}, accounts: map[uint32]int{}, reasons: policy.Reasons{}, series: map[int64]int{},
	}
}

// Gather returns the groups, in their order, and the policies that denied them. The
// causes of the groups have their documents.
func (g *Gatherer) Gather(all *rows.Groups) ([]Group, policy.Found) {
	list := make([]Group, 0, len(all.Keys))
	for n, key := range all.Keys {
		g.reset()
		for r := range all.Rows(n) {
			g.add(r)
		}
		list = append(list, g.result(int32(n), key))
	}
	found := g.policies.Result()
	joined(list, g.joins, &found)
	g.joins = nil
	return list, found
}

func (g *Gatherer) reset() {
	g.denials, g.recent, g.examples = 0, 0, g.examples[:0]
	clear(g.names)
	clear(g.accounts)
	clear(g.reasons)
	clear(g.series)
	g.from.reset()
}

func (g *Gatherer) add(r *rows.Row) {
	if g.denials == 0 {
		g.first, g.last = r.Micros, r.Micros
	}
	g.denials++
	g.first, g.last = min(g.first, r.Micros), max(g.last, r.Micros)
	g.names[r.Number(rows.EventName)]++
	if a := r.Number(rows.BucketAccount); a != 0 {
		g.accounts[a]++
	}
	g.series[g.interval.Start(time.UnixMicro(r.Micros)).UnixMicro()]++
	recent := r.Micros >= g.since
	if recent {
		g.recent++
	}
	g.reasons.Add(g.t, r, recent)
	g.from.add(r)
	i, _ := slices.BinarySearchFunc(g.examples, r, g.t.CompareRows)
	if i < maxExamples {
		g.examples = slices.Insert(g.examples, i, r)
		g.examples = g.examples[:min(len(g.examples), maxExamples)]
	}
}

// result gives the group with the number n its final form.
func (g *Gatherer) result(n int32, key rows.GroupKey) Group {
	t := g.t
	name := t.Text(key.Principal)
	out := Group{
		Principal:        name,
		PrincipalType:    identity.TypeOf(name),
		PrincipalAccount: identity.AccountOf(name),
		Action:           t.Text(key.Action),
		Bucket:           t.Text(key.Bucket),
		Denials:          g.denials,
		Recent:           g.recent,
		FirstSeen:        time.UnixMicro(g.first).UTC(),
		LastSeen:         time.UnixMicro(g.last).UTC(),
		EventNames:       countsBy(g.names, t.Text),
	}
	out.ID = ID(out.Principal, out.Action, out.Bucket)
	if accounts := countsBy(g.accounts, t.Text); len(accounts) > 0 {
		out.BucketAccount = accounts[0].Value
	}
	g.explain(n, key, &out)
	sources := g.from.sources(key)
	out.From = g.from.result(sources)
	out.Keys = t.CommonKeys(sources)
	for _, micros := range slices.Sorted(maps.Keys(g.series)) {
		out.Series = append(out.Series, Point{time.UnixMicro(micros).UTC(), g.series[micros]})
	}
	for _, r := range g.examples {
		d := t.Detail(r)
		out.Examples = append(out.Examples, Example{
			EventID:   t.EventID(r),
			EventTime: time.UnixMicro(r.Micros).UTC(),
			ErrorCode: t.Text(r.Number(rows.ErrorCode)),
			Message:   d.Message,
			Key:       d.Key,
			Session:   d.Session,
			SourceIP:  t.Text(r.Number(rows.SourceIP)),
			UserAgent: t.Text(r.Number(rows.UserAgent)),
		})
	}
	if !g.again {
		t.Forget(sources) // no other group has them
	}
	return out
}

// explain adds why the group was denied, to the group and to the policies.
func (g *Gatherer) explain(n int32, key rows.GroupKey, out *Group) {
	causes, number := g.reasons.Causes(g.t)
	out.Causes, out.Layers = causes, g.reasons.Layers(g.t)
	endpoints, keys := map[uint32]bool{}, map[uint32]bool{}
	for r, s := range g.reasons {
		if r.Endpoint != 0 {
			endpoints[r.Endpoint] = true
		}
		if r.KMSKey != 0 {
			keys[r.KMSKey] = true
		}
		g.joins = append(g.joins, join{n, int32(number(r)), g.policies.Add(key, r, s)})
	}
	out.VPCEndpoints, out.KMSKeys = g.t.Texts(endpoints, maxThings), g.t.Texts(keys, maxThings)
	out.BucketKeys = out.KMSKeys
}
