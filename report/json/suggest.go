package json

import (
	"trail403/aggregate/amendment"
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/report/suggest"
)

// Suggestion is one member of suggestions.
type Suggestion struct {
	Principal string            `json:"principal"`
	Denials   int               `json:"denials"`
	Policies  []SuggestedPolicy `json:"policies"`
	Denies    []Deny            `json:"denies"`
	Notes     []string          `json:"notes"`
}

// SuggestedPolicy is a policy that would allow what was denied.
type SuggestedPolicy struct {
	Kind    string `json:"kind"`
	Target  string `json:"target"`
	Attach  string `json:"attach"`
	Denials int    `json:"denials"`
	// Document is null if the edits are all that is needed.
	Document   any            `json:"document"`
	Edits      []EditedPolicy `json:"edits"`
	Simulation *Simulation    `json:"simulation"`
	Notes      []string       `json:"notes"`
}

// EditedPolicy is an addition to a statement that exists.
type EditedPolicy struct {
	StatementPlace
	Element  string   `json:"element"`
	Operator string   `json:"operator"`
	Key      string   `json:"key"`
	Add      []string `json:"add"`
	Notes    []string `json:"notes"`
}

// Simulation is what a policy would have done to the denials of the report.
type Simulation struct {
	Of      int `json:"of"`
	Allowed int `json:"allowed"`
	Unknown int `json:"unknown"`
	Others  int `json:"others"`
	Unsure  int `json:"others_unknown"`
	// Blocked are Deny statements that block some of the requests all the same.
	Blocked []StatementPlace `json:"blocked_by"`
}

// Exception is the narrowest exception to a Deny statement. Whether there should be one is
// a question.
type Exception struct {
	StatementPlace
	Operator string `json:"operator"`
	Key      string `json:"key"`
	Exists   bool   `json:"condition_exists"`
	Value    string `json:"value"`
	Denials  int    `json:"denials"`
}

// Deny is a Deny statement that no suggestion can override.
type Deny struct {
	Cause     event.Cause `json:"cause"`
	PolicyARN string      `json:"policy_arn"`
	Bucket    string      `json:"bucket"`
	Denials   int         `json:"denials"`
	// Exceptions are to the statements that are known.
	Exceptions []Exception `json:"exceptions"`
}

func suggestionOf(s *suggest.Suggestion) Suggestion {
	out := Suggestion{Principal: s.Principal, Denials: s.Denials, Policies: []SuggestedPolicy{},
		Denies: []Deny{}, Notes: orEmpty(s.Notes)}
	for i := range s.Policies {
		out.Policies = append(out.Policies, suggestedPolicyOf(&s.Policies[i]))
	}
	for _, d := range s.Denies {
		deny := Deny{d.Cause, d.PolicyARN, d.Bucket, d.Denials, []Exception{}}
		for _, x := range d.Exceptions {
			deny.Exceptions = append(deny.Exceptions, Exception{placeIn(&x.Place), x.Operator,
				field.Redact(x.Key), x.Exists, x.Principal, x.Denials})
		}
		out.Denies = append(out.Denies, deny)
	}
	return out
}

func suggestedPolicyOf(p *suggest.Policy) SuggestedPolicy {
	out := SuggestedPolicy{Kind: string(p.Kind), Target: p.Target, Attach: p.Attach, Denials: p.Denials,
		Edits: []EditedPolicy{}, Simulation: simulationOf(p.Simulation), Notes: orEmpty(p.Notes)}
	if len(p.Document.Statement) > 0 {
		out.Document = p.Document
	}
	for i := range p.Edits {
		e := &p.Edits[i]
		out.Edits = append(out.Edits, EditedPolicy{placeOf(&e.Statement), string(e.Element), e.Operator, e.Key,
			e.Add, orEmpty(e.Notes)})
	}
	return out
}

func simulationOf(s *amendment.Simulation) *Simulation {
	if s == nil {
		return nil
	}
	out := &Simulation{s.Of, s.Allowed, s.Unknown, s.Others, s.Unsure, []StatementPlace{}}
	for i := range s.Blocked {
		out.Blocked = append(out.Blocked, placeIn(&s.Blocked[i]))
	}
	return out
}

func placeIn(p *amendment.Place) StatementPlace {
	st := suggest.StatementOf(p)
	return placeOf(&st)
}
