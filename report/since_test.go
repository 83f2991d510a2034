package report

import (
	"bytes"
	"strings"
	"testing"

	"trail403/aggregate"
	"trail403/report/compare"
	reportjson "trail403/report/json"
)

// read returns what a comparison needs of the JSON report of a result.
func read(t *testing.T, r *aggregate.Result) *compare.Report {
	t.Helper()
	report, err := compare.Read(bytes.NewReader(write(t, JSON, r, Options{})), reportjson.Schema)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// sinceDaily compares the result of daily with an earlier one, in which a group and the
// incidents are missing, and which has a group of its own.
func sinceDaily(t *testing.T) *compare.Comparison {
	t.Helper()
	earlier := daily()
	earlier.Incidents = nil
	gone := earlier.Groups[0]
	gone.ID, gone.Bucket = "g-000000000000", "gone-bucket"
	earlier.Groups[0] = gone
	return compare.Of(read(t, earlier), read(t, daily()))
}

func asJSON(t *testing.T, c *compare.Comparison) string {
	t.Helper()
	var out strings.Builder
	if err := WriteComparison(&out, JSON, Options{Against: c}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A result and its JSON report compare alike.
func TestCompareReadsWhatIsWritten(t *testing.T) {
	for _, f := range fixtures {
		written, found := read(t, f.make()), compare.FromResult(f.make())
		found.Schema = written.Schema
		if got := compare.Of(written, found); len(got.Groups)+len(got.Policies) > 0 || len(got.News().Incidents) > 0 {
			t.Errorf("%s: a result and its JSON report differ: %+v", f.name, got)
		}
		if asJSON(t, compare.Of(read(t, daily()), written)) != asJSON(t, compare.Of(read(t, daily()), found)) {
			t.Errorf("%s: a result and its JSON report compare differently with another", f.name)
		}
	}
}

// The section comes first after the headline, and the JSON member says the same.
func TestSince(t *testing.T) {
	against := sinceDaily(t)
	text := string(write(t, Markdown, daily(), Options{Top: 25, Against: against}))
	since, fix := strings.Index(text, "\n## Since then<"), strings.Index(text, "\n## Fix first<")
	if since < 0 || fix < since {
		t.Fatalf("no section in its place:\n%s", text)
	}
	for _, want := range []string{"| **new** |", "| gone |", "`gone-bucket`", "**Started:**", "[Incident"} {
		if section := text[since:fix]; !strings.Contains(section, want) {
			t.Errorf("no %q in\n%s", want, section)
		}
	}
	if got := write(t, Markdown, daily(), Options{Top: 25}); strings.Contains(string(got), "## Since then") {
		t.Error("a report without an earlier one has the section")
	}
	for _, format := range ComparisonFormats() {
		var a, b bytes.Buffer
		for _, w := range []*bytes.Buffer{&a, &b} {
			if err := WriteComparison(w, format, Options{Top: 25, Width: 80, Against: against}); err != nil {
				t.Fatal(err)
			}
		}
		if !strings.Contains(a.String(), "gone-bucket") || a.String() != b.String() {
			t.Errorf("%s:\n%s", format, a.String())
		}
	}
	if err := WriteComparison(&bytes.Buffer{}, Parquet, Options{Against: against}); err == nil {
		t.Error("Parquet of a comparison: got no error")
	}
}

// Names in an earlier report are as hostile as those of a log: anybody can write one.
func TestSinceHostile(t *testing.T) {
	earlier := daily()
	g := &earlier.Groups[0]
	g.ID, g.Principal, g.Bucket = "g-hostile", "a|b<script>\x1b[31m", "x`y\n# title"
	c := compare.Of(read(t, earlier), read(t, daily()))
	c.Coverage = append(c.Coverage, compare.Unlike{Aspect: compare.Filters, Earlier: []string{"\x1b[2J|<b>"}})
	for _, format := range ComparisonFormats() {
		var out bytes.Buffer
		if err := WriteComparison(&out, format, Options{Width: 80, Against: c}); err != nil {
			t.Fatal(err)
		}
		if s := out.String(); strings.Contains(s, "\x1b") || strings.Contains(s, "\n# title") ||
			format == Markdown && strings.Contains(strings.ReplaceAll(s, "`", ""), "\n<") {
			t.Errorf("%s:\n%q", format, s)
		}
	}
}
