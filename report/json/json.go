// Package json writes a result for programs, as one JSON object.
// docs/report-format.md describes every member.
//
// Its files, from the bottom: escape.go and writer.go write values; model.go,
// incident.go, policy.go, suggest.go and trend.go hold the types of the members;
// json.go writes them in order.
package json

import (
	"bufio"
	"encoding/json"
	"io"

	"trail403/aggregate"
	"trail403/report/suggest"
	"trail403/report/words"
)

// Write writes one member of the report a line and one group a line, so that
// a large report can be searched and compared with tools for lines, and is never
// held whole in memory.
func Write(w io.Writer, r *aggregate.Result, withSuggestions bool) error {
	out := &writer{w: bufio.NewWriter(w)}
	out.enc = json.NewEncoder(&out.text)
	out.print("{")
	out.member("schema", Schema)
	out.member("window", WindowOf(r))
	if r.RecentFrom.IsZero() {
		out.member("late_from", nil)
	} else {
		out.member("late_from", r.RecentFrom)
	}
	out.member("coverage", CoverageOf(r))
	out.member("totals", Totals(r.Totals))
	out.list("policies", func(yield func(any) bool) {
		for i := range r.Policies {
			if !yield(policyOf(&r.Policies[i])) {
				return
			}
		}
	})
	patterns := patternsOf(r)
	out.list("groups", func(yield func(any) bool) {
		for i := range r.Groups {
			g := &r.Groups[i]
			if !yield(groupOf(r, g, patterns[g.IncidentID])) {
				return
			}
		}
	})
	out.list("incidents", func(yield func(any) bool) {
		for i := range r.Incidents {
			if !yield(incidentOf(r, &r.Incidents[i])) {
				return
			}
		}
	})
	out.list("changes", func(yield func(any) bool) {
		for i := range r.Changes {
			if !yield(changeOf(&r.Changes[i])) {
				return
			}
		}
	})
	if withSuggestions {
		out.list("suggestions", func(yield func(any) bool) {
			for _, s := range suggest.For(r) {
				if !yield(suggestionOf(&s)) {
					return
				}
			}
		})
	}
	warnings := orEmpty(words.AllWarnings(r))
	if withSuggestions {
		warnings = append(warnings, "suggestions: "+suggest.Warning)
	}
	out.member("warnings", warnings)
	out.print("}\n")
	if out.err != nil {
		return out.err
	}
	return out.w.Flush()
}
