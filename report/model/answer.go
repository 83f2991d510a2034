package model

import (
	"cmp"
	"slices"
	"time"

	"trail403/aggregate"
)

// An Answer says whether the groups that filters chose are denied, since when and why.
type Answer struct {
	*Model
	Ongoing     bool // there are recent denials
	Recent      int
	First, Last time.Time
	Main        *Incident            // that most of the denials belong to; nil if most belong to none
	AlsoHit     int                  // other groups of Main
	Fix         *Fix                 // for most of the denials; nil if there is none
	Examples    []*aggregate.Example // since the start of Main if it has any, the earliest first
	Principals  []string             // by denials
}

// mostExamples is how many events an answer names.
const mostExamples = 3

// Answer returns the answer that a model gives, which needs advice on all policies.
func (m *Model) Answer() *Answer {
	a := &Answer{Model: m}
	byIncident := map[string]int{}
	for i := range m.Groups {
		g := &m.Groups[i]
		a.Recent += g.Recent
		byIncident[g.IncidentID] += g.Denials
		if a.First.IsZero() || g.FirstSeen.Before(a.First) {
			a.First = g.FirstSeen
		}
		if g.LastSeen.After(a.Last) {
			a.Last = g.LastSeen
		}
		if !slices.Contains(a.Principals, g.Principal) {
			a.Principals = append(a.Principals, g.Principal)
		}
	}
	a.Ongoing = a.Recent > 0
	for _, in := range m.Incidents {
		if 2*byIncident[in.ID] > m.Totals.Denials {
			a.Main, a.AlsoHit = in, len(in.Incident.Groups)-in.Matching
		}
	}
	a.Fix = a.fix()
	a.Examples = a.examples()
	return a
}

// fix returns what to do about the incident, or else about the policy with the most
// denials.
func (a *Answer) fix() *Fix {
	if a.Main != nil && a.Main.Fix != nil {
		a.Main.Fix.Incident = a.Main
		return a.Main.Fix
	}
	var most *Fix
	for _, f := range slices.Concat(a.Alarms, a.Fixes) {
		if most == nil || f.Policy.Denials > most.Policy.Denials {
			most = f
		}
	}
	return most
}

// examples returns the first examples of the incident, or else of all.
func (a *Answer) examples() (list []*aggregate.Example) {
	old := func(e *aggregate.Example) int {
		if a.Main != nil && e.EventTime.Before(a.Main.Onset) {
			return 1
		}
		return 0
	}
	for i := range a.Groups {
		for k := range a.Groups[i].Examples {
			list = append(list, &a.Groups[i].Examples[k])
		}
	}
	slices.SortStableFunc(list, func(x, y *aggregate.Example) int {
		return cmp.Or(cmp.Compare(old(x), old(y)), x.EventTime.Compare(y.EventTime), cmp.Compare(x.EventID, y.EventID))
	})
	return list[:min(len(list), mostExamples)]
}
