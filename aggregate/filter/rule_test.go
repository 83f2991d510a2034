package filter

import (
	"errors"
	"reflect"
	"testing"
	"time"
)

var now = time.Date(2026, 10, 28, 12, 0, 0, 0, time.UTC)

func parse(t *testing.T, text string) []Rule {
	t.Helper()
	rules, err := ParseRules("noise", text, now)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

func TestParseRules(t *testing.T) {
	rules := parse(t, "\ufeff# the scanner of the security team\r\n\r\n"+
		"principal=scanner\taction=s3:List*  until=2026-12-31  # SEC-12: to #2\r\n"+
		"  bucket=a#b   \n#bucket=off\ncause=not-told account=1* policy=*#1")
	want := []Rule{
		{File: "noise", Line: 3, Text: "principal=scanner\taction=s3:List*  until=2026-12-31", Why: "SEC-12: to #2", Until: "2026-12-31"},
		{File: "noise", Line: 4, Text: "bucket=a#b"},
		{File: "noise", Line: 6, Text: "cause=not-told account=1* policy=*#1"},
	}
	for i := range rules {
		rules[i].conditions = nil
	}
	if !reflect.DeepEqual(rules, want) {
		t.Errorf("got  %+v\nwant %+v", rules, want)
	}
}

func TestParseRulesRefuses(t *testing.T) {
	f := func(line string, want Invalid) {
		t.Helper()
		_, err := ParseRules("noise", "# a comment\n"+line+"\n", now)
		var got *LineError
		if !errors.As(err, &got) || got.File != "noise" || got.Line != 2 || *got.Err != want {
			t.Errorf("%q: error %v, want %+v", line, err, want)
		}
	}
	f("scanner", Invalid{Problem: NotCondition, Text: "scanner"})
	f("principal=scanner role", Invalid{Problem: NotCondition, Text: "role"})
	f("buket=corp", Invalid{Problem: UnknownField, Text: "buket"})
	f("bucket=", Invalid{Empty, Bucket, "", ""})
	f("bucket=a bucket=b", Invalid{Problem: Twice, Text: "bucket"})
	f("until=2026-12-31", Invalid{Problem: NoCondition, Text: "until=2026-12-31"})
	f("bucket=a until=2026-02-30", Invalid{Problem: NotDay, Text: "2026-02-30"})
	f("bucket=a until=31.12.2026", Invalid{Problem: NotDay, Text: "31.12.2026"})
	f("cause=scp", Invalid{NoCause, Cause, "scp", ""})
	f("bucket=a\xff", Invalid{Problem: NotUTF8, Text: "bucket=a\xff"})
}

// The last day counts, to its end, in UTC.
func TestRuleExpires(t *testing.T) {
	f := func(at string, want bool) {
		t.Helper()
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		rules, err := ParseRules("noise", "bucket=corp-data until=2026-10-28", now)
		if err != nil {
			t.Fatal(err)
		}
		if rules[0].Expired != want {
			t.Errorf("at %s: expired %v", at, rules[0].Expired)
		}
		if got := rules[0].takes(viewOf(reader(nil))); got == want {
			t.Errorf("at %s: takes %v", at, got)
		}
	}
	f("2026-10-28T00:00:00Z", false)
	f("2026-10-28T23:59:59Z", false)
	f("2026-10-29T00:00:00Z", true)
	f("2026-10-29T01:00:00+02:00", false)
	f("2026-10-28T22:00:00-03:00", true)
}

func TestRules(t *testing.T) {
	f := func(want int, text string) {
		t.Helper()
		s := &Selection{Rules: parse(t, text)}
		if got := s.Excludes(reader(nil)); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
		if got := s.WillExclude(reader(nil)); got != (want != Nothing) {
			t.Errorf("%q: WillExclude %v", text, got)
		}
	}
	f(Nothing, "bucket=other\nprincipal=reader bucket=other")
	f(1, "bucket=other\nprincipal=reader bucket=corp-*\nbucket=corp-data")
	f(1, "bucket=corp-data until=2026-10-01\nbucket=corp-data")

	// Rules see only what the filters keep.
	s := &Selection{Rules: parse(t, "bucket=corp-data")}
	if err := s.Only.Add(Action, "PutObject"); err != nil {
		t.Fatal(err)
	}
	if got := s.Excludes(reader(nil)); got != TheFilters {
		t.Errorf("filters and rule: %d", got)
	}
}
