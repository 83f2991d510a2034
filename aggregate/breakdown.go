package aggregate

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"time"

	"trail403/aggregate/rows"
	"trail403/aggregate/window"
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

// Breakdown counts all denials by the dimensions that were asked for.
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

// partKey holds the values of a row as numbers, with 0 after the last dimension.
type partKey [7]uint32

// breakdownOf counts the rows that are left. It returns an error if they have more
// different values than the limit of groups.
func breakdownOf(t *rows.Table, by []Dimension, w window.Window, limits *rows.Limits) (*Breakdown, error) {
	value := make([]func(*rows.Context) uint32, len(by))
	for i, d := range by {
		value[i] = dimension(t, d)
	}
	all := rows.PartitionBy(t, func(c *rows.Context) (k partKey) {
		for i, v := range value {
			k[i] = v(c)
		}
		return k
	})
	if err := limits.Check(rows.OverParts, len(all.Keys)); err != nil {
		return nil, err
	}
	b := &Breakdown{By: by}
	for n, k := range all.Keys {
		b.Parts = append(b.Parts, partOf(t, k[:len(by)], all.Rows(n), w.Interval))
	}
	slices.SortFunc(b.Parts, func(x, y Part) int {
		return cmp.Or(cmp.Compare(y.Denials, x.Denials), slices.Compare(x.Values, y.Values))
	})
	return b, nil
}

func partOf(t *rows.Table, values []uint32, all iter.Seq[*rows.Row], interval window.Interval) (p Part) {
	for _, v := range values {
		p.Values = append(p.Values, t.Text(v))
	}
	series := map[int64]int{}
	for r := range all {
		at := time.UnixMicro(r.Micros).UTC()
		if p.Denials == 0 || at.Before(p.FirstSeen) {
			p.FirstSeen = at
		}
		if p.Denials == 0 || at.After(p.LastSeen) {
			p.LastSeen = at
		}
		p.Denials++
		series[interval.Start(at).UnixMicro()]++
	}
	for _, micros := range slices.Sorted(maps.Keys(series)) {
		p.Series = append(p.Series, Point{Start: time.UnixMicro(micros).UTC(), Denials: series[micros]})
	}
	return p
}

// dimension returns a function that finds the value of a row, as a number of the
// dictionary.
func dimension(t *rows.Table, d Dimension) func(*rows.Context) uint32 {
	switch d {
	case ByPrincipal:
		return t.ShownOf
	case ByAccount:
		accounts := map[uint32]uint32{}
		for _, n := range t.Names() {
			accounts[n] = t.Intern(identity.AccountOf(t.Text(n)))
		}
		return func(c *rows.Context) uint32 { return accounts[c.Number(rows.Principal)] }
	}
	c := map[Dimension]rows.Column{ByAction: rows.Action, ByBucket: rows.Bucket, ByCause: rows.Cause, ByPolicy: rows.PolicyARN, ByRegion: rows.Region}[d]
	return func(of *rows.Context) uint32 { return of.Number(c) }
}
