package report

import (
	"maps"
	"path/filepath"
	"slices"

	"trail403/ingest/coverage"
	"trail403/report/page"
)

// maxNamed is how many objects or folders a report for people names. JSON names
// all.
const maxNamed = 20

// coverage says what was read and what was not.
func (s *sections) coverage() {
	c := &s.r.Coverage
	o, rec := &c.Objects, &c.Records
	s.Heading(2, "Coverage")
	if s.upward && s.r.Totals.Denials > 0 {
		s.Paragraph(page.Toned(page.Faint, "What matters most stands at the end."))
	}
	objects := page.Bold("Objects:") + " " + comma(o.Listed) + " listed = " +
		sum(part{o.Read, "read"}, part{o.Failed, "failed"}, part{o.TotalSkipped(), "skipped"})
	if o.TotalSkipped() > 0 {
		objects += " (" + skipped(o) + ")"
	}
	s.Bullet(objects)
	s.Bullet(page.Bold("Records:") + " " + comma(rec.Seen) + " seen = " +
		sum(part{rec.Kept, "denials kept"}, part{rec.NotS3Denied, "not S3 denials"}, part{rec.Duplicate, "duplicates"},
			part{rec.OutsideWindow, "denials outside the window"}, part{rec.Excluded, "excluded"}, part{rec.Malformed, "malformed"}))
	s.Bullet(page.Bold("Bytes:") + " " + size(c.Bytes.Compressed) + " read, " + size(c.Bytes.Decompressed) + " decompressed")
	s.exclusions()
	if n := len(c.Pruned); n > 0 {
		s.Bullet(page.Bold("Folders passed over") + ", since they hold no records that were asked for: " + folders(c.Pruned))
	}
	if n := len(c.Failures); n > 0 {
		s.Bullet(page.Toned(page.Warning, page.Bold("Could not be read:")) + " " + plural(n, "object") + "; nothing of them counts here")
		for _, f := range c.Failures[:min(n, maxNamed)] {
			s.Below(page.Code(f.Object) + ": " + page.Code(f.Err.Error()))
		}
		if n > maxNamed {
			s.Below("and " + comma(n-maxNamed) + " more; the JSON report names all")
		}
	}
}

// skipText says why an object of the reason holds nothing that counts.
var skipText = map[coverage.Reason]page.Text{
	coverage.SkipDigest:         "digests of CloudTrail",
	coverage.SkipInsight:        "CloudTrail Insights",
	coverage.SkipAggregated:     "aggregated events",
	coverage.SkipConfig:         "AWS Config",
	coverage.SkipS3Notification: "S3 event notifications",
	coverage.SkipOutsideWindow:  "delivered outside the window",
	coverage.SkipNotSelected:    "other accounts or Regions",
	coverage.SkipNotCloudTrail:  "not CloudTrail",
	coverage.SkipUnsupported:    "unsupported shape",
	coverage.SkipEmpty:          "empty",
}

// skipped says how many objects were skipped for each reason.
func skipped(o *coverage.Objects) page.Text {
	var list []page.Text
	for _, reason := range coverage.Reasons() {
		if n := o.Skipped[reason]; n > 0 {
			list = append(list, skipText[reason]+": "+comma(n))
		}
	}
	return page.Join(list, ", ")
}

// folders counts folders by their last name: an organization has hundreds, the
// same few in each account. JSON has the paths.
func folders(paths []string) page.Text {
	counts := map[string]int{}
	for _, p := range paths {
		counts[filepath.Base(p)]++
	}
	names := slices.Sorted(maps.Keys(counts))
	var list []page.Text
	for _, name := range names[:min(len(names), maxNamed)] {
		list = append(list, page.Code(name)+": "+comma(counts[name]))
	}
	if n := len(names) - len(list); n > 0 {
		list = append(list, "and more of "+comma(n)+" other names")
	}
	return page.Join(list, ", ")
}
