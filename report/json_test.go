package report

import (
	"bytes"
	"encoding/json"
	"regexp"
	"testing"

	"trail403/aggregate"
	reportjson "trail403/report/json"
	"trail403/report/parquet"
)

// One group is one line, so that tools for lines can search and compare reports.
func TestJSONLines(t *testing.T) {
	r := daily()
	lines := bytes.Split(write(t, JSON, r, Options{Top: 1}), []byte("\n"))
	groups := 0
	for _, line := range lines {
		if bytes.HasPrefix(line, []byte(`  {"id":"g-`)) {
			groups++
			if !json.Valid(bytes.TrimSuffix(bytes.TrimSuffix(line, []byte(",")), []byte("]"))) {
				t.Errorf("not JSON: %s", line)
			}
		}
	}
	if groups != len(r.Groups) {
		t.Errorf("got %d lines of groups, want %d: --top does not cut JSON", groups, len(r.Groups))
	}
}

// canBeNull are the numbers and times that may not apply.
var canBeNull = regexp.MustCompile(`"(onset|late_from|data_events|diff|delivered_until|history_from|proof|fixed|recent_per_day|baseline_per_day|ratio|ratio_low|ratio_high|p|q)": ?null`)

// No list or map is null, whatever is empty: readers loop over them.
func TestJSONNoNull(t *testing.T) {
	bare := result(aggregate.Window{From: date(2026, 10, 1), To: date(2026, 10, 2), Interval: aggregate.Day}, []aggregate.Group{{Principal: "p"}}, empty().Coverage)
	for _, r := range []*aggregate.Result{bare, daily(), nothing(), {Window: bare.Window}} {
		if out := canBeNull.ReplaceAll(write(t, JSON, r, Options{}), nil); bytes.Contains(out, []byte("null")) {
			t.Errorf("null in %s", out)
		}
	}
	for _, f := range []Format{Markdown, Parquet} {
		write(t, f, bare, Options{}) // a group without causes or series is written all the same
	}
}

// Event names that differ only in bytes that are no UTF-8 are one in JSON.
func TestJSONEventNames(t *testing.T) {
	r := daily()
	r.Groups[0].EventNames = []aggregate.Count{{Value: "a\xff", Denials: 2}, {Value: "a\xfe", Denials: 1}}
	var got struct{ Groups []reportjson.Group }
	if err := json.Unmarshal(write(t, JSON, r, Options{}), &got); err != nil {
		t.Fatal(err)
	}
	if names := got.Groups[0].EventNames; len(names) != 1 || names["a\ufffd"] != 3 {
		t.Errorf("got %v", names)
	}
}

// The coverage adds up in JSON, and Parquet has the same.
func TestCoverageAddsUp(t *testing.T) {
	for _, f := range fixtures {
		r := f.make()
		var got struct {
			Window   json.RawMessage
			Coverage json.RawMessage
			Totals   reportjson.Totals
		}
		if err := json.Unmarshal(write(t, JSON, r, Options{}), &got); err != nil {
			t.Fatal(err)
		}
		var c reportjson.Coverage
		if err := json.Unmarshal(got.Coverage, &c); err != nil {
			t.Fatal(err)
		}
		skipped := 0
		for _, n := range c.Objects.Skipped {
			skipped += n
		}
		if o := c.Objects; o.Listed != o.Read+o.Failed+skipped {
			t.Errorf("%s: objects do not add up: %+v", f.name, o)
		}
		if n := c.Records; n.Seen != n.Kept+n.NotS3Denied+n.Duplicate+n.OutsideWindow+n.Excluded+n.Malformed {
			t.Errorf("%s: records do not add up: %+v", f.name, n)
		}
		if c.Records.Kept != got.Totals.Denials {
			t.Errorf("%s: %d records kept, %d denials", f.name, c.Records.Kept, got.Totals.Denials)
		}
		for _, table := range []parquet.Table{parquet.Series, parquet.Denials} {
			file := openParquet(t, write(t, Parquet, r, Options{Table: table}))
			if window, _ := file.Lookup("trail403.window"); window != string(got.Window) {
				t.Errorf("%s: Parquet has window %s, JSON %s", f.name, window, got.Window)
			}
			if coverage, _ := file.Lookup("trail403.coverage"); coverage != string(got.Coverage) {
				t.Errorf("%s: Parquet has coverage %s, JSON %s", f.name, coverage, got.Coverage)
			}
		}
	}
}
