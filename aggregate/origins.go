package aggregate

import (
	"slices"

	"trail403/aggregate/agent"
)

// From says where the denials of a group came from: what each value of a list
// was seen with, by CloudTrail's fields.
type From struct {
	SourceIPs    Top // addresses, and names of AWS services
	UserAgents   Top // tool and version: see [agent.Short]
	Regions      Top
	VPCEndpoints Top
	KeyPrefixes  Top // of object keys; "" is the top of the bucket
}

// origins gathers where the rows of one group came from; its maps serve all.
type origins struct {
	t       *table
	columns [5]map[uint32]int
	callers []uint32          // the numbers of the principal's names
	agents  map[uint32]string // short forms
}

var originColumns = [5]column{sourceIP, userAgent, region, vpcEndpoint, keyPrefix}

func newOrigins(t *table) origins {
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

func (o *origins) add(r *row) {
	for i, c := range originColumns {
		if n := r.text[c]; n != 0 {
			o.columns[i][n]++
		}
	}
	if n := r.text[principal]; !slices.Contains(o.callers, n) {
		o.callers = append(o.callers, n)
	}
}

// sources returns the keys under which the table holds what the group has besides.
func (o *origins) sources(k groupKey) (keys []groupKey) {
	for _, n := range o.callers {
		keys = append(keys, groupKey{n, k.action, k.bucket})
	}
	return keys
}

// result takes the keys of sources.
func (o *origins) result(sources []groupKey) From {
	text := o.t.strings.text
	return From{
		SourceIPs:    topOf(countsBy(o.columns[0], text)),
		UserAgents:   topOf(countsBy(o.columns[1], o.agent)),
		Regions:      topOf(countsBy(o.columns[2], text)),
		VPCEndpoints: topOf(countsBy(o.columns[3], text)),
		KeyPrefixes:  topOf(prefixCounts(countsBy(o.columns[4], text), o.t.levelsOf(sources))),
	}
}

// agent returns the short form of a user agent.
func (o *origins) agent(n uint32) string {
	short, ok := o.agents[n]
	if !ok {
		short = agent.Short(o.t.strings.text(n))
		o.agents[n] = short
	}
	return short
}

// countsBy adds up the counts whose names are alike.
func countsBy(counts map[uint32]int, name func(uint32) string) []Count {
	sum := make(map[string]int, len(counts))
	for number, n := range counts {
		sum[name(number)] += n
	}
	return sortCounts(sum)
}
