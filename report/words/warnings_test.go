package words

import (
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/aggregate"
	"trail403/aggregate/trend"
	"trail403/ingest/coverage"
)

func TestExpiredRules(t *testing.T) {
	rule := func(line int, isExpired bool) aggregate.Exclusion {
		return aggregate.Exclusion{File: "noise", Line: line, Expired: isExpired}
	}
	f := func(rules []aggregate.Exclusion, want ...string) {
		t.Helper()
		rules = append(slices.Concat([]aggregate.Exclusion{{Rule: "filters"}}, rules), aggregate.Exclusion{File: "other", Line: 1})
		if got := ExpiredRules(rules); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	f([]aggregate.Exclusion{rule(1, false)})
	f([]aggregate.Exclusion{rule(2, true), rule(3, false)}, "the rule in line 2 of noise has expired and no longer applies")
	f([]aggregate.Exclusion{rule(1, true), rule(2, true)}, "2 rules of noise have expired and no longer apply, in lines 1 and 2")
	var many []aggregate.Exclusion
	for i := range 11 {
		many = append(many, rule(i+1, true))
	}
	f(many, "11 rules of noise have expired and no longer apply, in lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and others")
}

func TestGapWarnings(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 10, n, 0, 0, 0, 0, time.UTC) }
	var list []aggregate.Gap
	for _, n := range []int{21, 22, 23, 27} {
		list = append(list, aggregate.Gap{Account: "111122223333", Region: "us-east-1", Day: day(n)})
	}
	for _, n := range []int{21, 22, 23} {
		list = append(list, aggregate.Gap{Account: "444455556666", Region: "eu-west-1", Day: day(n)})
	}
	want := []string{
		"no object of 2 accounts and Regions, such as account 111122223333 in us-east-1, was read from 2026-10-21 to 2026-10-23 (UTC)",
		"no object of account 111122223333 in us-east-1 was read on 2026-10-27 (UTC)",
	}
	if got := gaps(list); !slices.EqualFunc(got, want, strings.HasPrefix) {
		t.Errorf("got %q", got)
	}
}

// The warnings of a result come in one order, and a short window counts its days.
func TestWarningsOf(t *testing.T) {
	r := &aggregate.Result{
		Groups:     []aggregate.Group{{}},
		Gaps:       []aggregate.Gap{{Account: "111122223333", Region: "us-east-1", Day: time.Date(2026, 10, 2, 0, 0, 0, 0, time.UTC)}},
		Exclusions: []aggregate.Exclusion{{File: "noise", Line: 1, Expired: true}},
		Frame:      trend.Frame{N: 1, Step: 24 * time.Hour},
	}
	r.Coverage.Unsupported = []coverage.Unsupported{{Object: "a", Shape: coverage.Splunk, Objects: 1}}
	want := []string{"a was skipped", "no object of account 111122223333", "the rule in line 1 of noise", "trends are based on 1 complete day."}
	if got := Warnings(r); !slices.EqualFunc(got, want, strings.HasPrefix) {
		t.Errorf("got %q", got)
	}
	r.Frame = trend.Frame{N: 14, Step: 24 * time.Hour}
	if got := Warnings(r); len(got) != 3 {
		t.Errorf("two weeks: got %q", got)
	}
}
