package report

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"trail403/ingest"
)

// maxNamed is how many objects or folders a report for people names. JSON names
// all.
const maxNamed = 20

// coverage says what was read and what was not.
func (m *markdown) coverage() {
	c := &m.r.Coverage
	o, rec := &c.Objects, &c.Records
	m.printf("\n## Coverage\n\n")
	m.printf("- **Objects:** %s listed = %s", comma(o.Listed),
		sum(part{o.Read, "read"}, part{o.Failed, "failed"}, part{o.TotalSkipped(), "skipped"}))
	if o.TotalSkipped() > 0 {
		m.printf(" (%s)", skipped(o))
	}
	m.printf("\n- **Records:** %s seen = %s\n", comma(rec.Seen),
		sum(part{rec.Kept, "denials kept"}, part{rec.NotS3Denied, "not S3 denials"}, part{rec.Duplicate, "duplicates"},
			part{rec.OutsideWindow, "denials outside the window"}, part{rec.Excluded, "excluded"}, part{rec.Malformed, "malformed"}))
	m.printf("- **Bytes:** %s read, %s decompressed\n", size(c.Bytes.Compressed), size(c.Bytes.Decompressed))
	m.exclusions()
	if n := len(c.Pruned); n > 0 {
		m.printf("- **Passed over**, since they hold no records that were asked for: %s\n", folders(c.Pruned))
	}
	if n := len(c.Failures); n > 0 {
		m.printf("- **Could not be read:** %s; nothing of them counts here\n", plural(n, "object"))
		for _, f := range c.Failures[:min(n, maxNamed)] {
			m.printf("  - %s: %s\n", code(f.Object), code(f.Error))
		}
		if n > maxNamed {
			m.printf("  - and %s more; the JSON report names all\n", comma(n-maxNamed))
		}
	}
}

// skipText says why an object of the reason holds nothing that counts.
var skipText = map[ingest.Reason]string{
	ingest.SkipDigest:         "digests of CloudTrail",
	ingest.SkipInsight:        "CloudTrail Insights",
	ingest.SkipAggregated:     "aggregated events",
	ingest.SkipConfig:         "AWS Config",
	ingest.SkipS3Notification: "S3 event notifications",
	ingest.SkipOutsideWindow:  "delivered outside the window",
	ingest.SkipNotSelected:    "other accounts or Regions",
	ingest.SkipNotCloudTrail:  "not CloudTrail",
	ingest.SkipUnsupported:    "unsupported shape",
	ingest.SkipEmpty:          "empty",
}

// skipped says how many objects were skipped for each reason.
func skipped(o *ingest.Objects) string {
	var list []string
	for _, reason := range ingest.Reasons() {
		if n := o.Skipped[reason]; n > 0 {
			list = append(list, skipText[reason]+": "+comma(n))
		}
	}
	return strings.Join(list, ", ")
}

// folders counts folders by their last name: an organization has hundreds, the
// same few in each account. JSON has the paths.
func folders(paths []string) string {
	counts := map[string]int{}
	for _, p := range paths {
		counts[filepath.Base(p)]++
	}
	names := slices.Sorted(maps.Keys(counts))
	var list []string
	for _, name := range names[:min(len(names), maxNamed)] {
		list = append(list, code(name)+": "+comma(counts[name]))
	}
	if n := len(names) - len(list); n > 0 {
		list = append(list, fmt.Sprintf("and more of %d other names", n))
	}
	return strings.Join(list, ", ")
}
