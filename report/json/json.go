// Package json writes a result for programs, as one JSON object.
// docs/report-format.md describes every member.
//
// Its files, from the bottom: escape.go, encoder.go, blocks.go and writer.go write values; model.go,
// incident.go, live.go, policy.go, recovery.go, suggest.go, trend.go and comparison.go hold the types of the
// members; json.go writes them in order.
package json

import (
	"io"

	"trail403/aggregate"
	"trail403/report/compare"
	"trail403/report/suggest"
	"trail403/report/words"
)

// Write writes one member of the report a line and one group a line, so that
// a large report can be searched and compared with tools for lines, and is never
// held whole in memory.
//
// The member comparison is there if the report was compared with an earlier one, and live if
// AWS was asked for policies.
func Write(w io.Writer, r *aggregate.Result, against *compare.Comparison, withSuggestions bool) error {
	out := newWriter(w)
	out.print("{")
	out.member("schema", Schema)
	out.member("window", WindowOf(r))
	if r.RecentFrom.IsZero() {
		out.member("late_from", nil)
	} else {
		out.member("late_from", r.RecentFrom)
	}
	out.member("coverage", CoverageOf(r))
	if r.Live != nil {
		out.member("live", liveOf(r.Live))
	}
	out.member("totals", Totals(r.Totals))
	out.list("policies", len(r.Policies), func(i int) any { return policyOf(&r.Policies[i]) })
	out.list("groups", len(r.Groups), groupsOf(r))
	out.list("incidents", len(r.Incidents), func(i int) any { return incidentOf(r, &r.Incidents[i]) })
	out.list("changes", len(r.Changes), func(i int) any { return changeOf(&r.Changes[i], r.Revisions[i]) })
	if against != nil {
		out.member("comparison", comparisonOf(against))
	}
	if withSuggestions {
		all := suggest.For(r)
		out.list("suggestions", len(all), func(i int) any { return suggestionOf(&all[i]) })
	}
	warnings := orEmpty(words.AllWarnings(r))
	if withSuggestions {
		warnings = append(warnings, "suggestions: "+suggest.Warning)
	}
	out.member("warnings", warnings)
	out.print("}\n")
	return out.end()
}

// WriteLines writes one group a line and nothing else, so that a program can take the
// groups of a large report one by one.
func WriteLines(w io.Writer, r *aggregate.Result) error {
	out := newWriter(w)
	out.lines(len(r.Groups), groupsOf(r))
	return out.end()
}

func groupsOf(r *aggregate.Result) func(i int) any {
	patterns := patternsOf(r)
	return func(i int) any {
		g := &r.Groups[i]
		return groupOf(r, g, patterns[g.IncidentID])
	}
}
