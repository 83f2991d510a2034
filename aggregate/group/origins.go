package group

import (
	"slices"

	"trail403/aggregate/agent"
	"trail403/aggregate/rows"
)

// origins gathers where the rows of one group came from. Its maps are reused for all
// groups.
type origins struct {
	t       *rows.Table
	columns [originColumns]map[uint32]int
	callers []uint32          // the numbers of the principal's names
	agents  map[uint32]string // short forms
}

// The columns of origins. Those of a row come first.
const (
	sourceIPs = iota
	keyPrefixes
	userAgents
	regions
	endpoints
	originColumns
)

func newOrigins(t *rows.Table) origins {
	o := origins{t: t, agents: map[uint32]string{}}
	for i := range o.columns {
		o.columns[i] = map[uint32]int{}
	}
	return o
}

func (o *origins) reset() {
	o.callers = o.callers[:0]
	for _, counts := range o.columns {
		clear(counts)
	}
}

// add counts what differs between the denials of a context.
func (o *origins) add(r *rows.Row) {
	for i, c := range [...]rows.Column{sourceIPs: rows.SourceIP, keyPrefixes: rows.KeyPrefix} {
		if n := o.t.Number(r, c); n != 0 {
			o.columns[i][n]++
		}
	}
}

// addContext counts what the denials of a context have alike.
func (o *origins) addContext(c *rows.Context, denials int) {
	for i, column := range [...]rows.Column{userAgents: rows.UserAgent, regions: rows.Region, endpoints: rows.VPCEndpoint} {
		if i < userAgents {
			continue
		}
		if n := c.Number(column); n != 0 {
			o.columns[i][n] += denials
		}
	}
	if n := c.Number(rows.Principal); !slices.Contains(o.callers, n) {
		o.callers = append(o.callers, n)
	}
}

// sources returns the entries under which the table holds what it keeps beside the
// rows of the group.
func (o *origins) sources(k rows.GroupKey) (keys []rows.GroupKey) {
	for _, n := range o.callers {
		keys = append(keys, rows.GroupKey{Principal: n, Action: k.Action, Bucket: k.Bucket})
	}
	return keys
}

// result returns what was gathered, and all prefixes of object keys. It needs the
// entries that sources returns.
func (o *origins) result(sources []rows.GroupKey) (From, rows.Prefixes) {
	text := o.t.Text
	prefixes, all := o.t.KeyPrefixes(countsBy(o.columns[keyPrefixes], text), sources)
	return From{
		SourceIPs:    rows.TopOf(countsBy(o.columns[sourceIPs], text)),
		UserAgents:   rows.TopOf(countsBy(o.columns[userAgents], o.agent)),
		Regions:      rows.TopOf(countsBy(o.columns[regions], text)),
		VPCEndpoints: rows.TopOf(countsBy(o.columns[endpoints], text)),
		KeyPrefixes:  rows.TopOf(prefixes),
	}, all
}

// agent returns the short form of a user agent.
func (o *origins) agent(n uint32) string {
	short, ok := o.agents[n]
	if !ok {
		short = agent.Short(o.t.Text(n))
		o.agents[n] = short
	}
	return short
}

// countsBy adds up the counts of numbers that have the same name.
func countsBy(counts map[uint32]int, name func(uint32) string) []rows.Count {
	sum := make(map[string]int, len(counts))
	for number, n := range counts {
		sum[name(number)] += n
	}
	return rows.SortCounts(sum)
}
