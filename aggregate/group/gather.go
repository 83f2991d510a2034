package group

import (
	"slices"
	"time"

	"trail403/aggregate/policy"
	"trail403/aggregate/rows"
	"trail403/aggregate/window"
	"trail403/ingest/identity"
	"trail403/ingest/redact"
)

// gatherer adds up one group at a time. Its maps are reused for all groups.
type gatherer struct {
	t     *rows.Table
	since int64 // when the recent period starts

	// Of all groups so far: why they were denied, and under which entries the table holds
	// what it keeps beside their rows.
	denied  []denied
	sources []rows.GroupKey

	denials     int
	recent      int
	presigned   int
	instance    int
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

// denied says for what reason a group was denied, and for which of its causes.
type denied struct {
	group, cause int32
	key          rows.GroupKey
	reason       policy.Reason
	span         *policy.Span
}

func newGatherer(t *rows.Table, interval window.Interval, since int64) *gatherer {
	return &gatherer{
		t: t, since: since, from: newOrigins(t),
		spans: map[uint32]*policy.Span{}, names: map[uint32]int{}, accounts: map[uint32]int{}, reasons: policy.Reasons{},
		series: series{interval: interval},
	}
}

// group adds up the group with the number n.
func (g *gatherer) group(n int, all *rows.Groups) Group {
	g.reset()
	for r := range all.Rows(n) {
		g.add(r)
	}
	return g.result(int32(n), all.Keys[n])
}

func (g *gatherer) reset() {
	g.denials, g.recent, g.examples = 0, 0, g.examples[:0]
	g.presigned, g.instance = 0, 0
	clear(g.names)
	clear(g.accounts)
	clear(g.reasons)
	clear(g.spans)
	g.lastSpan = nil
	g.series.reset()
	g.from.reset()
}

func (g *gatherer) add(r *rows.Row) {
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
	if g.t.IsPresigned(r) {
		g.presigned++
	}
	if g.t.IsFromInstance(r) {
		g.instance++
	}
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
func (g *gatherer) span(context uint32) *policy.Span {
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
func (g *gatherer) addUp() {
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
func (g *gatherer) result(n int32, key rows.GroupKey) Group {
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
		Presigned:        g.presigned,
		FromInstance:     g.instance,
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
	out.From, out.Denied.Prefixes = g.from.result(sources)
	out.Keys = t.CommonKeys(sources)
	out.Denied.First, out.Denied.Last = out.FirstSeen, out.LastSeen
	out.Denied.Keyless = slices.ContainsFunc(out.Keys, func(k rows.CommonKeys) bool { return k.None })
	out.Series = g.series.points()
	out.Examples = make([]Example, 0, len(g.examples))
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
			RequestID: d.Request(),

			Credentials: t.Credentials(r),
			Object:      redact.Text(t.Place(r).Object.Name),
		})
	}
	g.sources = append(g.sources, sources...)
	return out
}

// explain says why the group was denied.
func (g *gatherer) explain(n int32, key rows.GroupKey, out *Group) {
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
		g.denied = append(g.denied, denied{n, int32(number(r)), key, r, s})
	}
	out.VPCEndpoints, out.KMSKeys = g.t.Texts(endpoints, maxThings), g.t.Texts(keys, maxThings)
	out.BucketKeys = out.KMSKeys
}
