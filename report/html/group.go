package html

import (
	"slices"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/picture"
	"trail403/report/sections"
	"trail403/report/words"
)

// group is what the script knows of a group.
type group struct {
	ID        string    `json:"id"`
	Denials   int       `json:"n"`
	Recent    int       `json:"r"`
	Principal page.Text `json:"p"`
	Request   page.Text `json:"a"` // action and bucket
	Cause     page.Text `json:"c"`
	Main      int       `json:"m"` // the most frequent cause
	Kind      string    `json:"k"` // of trend
	Trend     page.Text `json:"t"`
	Seen      page.Text `json:"s"`
	First     int64     `json:"f"`
	Last      int64     `json:"l"`
	Incident  int       `json:"i"` // its number, or zero
	Accounts  []string  `json:"w"` // of the principal and the bucket
	Series    [][2]int  `json:"v"` // bin and denials
	Cell      int       `json:"x"` // of the matrix, from 1, or zero
	Details   []detail  `json:"d"`
	counts    []int     // one a bin
}

// view is what groups are described with.
type view struct {
	m       *model.Model
	bins    picture.Bins
	ranked  []event.Cause  // all causes, by denials descending
	numbers map[string]int // of incidents, by id
	heat    *picture.Heat
}

func (v *view) group(g *aggregate.Group) group {
	cells := sections.CellsOf(g, v.m.Window)
	out := group{
		ID: g.ID, Denials: g.Denials, Recent: g.Recent, Principal: cells.Principal, Request: cells.ActionAndBucket,
		Cause: cells.Cause, Main: slices.Index(v.ranked, picture.CauseOf(g)), Kind: string(g.Trend.Kind),
		Trend: cells.Trend, Seen: cells.Seen, First: g.FirstSeen.Unix(), Last: g.LastSeen.Unix(),
		Incident: v.numbers[g.IncidentID], Cell: v.heat.Cell(g), Accounts: []string{}, Series: [][2]int{}, counts: v.bins.Counts(g.Series),
		Details: detailsOf(v.m, g),
	}
	for _, account := range []string{g.PrincipalAccount, g.BucketAccount} {
		if words.IsAccount(account) && !slices.Contains(out.Accounts, account) {
			out.Accounts = append(out.Accounts, account)
		}
	}
	for i, n := range out.counts {
		if n > 0 {
			out.Series = append(out.Series, [2]int{i, n})
		}
	}
	return out
}
