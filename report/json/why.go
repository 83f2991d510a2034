package json

import (
	"io"
	"time"

	"trail403/aggregate"
	"trail403/report/model"
	"trail403/report/words"
)

// WhySchema names what WriteWhy writes, and its version.
const WhySchema = "trail403.why/1"

// Why is the answer to why somebody is denied access.
type Why struct {
	Schema        string     `json:"schema"`
	Question      Question   `json:"question"`
	Window        Window     `json:"window"`
	Denied        bool       `json:"denied"`
	Ongoing       bool       `json:"ongoing"`
	Denials       int        `json:"denials"`
	RecentDenials int        `json:"late_denials"`
	FirstSeen     *time.Time `json:"first_seen"`
	LastSeen      *time.Time `json:"last_seen"`
	Since         *time.Time `json:"since"`
	AlsoDenied    AlsoDenied `json:"also_denied"`
	Owner         string     `json:"who_can_fix_it"`
	Meaning       string     `json:"meaning"`
	NextSteps     []string   `json:"next_steps"`
	Groups        []Group    `json:"groups"`
	Incidents     []Incident `json:"incidents"`
	Changes       []Change   `json:"changes"`
	Warnings      []string   `json:"warnings"`
}

// Question is what was asked. What is empty was not.
type Question struct {
	Principal string `json:"principal"`
	Bucket    string `json:"bucket"`
	Action    string `json:"action"`
}

// AlsoDenied counts what else the incident denies that most of the denials belong to.
type AlsoDenied struct {
	Groups     int `json:"groups"`
	Principals int `json:"principals"`
	Buckets    int `json:"buckets"`
}

// WriteWhy writes an answer as one object.
func WriteWhy(w io.Writer, a *model.Answer, q Question) error {
	out := newWriter(w)
	out.one.value(whyOf(a, q))
	out.write(out.one.take())
	out.print("\n")
	return out.end()
}

func whyOf(a *model.Answer, q Question) Why {
	r := a.Result
	out := Why{
		Schema: WhySchema, Question: q, Window: WindowOf(r), Denied: r.Totals.Denials > 0, Ongoing: a.Ongoing,
		Denials: r.Totals.Denials, RecentDenials: a.Recent, NextSteps: []string{}, Groups: []Group{},
		Incidents: []Incident{}, Changes: []Change{},
		Warnings: orEmpty(words.AllWarnings(r)),
	}
	if out.Denied {
		out.FirstSeen, out.LastSeen = &a.First, &a.Last
	}
	if in := a.Main; in != nil {
		out.Since = &in.Onset
		out.AlsoDenied = AlsoDenied{a.AlsoHit, in.Principals, in.Buckets}
	} else if len(r.Groups) == 1 && !r.Groups[0].Trend.Onset.IsZero() {
		out.Since = &r.Groups[0].Trend.Onset
	}
	if f := a.Fix; f != nil {
		out.Owner, out.Meaning, out.NextSteps = f.Advice.OwnerText, f.Advice.Meaning, orEmpty(f.Advice.NextSteps)
	}
	patterns := map[string]aggregate.Pattern{}
	for i := range r.Incidents {
		patterns[r.Incidents[i].ID] = r.Incidents[i].Pattern
		out.Incidents = append(out.Incidents, incidentOf(r, &r.Incidents[i]))
	}
	for i := range r.Groups {
		g := &r.Groups[i]
		out.Groups = append(out.Groups, groupOf(r, g, patterns[g.IncidentID]))
	}
	for i := range r.Changes {
		out.Changes = append(out.Changes, changeOf(&r.Changes[i], r.Revisions[i]))
	}
	return out
}
