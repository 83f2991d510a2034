package sections

import (
	"maps"
	"path/filepath"
	"slices"

	"trail403/ingest/coverage"
	"trail403/report/page"
	"trail403/report/words"
)

// coverage says what was read and what was not.
func (s *sections) coverage() {
	c := &s.r.Coverage
	o, rec := &c.Objects, &c.Records
	s.Heading(2, "Coverage")
	if s.upward && s.r.Totals.Denials > 0 {
		s.Paragraph(page.Toned(page.Faint, "The most important findings are at the end."))
	}
	objects := page.Bold("Objects:") + " " + words.Comma(o.Listed) + " listed = " +
		words.Sum(words.Part{N: o.Read, After: "read"}, words.Part{N: o.Failed, After: "failed"},
			words.Part{N: o.TotalSkipped(), After: "skipped"})
	if o.TotalSkipped() > 0 {
		objects += " (" + skipped(o) + ")"
	}
	s.Bullet(objects)
	s.Bullet(page.Bold("Records:") + " " + words.Comma(rec.Seen) + " seen = " +
		words.Sum(
			words.Part{N: rec.Kept, Noun: "denial", After: "kept"},
			words.Part{N: rec.NotS3Denied, After: "not S3 denials"},
			words.Part{N: rec.Duplicate, Noun: "duplicate"},
			words.Part{N: rec.OutsideWindow, Noun: "denial", After: "outside the window"},
			words.Part{N: rec.Excluded, After: "excluded"}, words.Part{N: rec.Malformed, After: "malformed"}))
	s.Bullet(page.Bold("Bytes:") + " " + words.Size(c.Bytes.Compressed) + " read, " +
		words.Size(c.Bytes.Decompressed) + " decompressed")
	s.history()
	s.documents()
	s.live()
	s.exclusions()
	if c.Folders > 0 {
		skipped := folders(c.Pruned)
		if n := c.Folders - len(c.Pruned); n > 0 {
			skipped += ", and " + words.Comma(n) + " more"
		}
		s.Bullet(page.Bold("Folders skipped") + " because they contain no requested records: " + skipped)
	}
	if n := o.Failed; n > 0 {
		s.Bullet(page.Toned(page.Warning, page.Bold("Could not be read:")) + " " + words.Plural(n, "object") +
			". Their records are not counted")
		named := c.Failures[:min(len(c.Failures), maxNamed)]
		for _, f := range named {
			s.Below(page.Code(f.Object) + ": " + page.Code(f.Err.Error()))
		}
		if more := n - len(named); more > 0 {
			listed := page.Text("all")
			if n > len(c.Failures) {
				listed = "the first " + words.Comma(len(c.Failures))
			}
			s.Below("and " + words.Comma(more) + " more; the JSON report lists " + listed)
		}
	}
}

// history says how far before the window denials were read.
func (s *sections) history() {
	from := s.r.Coverage.HistoryFrom
	if from.IsZero() || !from.Before(s.r.Window.From) {
		return
	}
	s.Bullet(page.Bold("History:") + " the time since " + words.Moment(from, s.r.Window) +
		" UTC was read as well, to know what is usual. Its denials are counted only as outside the window")
}

// skipText says why an object of the reason holds nothing that counts.
var skipText = map[coverage.Reason]page.Text{
	coverage.SkipDigest:         "CloudTrail digests",
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
			list = append(list, skipText[reason]+": "+words.Comma(n))
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
		list = append(list, page.Code(name)+": "+words.Comma(counts[name]))
	}
	if n := len(names) - len(list); n > 0 {
		list = append(list, "and more of "+words.Comma(n)+" other names")
	}
	return page.Join(list, ", ")
}
