package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"trail403/aggregate"
	"trail403/aggregate/trend"
	"trail403/report/advice"
	"trail403/report/compare"
)

var (
	conditions = []condition{
		{"incomplete", incomplete},
		{"no-data", noData},
		{"new", func(r *findings) string { return groupsThat(r, trend.New) }},
		{"spike", func(r *findings) string { return groupsThat(r, trend.Spike) }},
		{"incident", incidents},
		{"quarantined-key", quarantinedKey},
		{"news", func(r *findings) string { return since(r, (*compare.Comparison).News) }},
		{"worse", func(r *findings) string { return since(r, (*compare.Comparison).Worse) }},
	}
	thresholds = []threshold{
		{"denials", func(r *findings) int { return r.Totals.Denials }},
		{"groups", func(r *findings) int { return r.Totals.Groups }},
	}
)

// since names what a comparison finds. If nothing was reported before, everything is new.
func since(r *findings, news func(*compare.Comparison) compare.News) string {
	switch {
	case r.against != nil:
		return newsNames(news(r.against))
	case len(r.Groups) == 0:
		return ""
	}
	return counted(len(r.Groups), "group") + ", and nothing was reported before"
}

// earlierConditionNames are the conditions that compare with an earlier report.
func earlierConditionNames() []string { return []string{"news", "worse"} }

// needsEarlier says whether a condition compares with an earlier report.
func (c condition) needsEarlier() bool { return slices.Contains(earlierConditionNames(), c.name) }

// conditionNames lists what --fail-on takes.
func conditionNames() (names []string) {
	for _, c := range conditions {
		names = append(names, c.name)
	}
	for _, t := range thresholds {
		names = append(names, t.name+">=N")
	}
	return append(names, staleName+">SPAN")
}

func incomplete(r *findings) string {
	o := &r.Coverage.Objects
	switch {
	case r.Coverage.Complete() && r.Coverage.IsForeign():
		return "none of " + counted(o.Listed, "object") + " is CloudTrail"
	case r.Coverage.Complete():
		return ""
	}
	return fmt.Sprintf("%s of %s could not be read", humanize.Comma(int64(o.Failed)), counted(o.Listed, "object"))
}

// noData says that the data cannot show denied requests for objects: nothing was read,
// or no data event of S3.
func noData(r *findings) string {
	switch {
	case r.Coverage.ReadNothing():
		return "no CloudTrail record was read"
	case !r.Coverage.DataEvents.Any():
		return "no S3 data event in " + counted(r.Coverage.Records.Seen, "record")
	}
	return ""
}

// groupsThat names the groups with a trend of the kind.
func groupsThat(r *findings, kind trend.Kind) string {
	var names []string
	for i := range r.Groups {
		if r.Groups[i].Trend.Kind == kind {
			g := &r.Groups[i]
			names = append(names, groupName(g.ID, g.Principal, g.Action, g.Bucket))
		}
	}
	return few(names)
}

// incidents names the incidents that have recent denials. One that ended before the
// recent period was reported when it started, and must not stop a script each day
// until it leaves the window.
func incidents(r *findings) string {
	var names []string
	for i := range r.Incidents {
		if in := &r.Incidents[i]; !in.LastSeen.Before(r.RecentFrom) {
			names = append(names, incidentName(in.ID, in.Pattern, in.Shared))
		}
	}
	return few(names)
}

func quarantinedKey(r *findings) string {
	var principals []string
	for i := range r.Groups {
		g := &r.Groups[i]
		quarantine := func(c aggregate.Cause) bool { return advice.IsQuarantine(c.PolicyARN) }
		if slices.ContainsFunc(g.Causes, quarantine) && !slices.Contains(principals, g.Principal) {
			principals = append(principals, g.Principal)
		}
	}
	return few(principals)
}

// parseConditions reads the values of --fail-on. present is when the time ends that
// the report is about.
func parseConditions(values []string, present time.Time) (list []condition, err error) {
	for _, text := range splitLists(values) {
		c, err := parseCondition(text, present)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

func parseCondition(text string, present time.Time) (condition, error) {
	for _, c := range conditions {
		if text == c.name {
			return c, nil
		}
	}
	for i := range thresholds {
		if rest, ok := strings.CutPrefix(text, thresholds[i].name); ok {
			return thresholds[i].condition(text, rest)
		}
	}
	if rest, ok := strings.CutPrefix(text, staleName); ok {
		return staleCondition(text, rest, present)
	}
	word := text
	if i := strings.IndexAny(text, "<=> "); i >= 0 {
		word = text[:i]
	}
	var words []string
	for _, name := range conditionNames() {
		words = append(words, strings.TrimSuffix(strings.TrimSuffix(name, ">=N"), ">SPAN"))
	}
	return condition{}, usagef("unknown condition %q in --fail-on", text).
		didYouMean(word, words).
		hint("the conditions are %s", andList(conditionNames()))
}

// isStaleAsked says whether one of the conditions is about stale data.
func isStaleAsked(conditions []condition) bool {
	for _, c := range conditions {
		if strings.HasPrefix(c.name, staleName) {
			return true
		}
	}
	return false
}

// heldConditions returns on one line which conditions hold and why, "" if none does.
func heldConditions(conditions []condition, r *findings) string {
	var held []string
	for _, c := range conditions {
		if why := c.holds(r); why != "" {
			held = append(held, c.name+" ("+why+")")
		}
	}
	return strings.Join(held, "; ")
}
