package query

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest/change"
	"trail403/ingest/denial"
)

func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

// The filter has every code and every call that the decoder knows.
func TestFilterIsNoNarrower(t *testing.T) {
	hit := newFilter(nil).hit(func(m string) string { return m }, "parameters")
	for _, text := range append(denial.DefaultErrorCodes(), change.Names()...) {
		if !strings.Contains(hit, "'"+text+"'") {
			t.Errorf("%s is not in the filter", text)
		}
	}
	if own := newFilter([]string{"B", "A", "A"}).hit(func(m string) string { return m }, "p"); !strings.Contains(own, "errorCode IN ('A', 'B')") {
		t.Errorf("filter of own codes: %s", own)
	}
}

func TestSpans(t *testing.T) {
	for _, tt := range []struct {
		paths []string
		want  []span
	}{
		{[]string{"s3://b/a"}, []span{{"s3://b/a", "s3://b/a"}}},
		{[]string{"s3://b/x/1", "s3://b/x/3", "s3://b/y/2"}, []span{{"s3://b/x/1", "s3://b/x/3"}, {"s3://b/y/2", "s3://b/y/2"}}},
	} {
		if got := spans(tt.paths); !slices.Equal(got, tt.want) {
			t.Errorf("%v: %v", tt.paths, got)
		}
	}
	var many []string
	for account := range 20 {
		for d := range 10 {
			many = append(many, fmt.Sprintf("s3://b/%02d/%02d/x.gz", account, d))
		}
	}
	got := spans(many)
	if len(got) != 20 || got[3] != (span{"s3://b/03/00/x.gz", "s3://b/03/09/x.gz"}) {
		t.Errorf("%d ranges: %v", len(got), got)
	}
	for _, p := range many {
		if !slices.ContainsFunc(got, func(s span) bool { return s.first <= p && p <= s.last }) {
			t.Errorf("%s is in no range", p)
		}
	}
}

func TestPartitions(t *testing.T) {
	o := &Objects{
		Paths: []string{"s3://b/k"}, Accounts: []string{"111122223333"}, Regions: []string{"eu-west-1", "us-east-1"},
		Days: []time.Time{day("2026-09-30"), day("2026-10-01"), day("2026-10-02")},
	}
	text := func(name, sample string) Column {
		return Column{Name: name, Type: "varchar", Partition: true, Sample: sample}
	}
	number := func(name string) Column { return Column{Name: name, Type: "integer", Partition: true} }
	for _, tt := range []struct {
		columns []Column
		want    string
		unused  string
	}{
		{nil, "", ""},
		{[]Column{text("account", ""), text("region", "")},
			`"account" IN ('111122223333') | "region" IN ('eu-west-1', 'us-east-1')`, ""},
		{[]Column{text("timestamp", "")}, `"timestamp" BETWEEN '2026/09/30' AND '2026/10/02'`, ""},
		{[]Column{text("dt", "2024-01-31")}, `"dt" BETWEEN '2026-09-30' AND '2026-10-02'`, ""},
		{[]Column{text("date", "yyyyMMdd")}, `"date" BETWEEN '20260930' AND '20261002'`, ""},
		{[]Column{{Name: "day", Type: "date", Partition: true}}, `"day" BETWEEN DATE '2026-09-30' AND DATE '2026-10-02'`, ""},
		{[]Column{text("year", ""), text("month", "")},
			`(("year" = '2026' AND "month" = '09') OR ("year" = '2026' AND "month" = '10'))`, ""},
		{[]Column{number("year"), number("month"), number("day")},
			`(("year" = 2026 AND "month" = 9 AND "day" = 30) OR ("year" = 2026 AND "month" = 10 AND "day" = 1) OR ` +
				`("year" = 2026 AND "month" = 10 AND "day" = 2))`, ""},
		{[]Column{text("dt", "week 7"), text("team", "")}, "", "dt team"},
	} {
		var p partitions
		for _, c := range tt.columns {
			p.add(c)
		}
		if got := strings.Join(p.conditions(o), " | "); got != tt.want || strings.Join(p.unused, " ") != tt.unused {
			t.Errorf("%v: %s, unused %v", tt.columns, got, p.unused)
		}
		if got := p.conditions(&Objects{Paths: o.Paths}); len(got) > 0 {
			t.Errorf("%v: %v for objects whose names tell nothing", tt.columns, got)
		}
	}
}

func columnsOf(names ...string) (columns []Column) {
	for _, name := range names {
		columns = append(columns, Column{Name: name, Type: "string"})
	}
	return columns
}

func TestTables(t *testing.T) {
	needed := []string{"useridentity", "eventtime", "eventsource", "eventname", "errorcode", "requestparameters", "eventid"}
	if s, err := NewSource(Table{}, columnsOf("line", "rest")); err != nil || !s.IsText() || s.Lacks() != nil {
		t.Errorf("a text table: %+v, %v", s, err)
	}
	s, err := NewSource(Table{}, columnsOf(needed...))
	if err != nil || s.IsText() || !slices.Contains(s.Lacks(), "the table has no column addendum: an event that CloudTrail corrected may count twice") {
		t.Errorf("an old table: %v, %v", s.Lacks(), err)
	}
	for _, columns := range [][]Column{nil, columnsOf("a", "b"), columnsOf(needed[1:]...), {{Name: "line", Type: "varchar"}}, {{Name: "line", Type: "bigint"}, {Name: "rest", Type: "bigint"}}} {
		if _, err := NewSource(Table{}, columns); err == nil {
			t.Errorf("a table of %v is taken", columns)
		}
	}
}

// A query stays below the limit of Athena, 262,144 bytes.
func TestQueriesAreShort(t *testing.T) {
	o := &Objects{}
	for i := range 10_000 {
		o.Paths = append(o.Paths, fmt.Sprintf("s3://some-bucket-with-a-long-name/prefix/AWSLogs/o-exampleorgid/%012d/CloudTrail/us-east-1/2026/%02d/%02d/x",
			i%100, i%12+1, i%28+1))
		o.Accounts = append(o.Accounts, fmt.Sprintf("%012d", i))
		o.Days = append(o.Days, day("2026-01-01").AddDate(0, 0, i))
	}
	slices.Sort(o.Paths)
	for _, columns := range [][]Column{columnsOf("line", "rest"), columnsOf("useridentity", "eventtime", "eventsource", "eventname", "errorcode", "requestparameters", "eventid")} {
		s, err := NewSource(Table{"a", "b", "c"}, append(columns, Column{Name: "account", Type: "string", Partition: true}))
		if err != nil {
			t.Fatal(err)
		}
		if sql := s.Query(o, nil); len(sql) > 100_000 || regexp.MustCompile(`[^\n -~]`).MatchString(sql) {
			t.Errorf("a query of %d bytes", len(sql))
		}
	}
}
