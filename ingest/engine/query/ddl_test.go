package query

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestDDL(t *testing.T) {
	sql, err := TrinoDDL(Table{"hive", "logs", `t"x`}, "s3://b/p", Projection{})
	if err != nil || !strings.Contains(sql, `"hive"."logs"."t""x" (line varchar, rest varchar)`) || !strings.Contains(sql, "'s3://b/p/'") {
		t.Errorf("%s, %v", sql, err)
	}
	sql, err = AthenaDDL(Table{"", "logs", "trail"}, "s3://b/p/AWSLogs/o-abc", "2020/01/01")
	if err != nil || !strings.Contains(sql, "'s3://b/p/AWSLogs/o-abc/${account}/CloudTrail/${region}/${timestamp}'") ||
		!strings.Contains(sql, "LOCATION 's3://b/p/AWSLogs/o-abc/'") || !strings.Contains(sql, "'2020/01/01,NOW'") {
		t.Errorf("%s, %v", sql, err)
	}
	for place, want := range map[string]error{
		"s3://b/x'; DROP TABLE y; --/AWSLogs/": ErrPlace, "s3://b/${account}/AWSLogs/": ErrPlace, `s3://b/\/AWSLogs/`: ErrPlace,
		"s3://b/é/AWSLogs/": ErrPlace, "s3://b/a\nb/AWSLogs/": ErrPlace, "s3://b/AWSLogs/111122223333/": ErrTrail, "s3://b/": ErrTrail,
	} {
		if _, err := AthenaDDL(Table{"", "logs", "trail"}, place, "2020/01/01"); err != want {
			t.Errorf("%q: %v", place, err)
		}
		if _, err := TrinoDDL(Table{"", "logs", "trail"}, place, Projection{}); want == ErrPlace && err != want {
			t.Errorf("Trino, %q: %v", place, err)
		}
	}
	p := Projection{[]string{"111122223333", "x'); DROP TABLE y; --"}, []string{"us-east-1"}, "2020/01/01"}
	sql, err = TrinoDDL(Table{"", "logs", "trail"}, "s3://b/AWSLogs/o-abc", p)
	for _, part := range []string{
		`account varchar WITH (partition_projection_type = 'ENUM', partition_projection_values = ARRAY['111122223333', ` +
			`'x''); DROP TABLE y; --'])`,
		`ARRAY['us-east-1']`, `ARRAY['2020/01/01', 'NOW']`,
		`partition_projection_location_template = 's3://b/AWSLogs/o-abc/${account}/CloudTrail/${region}/${timestamp}'`,
	} {
		if err != nil || !strings.Contains(sql, part) {
			t.Errorf("no %s in %s, %v", part, sql, err)
		}
	}
	if _, err := TrinoDDL(Table{"", "logs", "trail"}, "s3://b/p/", p); err != ErrTrail {
		t.Errorf("partitions of another place: %v", err)
	}
	for _, name := range []string{"a b", "a`b", "A", "é", `a"b`, ""} {
		if _, err := AthenaDDL(Table{"", "logs", name}, "s3://b/AWSLogs/", "2020/01/01"); err != ErrName {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// The table of the DDL lacks nothing that the decoder reads, and its partitions are
// understood.
func TestDDLIsUnderstood(t *testing.T) {
	sql, err := AthenaDDL(Table{"", "logs", "trail"}, "s3://b/AWSLogs/", "2020/01/01")
	if err != nil {
		t.Fatal(err)
	}
	var columns []Column
	for _, m := range regexp.MustCompile(`(?m)^  ([a-z]+) ([a-z]+)`).FindAllStringSubmatch(sql, -1) {
		columns = append(columns, Column{Name: m[1], Type: m[2]})
	}
	for _, name := range []string{"account", "region", "timestamp"} {
		c := Column{Name: name, Type: "string", Partition: true}
		if m := regexp.MustCompile(`'projection.` + name + `.format' = '([^']*)'`).FindStringSubmatch(sql); m != nil {
			c.Sample = m[1]
		}
		columns = append(columns, c)
	}
	s, err := NewSource(Table{"", "logs", "trail"}, columns)
	if err != nil || len(s.Lacks()) > 0 || len(s.Unused()) > 0 {
		t.Fatalf("%v, %v, %v", s.Lacks(), s.Unused(), err)
	}
	query := s.Query(&Objects{Paths: []string{"s3://b/x"}, Accounts: []string{"1"}, Regions: []string{"r"}, Days: []time.Time{day("2026-10-01")}}, nil)
	for _, part := range []string{`"account" IN ('1')`, `"region" IN ('r')`, `"timestamp" BETWEEN '2026/10/01' AND '2026/10/01'`} {
		if !strings.Contains(query, part) {
			t.Errorf("no %s in %s", part, query)
		}
	}
}
