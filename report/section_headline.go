package report

import (
	"trail403/ingest/coverage"
	"trail403/report/page"
)

// headline says in a few lines what a tired person must know.
func (s *sections) headline() {
	if s.r.Totals.Denials == 0 {
		s.nothing()
	} else {
		s.numbers()
	}
	s.dataUntil()
	s.alarm()
	s.leftOut()
	if o := &s.r.Coverage.Objects; o.Failed > 0 {
		s.Notice(page.Warning, "Incomplete", comma(o.Failed)+" of "+plural(o.Listed, "object")+
			" could not be read; their denials are missing here. They are named under Coverage.")
	}
	for _, w := range warningsOf(s.r) {
		s.Notice(page.Plain, "Note", page.Sentence(w))
	}
}

// nothing is the headline of a report without denials: was there really none?
func (s *sections) nothing() {
	rec := &s.r.Coverage.Records
	s.Heading(1, "S3 access denied: no denials")
	outside := s.r.Coverage.Objects.Skipped[coverage.SkipOutsideWindow]
	switch {
	case rec.Seen == 0 && outside > 0:
		s.Paragraph("No CloudTrail record was read: " + wereDelivered(outside) + " delivered outside the window" + period(s.r.Window) + ".")
	case rec.Seen == 0:
		s.Paragraph("No CloudTrail record was read, so this says nothing about S3.")
	case rec.Excluded > 0:
		s.Paragraph("No denial is left" + period(s.r.Window) + ": filters and rules leave out " + comma(rec.Excluded) + ".")
	case rec.OutsideWindow > 0:
		s.Paragraph("S3 refused nobody" + period(s.r.Window) + ". " + lie(rec.OutsideWindow) + " outside this window.")
	default:
		s.Paragraph("S3 refused nobody" + period(s.r.Window) + ": none of " + plural(rec.Seen, "record") + " is an S3 denial.")
	}
}

// dataUntil says how far the data goes, so that it can be judged whether something
// is quiet or just not yet delivered.
func (s *sections) dataUntil() {
	var parts []page.Text
	if s.r.Totals.Denials > 0 {
		parts = append(parts, "last denial "+minute(s.latestDenial()))
	}
	if at := s.r.Coverage.Delivered; !at.IsZero() {
		parts = append(parts, "last object delivered "+minute(at))
	}
	if len(parts) > 0 {
		s.Bullet(page.Bold("Data until:") + " " + page.Join(parts, ", ") + " UTC")
	}
}

func wereDelivered(objects int) page.Text {
	if objects == 1 {
		return "1 object was"
	}
	return comma(objects) + " objects were"
}

func lie(denials int) page.Text {
	if denials == 1 {
		return "1 denial lies"
	}
	return comma(denials) + " denials lie"
}

func (s *sections) numbers() {
	t := s.r.Totals
	s.Heading(1, "S3 access denied: "+plural(t.Denials, "denial"))
	whom := page.Bold(plural(t.Principals, "principal"))
	if t.Buckets > 0 {
		whom += " on " + page.Bold(plural(t.Buckets, "bucket"))
	}
	s.Paragraph("S3 refused " + whom + period(s.r.Window) + ": " + plural(t.Groups, "group") + " of principal, action and bucket.")
	if n := len(s.r.Incidents); n > 0 {
		s.Bullet(page.Bold("Incidents:") + " " + comma(n) + "; groups that began or jumped together and share what explains them")
	}
	if counts := s.changeCounts(); counts != "" {
		s.Bullet(page.Bold("What changed:") + " " + counts)
	}
	if len(s.r.Groups) > 0 {
		g := &s.r.Groups[0]
		s.Bullet(page.Bold("Largest group:") + " " + principalWords(g) + ", " + actionOnBucket(g) + ": " +
			plural(g.Denials, "denial") + " (" + percent(g.Denials, t.Denials) + "), first " + minute(g.FirstSeen) + ", last " + minute(g.LastSeen) + " UTC")
	}
	s.firstToFix()
}

// firstToFix names the policies to look at first, in their order.
func (s *sections) firstToFix() {
	list := s.toFix()
	var parts []page.Text
	sum := 0
	for _, p := range list[:min(len(list), maxAdvised)] {
		part := policyTitle(p) + " (" + comma(p.Denials)
		if mayBeMissing(s.remarks(s.refusedBy(p))) {
			part += ", but the objects may not exist"
		}
		parts = append(parts, part+")")
		sum += p.Denials
	}
	if len(parts) == 0 {
		return
	}
	s.Bullet(page.Bold("Fix first:") + " " + page.Join(parts, ", ") + "; " + percent(sum, s.r.Totals.Denials) + " of all denials")
}
