package report

import (
	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/suggest"
)

type jsonSuggestion struct {
	Principal string                `json:"principal"`
	Denials   int                   `json:"denials"`
	Policies  []jsonSuggestedPolicy `json:"policies"`
	Denies    []jsonDeny            `json:"denies"`
	Notes     []string              `json:"notes"`
}

type jsonSuggestedPolicy struct {
	Kind     string   `json:"kind"`
	Target   string   `json:"target"`
	Attach   string   `json:"attach"`
	Denials  int      `json:"denials"`
	Document any      `json:"document"`
	Notes    []string `json:"notes"`
}

type jsonDeny struct {
	Cause     event.Cause `json:"cause"`
	PolicyARN string      `json:"policy_arn"`
	Bucket    string      `json:"bucket"`
	Denials   int         `json:"denials"`
}

func suggestionOf(s *suggest.Suggestion) jsonSuggestion {
	out := jsonSuggestion{Principal: s.Principal, Denials: s.Denials, Policies: []jsonSuggestedPolicy{}, Denies: []jsonDeny{}, Notes: orEmpty(s.Notes)}
	for _, p := range s.Policies {
		out.Policies = append(out.Policies, jsonSuggestedPolicy{string(p.Kind), p.Target, p.Attach, p.Denials, p.Document, orEmpty(p.Notes)})
	}
	for _, d := range s.Denies {
		out.Denies = append(out.Denies, jsonDeny(d))
	}
	return out
}

// suggestions writes the member suggestions, if it was asked for.
func (j *jsonWriter) suggestions(r *aggregate.Result, o Options) {
	if !o.Suggest {
		return
	}
	j.list("suggestions", func(yield func(any) bool) {
		for _, s := range suggest.For(r) {
			if !yield(suggestionOf(&s)) {
				return
			}
		}
	})
}
