package aggregate

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/dustin/go-humanize"

	"trail403/ingest/identity"
)

// Dimension is what denials can be counted by.
type Dimension string

const (
	ByPrincipal Dimension = "principal"
	ByAction    Dimension = "action"
	ByBucket    Dimension = "bucket"
	ByCause     Dimension = "cause"
	ByPolicy    Dimension = "policy"
	ByAccount   Dimension = "account" // the principal's
	ByRegion    Dimension = "region"
)

// Dimensions returns all dimensions.
func Dimensions() []Dimension {
	return []Dimension{ByPrincipal, ByAction, ByBucket, ByCause, ByPolicy, ByAccount, ByRegion}
}

// Breakdown counts all denials by dimensions of choice.
type Breakdown struct {
	By    []Dimension
	Parts []Part // by denials descending, then values
}

// Part is all denials with the same values.
type Part struct {
	Values    []string // one for each dimension; "" where a denial has none
	Denials   int
	FirstSeen time.Time
	LastSeen  time.Time
	Series    []Point
}

// partKey holds the values of a row as numbers, 0 beyond the last dimension.
type partKey [7]uint32

// breakdown counts the rows that stayed. It fails where they have more
// different values than groups are allowed.
func (t *table) breakdown(by []Dimension, w Window, limits *Limits) (*Breakdown, error) {
	value := make([]func(*row) uint32, len(by))
	for i, d := range by {
		value[i] = t.dimension(d)
	}
	keys, order, begin := partition(t, func(r *row) (k partKey) {
		for i, v := range value {
			k[i] = v(r)
		}
		return k
	})
	if len(keys) > limits.maxGroups() {
		return nil, limitError(fmt.Sprintf("more than %s rows in the table of --by (--max-groups)", humanize.Comma(int64(limits.maxGroups()))))
	}
	b := &Breakdown{By: by}
	for n, k := range keys {
		b.Parts = append(b.Parts, t.part(k[:len(by)], order[begin[n]:begin[n+1]], w.Interval))
	}
	slices.SortFunc(b.Parts, func(x, y Part) int {
		return cmp.Or(cmp.Compare(y.Denials, x.Denials), slices.Compare(x.Values, y.Values))
	})
	return b, nil
}

func (t *table) part(values []uint32, rows []int32, interval Interval) Part {
	p := Part{Denials: len(rows)}
	for _, v := range values {
		p.Values = append(p.Values, t.strings.text(v))
	}
	series := map[int64]int{}
	for i, n := range rows {
		at := time.UnixMicro(t.rows.at(int(n)).micros).UTC()
		if i == 0 || at.Before(p.FirstSeen) {
			p.FirstSeen = at
		}
		if i == 0 || at.After(p.LastSeen) {
			p.LastSeen = at
		}
		series[interval.Start(at).UnixMicro()]++
	}
	for _, micros := range slices.Sorted(maps.Keys(series)) {
		p.Series = append(p.Series, Point{time.UnixMicro(micros).UTC(), series[micros]})
	}
	return p
}

// dimension returns how a row's value is found, as a number of the dictionary.
func (t *table) dimension(d Dimension) func(*row) uint32 {
	switch d {
	case ByPrincipal:
		return func(r *row) uint32 { return t.names[r.text[principal]] }
	case ByAccount:
		accounts := map[uint32]uint32{}
		for n := range t.names {
			accounts[n] = t.strings.intern(identity.AccountOf(t.strings.text(n)))
		}
		return func(r *row) uint32 { return accounts[r.text[principal]] }
	}
	c := map[Dimension]column{ByAction: action, ByBucket: bucket, ByCause: cause, ByPolicy: policyARN, ByRegion: region}[d]
	return func(r *row) uint32 { return r.text[c] }
}
