package group

import (
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
	since    int64 // when the recent period starts
	again    bool  // the same rows come once more, so details of examples are kept
	policies *policy.Gatherer
	joins    []join

	denials     int
	recent      int
	first, last int64
	spans       map[uint32]*policy.Span // by context
	lastContext uint32
	lastSpan    *policy.Span // of lastContext
	names       map[uint32]int
	accounts    map[uint32]int
	reasons     policy.Reasons
	series      series
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
		t: t, since: recent.UnixMicro(), again: again, from: newOrigins(t), policies: policy.NewGatherer(t),
		spans: map[uint32]*policy.Span{}, names: map[uint32]int{}, accounts: map[uint32]int{}, reasons: policy.Reasons{},
		series: series{interval: interval},
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
	clear(g.spans)
	g.lastSpan = nil
	g.series.reset()
	g.from.reset()
}

func (g *Gatherer) add(r *rows.Row) {
	if g.denials == 0 {
		g.first, g.last = r.Micros, r.Micros
	}
	g.denials++
	g.first, g.last = min(g.first, r.Micros), max(g.last, r.Micros)
	g.series.add(r.Micros)
	recent := r.Micros >= g.since
	if recent {
		g.recent++
	}
	g.span(r.Context()).Add(r.Micros, recent)
	g.from.add(r)
	if n := len(g.examples); n == maxExamples && r.Micros > g.examples[n-1].Micros {
		return
	}
	i, _ := slices.BinarySearchFunc(g.examples, r, g.t.CompareRows)
	if i < maxExamples {
		g.examples = slices.Insert(g.examples, i, r)
		g.examples = g.examples[:min(len(g.examples), maxExamples)]
	}
}

// span returns when the denials of a context were seen.
func (g *Gatherer) span(context uint32) *policy.Span {
	if g.lastSpan == nil || g.lastContext != context {
		s := g.spans[context]
		if s == nil {
			s = &policy.Span{}
			g.spans[context] = s
		}
		g.lastContext, g.lastSpan = context, s
	}
	return g.lastSpan
}

// addUp counts what the contexts of the group say.
func (g *Gatherer) addUp() {
	for n, s := range g.spans {
		c := g.t.Context(n)
		g.names[c.Number(rows.EventName)] += s.Denials
		if a := c.Number(rows.BucketAccount); a != 0 {
			g.accounts[a] += s.Denials
		}
		g.reasons.Add(g.t, c, s)
		g.from.addContext(c, s.Denials)
	}
}

// result gives the group with the number n its final form.
func (g *Gatherer) result(n int32, key rows.GroupKey) Group {
	g.addUp()
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
	out.Series = g.series.points()
	for _, r := range g.examples {
		d := t.Detail(r)
		out.Examples = append(out.Examples, Example{
			EventID:   t.EventID(r),
			EventTime: time.UnixMicro(r.Micros).UTC(),
			ErrorCode: t.Text(t.Number(r, rows.ErrorCode)),
			Message:   d.Message(),
			Key:       d.Key(),
			Session:   d.Session(),
			SourceIP:  t.Text(t.Number(r, rows.SourceIP)),
			UserAgent: t.Text(t.Number(r, rows.UserAgent)),
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
