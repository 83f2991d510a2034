package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"

	"trail403/aggregate"
	"trail403/aggregate/trend"
	"trail403/report/advice"
)

// condition is a condition of --fail-on. holds returns why it holds, or "" if it
// does not.
type condition struct {
	name  string
	holds func(*aggregate.Result) string
}

// threshold is what a condition of the form NAME>=N compares.
type threshold struct {
	name  string
	count func(*aggregate.Result) int
}

var (
	conditions = []condition{
		{"incomplete", incomplete},
		{"new", func(r *aggregate.Result) string { return groupsThat(r, trend.New) }},
		{"spike", func(r *aggregate.Result) string { return groupsThat(r, trend.Spike) }},
		{"incident", incidents},
		{"quarantined-key", quarantinedKey},
	}
	thresholds = []threshold{
		{"denials", func(r *aggregate.Result) int { return r.Totals.Denials }},
		{"groups", func(r *aggregate.Result) int { return r.Totals.Groups }},
	}
)

// conditionNames lists what --fail-on takes.
func conditionNames() (names []string) {
	for _, c := range conditions {
		names = append(names, c.name)
	}
	for _, t := range thresholds {
		names = append(names, t.name+">=N")
	}
	return names
}

func incomplete(r *aggregate.Result) string {
	if r.Coverage.Complete() {
		return ""
	}
	o := &r.Coverage.Objects
	return fmt.Sprintf("%s of %s could not be read", humanize.Comma(int64(o.Failed)), counted(o.Listed, "object"))
}

// groupsThat names the groups with a trend of the kind.
func groupsThat(r *aggregate.Result, kind trend.Kind) string {
	var ids []string
	for i := range r.Groups {
		if r.Groups[i].Trend.Kind == kind {
			ids = append(ids, r.Groups[i].ID)
		}
	}
	return few(ids)
}

// incidents names the incidents that have recent denials. One that ended before the
// recent period was reported when it started, and must not stop a script each day
// until it leaves the window.
func incidents(r *aggregate.Result) string {
	var ids []string
	for i := range r.Incidents {
		if in := &r.Incidents[i]; !in.LastSeen.Before(r.RecentFrom) {
			ids = append(ids, in.ID)
		}
	}
	return few(ids)
}

func quarantinedKey(r *aggregate.Result) string {
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

// few lists the first names and says how many more there are.
func few(names []string) string {
	const most = 3
	if n := len(names) - most; n > 0 {
		names = append(names[:most:most], fmt.Sprintf("%d more", n))
	}
	return strings.Join(names, ", ")
}

// parseConditions reads the values of --fail-on.
func parseConditions(values []string) (list []condition, err error) {
	for _, text := range splitLists(values) {
		c, err := parseCondition(text)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

func parseCondition(text string) (condition, error) {
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
	word := text
	if i := strings.IndexAny(text, "<=> "); i >= 0 {
		word = text[:i]
	}
	var words []string
	for _, name := range conditionNames() {
		words = append(words, strings.TrimSuffix(name, ">=N"))
	}
	return condition{}, usagef("unknown condition %q in --fail-on", text).
		didYouMean(word, words).
		hint("the conditions are %s", andList(conditionNames()))
}

// condition returns the condition whose text is the name of the threshold and rest.
func (t *threshold) condition(text, rest string) (condition, error) {
	if rest == "" {
		return condition{}, usagef("the condition %s in --fail-on has no number", text).
			hint("quote the condition, because the shell treats > as a redirection: --fail-on '%s>=100'", t.name)
	}
	digits, ok := strings.CutPrefix(rest, ">=")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 1 {
		return condition{}, usagef("%q in --fail-on is not a condition", text).
			hint("write it as '%s>=N', where N is at least 1", t.name)
	}
	return condition{text, func(r *aggregate.Result) string {
		if count := t.count(r); count >= n {
			return counted(count, strings.TrimSuffix(t.name, "s"))
		}
		return ""
	}}, nil
}

// heldConditions returns on one line which conditions hold and why, "" if none does.
func heldConditions(conditions []condition, r *aggregate.Result) string {
	var held []string
	for _, c := range conditions {
		if why := c.holds(r); why != "" {
			held = append(held, c.name+" ("+why+")")
		}
	}
	return strings.Join(held, "; ")
}

func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return humanize.Comma(int64(n)) + " " + noun
}
