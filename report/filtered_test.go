package report

import (
	"fmt"
	"strings"
	"testing"

	"trail403/aggregate"
	"trail403/aggregate/filter"
)

// filtered is a report on a part of what was refused, by dimensions of choice.
func filtered() *aggregate.Result {
	r := hourly()
	r.Exclusions = []aggregate.Exclusion{
		{Filters: []filter.Condition{{Field: "bucket", Glob: "corp-*"}, {Field: "bucket", Glob: "evil|`x`\x1b[31m"}}, Denials: 1200},
		{File: "noise", Line: 2, Rule: "principal=scanner until=2026-12-31", Why: "SEC-12", Until: "2026-12-31", Denials: 30},
		{File: "noise", Line: 3, Rule: "cause=not-told", Why: "<b>**loud**</b>\x1b[31m", Denials: 4},
		{File: "noise", Line: 5, Rule: "bucket=web until=2020-01-01", Until: "2020-01-01", Expired: true},
		{File: "noise", Line: 6, Rule: "bucket=idle"},
	}
	exclude(r)
	part := func(n int, values ...string) aggregate.Part {
		return aggregate.Part{
			Values: values, Denials: n, FirstSeen: day(28, 9, 14), LastSeen: day(28, 17, 40),
			Series: []aggregate.Point{{Start: day(28, 9, 0), Denials: n}},
		}
	}
	r.Breakdown = &aggregate.Breakdown{By: aggregate.Dimensions(), Parts: []aggregate.Part{
		part(4, "arn:aws:iam::111122223333:root", "s3:PutBucketPolicy", "corp-data", "scp-explicit",
			"arn:aws:organizations::999988887777:policy/o-1/service_control_policy/p-6v4y751d", "111122223333", "eu-west-1"),
		part(3, "anonymous", "s3:GetObject", "evil|`x`\x1b[31m", "unheard-of", "p|q", "", "<b>"),
		part(1, "", "", "", "", "", "", ""),
		part(1, "unknown", "s3:GetObject", "corp-data", "not-told", "", "", "us-east-1"),
	}}
	return r
}

// nothingLeft has denials, and all of them are left out.
func nothingLeft() *aggregate.Result {
	r := nothing()
	for line := range 25 {
		r.Exclusions = append(r.Exclusions, aggregate.Exclusion{File: "noise", Line: line + 1, Rule: "bucket=b", Denials: 1})
	}
	exclude(r)
	return r
}

// exclude makes the coverage fit the exclusions.
func exclude(r *aggregate.Result) {
	for _, e := range r.Exclusions {
		r.Coverage.Records.Excluded += e.Denials
		r.Coverage.Records.Seen += e.Denials
	}
}

// A filter that leaves out nothing is told all the same: the next run may be
// another thing.
func TestFilterIsTold(t *testing.T) {
	r := daily()
	r.Exclusions = []aggregate.Exclusion{{Filters: []filter.Condition{{Field: "bucket", Glob: "*"}}}}
	out := string(write(t, Markdown, r, fixtureOptions))
	for _, want := range []string{"> **Filtered:** The filters `--bucket=*` exclude no denials.", "  - 0 by the filters `--bucket=*`\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("not there: %s", want)
		}
	}
	if strings.Contains(string(write(t, Markdown, daily(), fixtureOptions)), "Filtered") {
		t.Error("told without a filter")
	}
}

// --top cuts the table by dimensions, and what is cut is counted.
func TestBreakdownTop(t *testing.T) {
	r := filtered()
	out := string(write(t, Markdown, r, Options{Top: 1}))
	want := fmt.Sprintf("Not shown: 3 of %d rows, with 5 denials (56%%). `--top 0` shows all.\n", len(r.Breakdown.Parts))
	if !strings.Contains(out, want) {
		t.Errorf("not there: %s", want)
	}
}
