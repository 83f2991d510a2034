package json

import (
	"trail403/ingest/event"
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
	Kind     string   `json:"kind"`
	Target   string   `json:"target"`
	Attach   string   `json:"attach"`
	Denials  int      `json:"denials"`
	Document any      `json:"document"`
	Notes    []string `json:"notes"`
}

// Deny is a Deny statement that no suggestion can override.
type Deny struct {
	Cause     event.Cause `json:"cause"`
	PolicyARN string      `json:"policy_arn"`
	Bucket    string      `json:"bucket"`
	Denials   int         `json:"denials"`
}

func suggestionOf(s *suggest.Suggestion) Suggestion {
	out := Suggestion{Principal: s.Principal, Denials: s.Denials, Policies: []SuggestedPolicy{},
		Denies: []Deny{}, Notes: orEmpty(s.Notes)}
	for _, p := range s.Policies {
		out.Policies = append(out.Policies, SuggestedPolicy{string(p.Kind), p.Target, p.Attach, p.Denials,
			p.Document, orEmpty(p.Notes)})
	}
	for _, d := range s.Denies {
		out.Denies = append(out.Denies, Deny(d))
	}
	return out
}
