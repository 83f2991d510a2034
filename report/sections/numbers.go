package sections

import (
	"slices"

	"trail403/aggregate/trend"
	"trail403/ingest/coverage"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/words"
)

// missing says what the data lacks, which a report must not pass over.
func (s *sections) missing() {
	for _, l := range words.Missing(s.r) {
		s.Notice(page.Warning, l.Label, l.Text+".")
	}
}

func lacksDataEvents(c *coverage.Coverage) bool { return len(c.DataEvents) > 0 && !c.DataEvents.Any() }

// nothing is the headline of a report without denials: was there really none?
func (s *sections) nothing() {
	rec := &s.r.Coverage.Records
	outside := s.r.Coverage.Objects.Skipped[coverage.SkipOutsideWindow]
	period := words.Period(s.r.Window)
	switch {
	case s.r.Coverage.ReadNothing() && outside > 0:
		s.Paragraph(page.Bold("No CloudTrail record was read.") + " " + words.Plural(outside, "object") + " " +
			words.Was(outside) +
			" delivered outside the window" + period + ".")
	case s.r.Coverage.ReadNothing():
		s.Paragraph(page.Bold("No CloudTrail record was read.") + " This report says nothing about S3.")
	case rec.Excluded > 0:
		s.Paragraph(page.Bold("No denials are left"+period+".") + " Filters and rules exclude " +
			words.Plural(rec.Excluded, "denial") + ".")
	case rec.OutsideWindow > 0:
		s.Paragraph(page.Bold("S3 denied no request"+period+".") + " " +
			words.Plural(rec.OutsideWindow, "denial") + " " + words.Is(rec.OutsideWindow) + " outside this window.")
	default:
		s.Paragraph(page.Bold("S3 denied no request"+period+".") + " None of " +
			words.Plural(rec.Seen, "record") + " is an S3 denial.")
	}
}

// numbers counts the denials, what is new, and how current the data is.
func (s *sections) numbers() {
	var rows [][]page.Text
	add := func(name, value page.Text) { rows = append(rows, []page.Text{name, value}) }
	if t := s.r.Totals; t.Denials > 0 {
		all := words.Plural(t.Denials, "denial") + ": " + words.Plural(t.Principals, "principal") + ", "
		if t.Buckets > 0 {
			all += words.Plural(t.Buckets, "bucket") + ", "
		}
		add("In total", all+words.Plural(t.Groups, "group")+" of principal, action and bucket")
		if counts := s.trendCounts(); counts != "" {
			add("Groups", counts)
		}
	}
	if data := s.dataUntil(); data != "" {
		add("Data", data)
	}
	if len(rows) > 0 {
		s.Table(page.Table{Columns: []page.Column{{Fixed: true}, {Min: 30}}, Rows: slices.Values(rows)})
	}
}

// trendCounts says how many groups started, spiked, are rising or stopped.
func (s *sections) trendCounts() page.Text {
	counts := map[trend.Kind]int{}
	for i := range s.r.Groups {
		counts[s.r.Groups[i].Trend.Kind]++
	}
	var parts []page.Text
	for _, kind := range model.Leading() {
		if n := counts[kind]; n > 0 {
			parts = append(parts, words.TrendCount(n, kind))
		}
	}
	return page.Join(parts, ", ")
}

// dataUntil says how far the data goes, so that a reader can judge whether something
// ended or was just not delivered yet, and how complete it is.
func (s *sections) dataUntil() page.Text {
	var parts []page.Text
	if !s.m.Latest.IsZero() {
		parts = append(parts, "last denial "+words.Minute(s.m.Latest)+" UTC")
	}
	c := &s.r.Coverage
	if !c.Delivered.IsZero() {
		parts = append(parts, "last object delivered "+words.Minute(c.Delivered)+" UTC")
	}
	if o := c.Objects; o.Listed > 0 {
		failed := page.Text("none failed")
		if o.Failed > 0 {
			failed = words.Comma(o.Failed) + " failed"
		}
		parts = append(parts, words.Plural(o.Listed, "object")+", "+failed)
	}
	return page.Join(parts, "; ")
}
