package aggregate

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"trail403/aggregate/filter"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
)

// selection makes one of flags (bucket=corp-*) and a noise file.
func selection(t *testing.T, rules string, flags ...string) *filter.Selection {
	t.Helper()
	s := &filter.Selection{}
	for _, flag := range flags {
		field, glob, _ := strings.Cut(flag, "=")
		if err := s.Only.Add(filter.Field(field), glob); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if s.Rules, err = filter.ParseRules("noise", rules, at("15T00:00:00")); err != nil {
		t.Fatal(err)
	}
	return s
}

// buildSelected is build with a selection, and checks that coverage adds up.
func buildSelected(t *testing.T, shards int, denials []event.Denial, opts Options) *Result {
	t.Helper()
	list := make([]*Shard, shards)
	for i := range list {
		list[i] = NewShard(&Limits{}, opts.Denials)
		list[i].WillSelect(opts.Window.From, opts.Select)
	}
	for i := range denials {
		if err := list[i%shards].Add(&denials[i]); err != nil {
			t.Fatal(err)
		}
		list[i%shards].Commit()
	}
	c := &coverage.Coverage{}
	c.Records.Seen, c.Records.Kept = len(denials), len(denials)
	r, err := Build(list, c, opts)
	if err != nil {
		t.Fatal(err)
	}
	excluded := 0
	for _, e := range r.Exclusions {
		excluded += e.Denials
	}
	rec := r.Coverage.Records
	if rec.Kept+rec.Duplicate+rec.Excluded != rec.Seen || rec.Excluded != excluded || rec.Kept != r.Totals.Denials {
		t.Errorf("coverage does not add up: %+v, %d excluded, %d denials", rec, excluded, r.Totals.Denials)
	}
	return r
}

func TestExclude(t *testing.T) {
	on := func(n int, bucket string, cause event.Cause) event.Denial {
		return denied(n, func(d *event.Denial) { d.Bucket, d.Cause = bucket, cause })
	}
	denials := []event.Denial{
		on(1, "corp-data", "not-told"), on(2, "corp-data", "scp-explicit"), on(3, "corp-logs", "scp-explicit"),
		on(4, "web", "scp-explicit"), on(4, "web", "scp-explicit"), on(5, "corp-data", "kms-key"),
	}
	s := selection(t, "bucket=web\ncause=scp-* until=2026-10-01 # old\ncause=not-told # known\ncause=* bucket=corp-logs\nbucket=corp-*  cause=not-told", "bucket=corp-*")
	r := buildSelected(t, 2, denials, Options{Select: s})
	want := []Exclusion{
		{Filters: []filter.Condition{{Field: filter.Bucket, Glob: "corp-*"}}, Denials: 1}, // a copy is a duplicate before it is excluded
		{File: "noise", Line: 1, Rule: "bucket=web"},
		{File: "noise", Line: 2, Rule: "cause=scp-* until=2026-10-01", Why: "old", Until: "2026-10-01", Expired: true},
		{File: "noise", Line: 3, Rule: "cause=not-told", Why: "known", Denials: 1},
		{File: "noise", Line: 4, Rule: "cause=* bucket=corp-logs", Denials: 1},
		{File: "noise", Line: 5, Rule: "bucket=corp-*  cause=not-told"}, // the first that takes it counts
	}
	if !reflect.DeepEqual(r.Exclusions, want) {
		t.Errorf("got  %+v\nwant %+v", r.Exclusions, want)
	}
	if r.Totals.Denials != 2 || r.Totals.Groups != 1 || r.Coverage.Records.Duplicate != 1 {
		t.Errorf("totals %+v, records %+v", r.Totals, r.Coverage.Records)
	}
}

// Of copies it is the one that stays that filters look at, with what the others
// tell of the bucket.
func TestExcludeLooksAtWhatStays(t *testing.T) {
	caller := denied(1, func(d *event.Denial) { d.SharedEventID = uuid(9) })
	owner := denied(2, func(d *event.Denial) {
		d.SharedEventID, d.HasARN, d.Principal, d.Recipient = uuid(9), false, "111122223333:AROAEXAMPLE", "444455556666"
		d.BucketAccount = "444455556666"
	})
	f := func(flag string, want int) {
		t.Helper()
		for _, denials := range [][]event.Denial{{caller, owner}, {owner, caller}} {
			r := buildSelected(t, 2, denials, Options{Select: selection(t, "", flag)})
			if r.Totals.Denials != want {
				t.Errorf("%s: %d denials, want %d", flag, r.Totals.Denials, want)
			}
		}
	}
	f("account=444455556666", 1)
	f("principal=reader", 1)
	f("principal=111122223333:AROAEXAMPLE", 0)
}

// All denials of a principal fare alike, whether their record has its path.
func TestExcludeByPath(t *testing.T) {
	var denials []event.Denial
	for n := range 20 {
		denials = append(denials, denied(n, func(d *event.Denial) {
			if n%2 == 0 {
				d.Principal = "arn:aws:iam::111122223333:role/reader"
			}
		}))
	}
	for _, glob := range []string{"*:role/app/*", "arn:aws:iam::111122223333:role/reader", "reader"} {
		r := buildSelected(t, 3, denials, Options{Select: selection(t, "", "principal="+glob)})
		if r.Totals.Denials != 20 {
			t.Errorf("%s keeps %d of 20", glob, r.Totals.Denials)
		}
	}
}

// Examples have their messages, however many earlier denials of their group
// were left out.
func TestExcludeKeepsExamples(t *testing.T) {
	var denials []event.Denial
	for n := range 40 {
		denials = append(denials, denied(n, func(d *event.Denial) {
			d.Time = d.Time.Add(time.Duration(n) * time.Minute)
			d.Message = fmt.Sprint("message ", n)
			if n >= 30 {
				d.Cause = "scp-explicit"
			}
		}))
	}
	for _, s := range []*filter.Selection{selection(t, "", "cause=scp-*"), selection(t, "principal=reader cause=not-told")} {
		r := buildSelected(t, 3, denials, Options{Select: s})
		if got := r.Groups[0].Examples[0].Text(); got != "message 30" {
			t.Errorf("the first example says %q", got)
		}
	}
}

// What filters leave out changes nothing of what stays.
func TestExcludeKeepsWindow(t *testing.T) {
	denials := []event.Denial{
		denied(1, func(d *event.Denial) { d.Time = at("01T00:00:00"); d.Bucket = "other" }),
		denied(2, nil),
		denied(3, func(d *event.Denial) { d.Time = at("20T00:00:00"); d.Bucket = "other" }),
	}
	all := build(t, 1, denials, Options{})
	r := buildSelected(t, 1, denials, Options{Select: selection(t, "", "bucket=corp-data")})
	if r.Window != all.Window || len(r.Groups) != 1 {
		t.Errorf("window %v, without filters %v", r.Window, all.Window)
	}
}

func TestBreakdown(t *testing.T) {
	denials := []event.Denial{
		denied(1, func(d *event.Denial) { d.Region = "eu-west-1" }),
		denied(2, func(d *event.Denial) { d.Region = "eu-west-1"; d.Bucket = "web"; d.Time = at("07T01:00:00") }),
		denied(3, func(d *event.Denial) { d.Region, d.Principal = "us-east-1", "anonymous" }),
		denied(4, func(d *event.Denial) { d.Region, d.Principal = "eu-west-1", "arn:aws:iam::111122223333:role/reader" }),
	}
	f := func(by []Dimension, want ...string) {
		t.Helper()
		r := build(t, 2, denials, Options{Window: Window{Interval: Day}, By: by})
		var got []string
		for _, p := range r.Breakdown.Parts {
			sum := 0
			for _, point := range p.Series {
				sum += point.Denials
			}
			if sum != p.Denials {
				t.Errorf("the series of %v sums up to %d of %d", p.Values, sum, p.Denials)
			}
			got = append(got, fmt.Sprint(p.Denials, " ", strings.Join(p.Values, " "), " ", p.FirstSeen.Day(), "-", p.LastSeen.Day()))
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("by %v:\n got %q\nwant %q", by, got, want)
		}
	}
	f([]Dimension{ByRegion}, "3 eu-west-1 5-7", "1 us-east-1 5-5")
	f([]Dimension{ByAccount, ByRegion}, "3 111122223333 eu-west-1 5-7", "1  us-east-1 5-5")
	f([]Dimension{ByRegion, ByPrincipal, ByBucket}, "2 eu-west-1 arn:aws:iam::111122223333:role/app/reader corp-data 5-5",
		"1 eu-west-1 arn:aws:iam::111122223333:role/app/reader web 7-7", "1 us-east-1 anonymous corp-data 5-5")
	f([]Dimension{ByCause, ByPolicy, ByAction}, "4 not-told  s3:GetObject 5-7")

	// One group, but two Regions.
	limits := &Limits{Groups: 1}
	s := NewShard(limits, false)
	for n, region := range []string{"eu-west-1", "us-east-1"} {
		d := denied(n, func(d *event.Denial) { d.Region = region })
		if err := s.Add(&d); err != nil {
			t.Fatal(err)
		}
	}
	s.Commit()
	var limit *LimitError
	if _, err := Build([]*Shard{s}, &coverage.Coverage{}, Options{Limits: limits, By: []Dimension{ByRegion}}); !errors.As(err, &limit) || *limit != (LimitError{What: OverParts, Max: 1}) {
		t.Errorf("too many rows: error %v", err)
	}
}
