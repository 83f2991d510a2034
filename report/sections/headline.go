package sections

import (
	"slices"

	"trail403/report/page"
	"trail403/report/words"
)

// headline says what a tired person must know: the news, alarms, what limits the
// numbers, and then the numbers. On a terminal the news comes last.
func (s *sections) headline() {
	title := "S3 access denied" + words.Title(s.r.Window)
	switch {
	case s.r.Coverage.ReadNothing():
		title += ": no data"
	case s.r.Totals.Denials == 0 && lacksDataEvents(&s.r.Coverage):
		title += ": no denials, and no data events"
	case s.r.Totals.Denials == 0:
		title += ": no denials"
	}
	s.Heading(1, title)
	blocks := []func(){s.missing}
	switch {
	case s.r.Coverage.ReadNothing():
		blocks = []func(){s.nothing, s.missing}
	case s.r.Totals.Denials == 0:
		blocks = append(blocks, s.nothing)
	default:
		blocks = append(blocks, s.news()...)
	}
	blocks = append(blocks, s.alarm, s.otherIncidents, s.recoveries, s.filtered, s.notes, s.numbers)
	if s.upward {
		slices.Reverse(blocks)
	}
	for _, block := range blocks {
		block()
	}
}

// otherIncidents counts the incidents that the first paragraphs do not describe.
func (s *sections) otherIncidents() {
	told := s.m.News[:min(len(s.m.News), maxNews)]
	var ongoing, fading, ended int
	for _, in := range s.m.Incidents {
		switch {
		case slices.Contains(told, in), in.Alarm && in.Ongoing:
		case !in.Ongoing:
			ended++
		case in.Fading:
			fading++
		default:
			ongoing++
		}
	}
	var parts []page.Text
	add := func(n int, what page.Text) {
		if n > 0 {
			parts = append(parts, words.Plural(n, "incident")+" "+what)
		}
	}
	add(ongoing, words.Is(ongoing)+" also ongoing")
	add(fading, words.Have(fading)+" nearly ended")
	add(ended, words.Have(ended)+" ended")
	if len(parts) > 0 {
		s.Paragraph("In addition, " + words.Listed(parts) + ".")
	}
}

// alarm says whose access keys are known to be in the wrong hands.
func (s *sections) alarm() {
	var users []page.Text
	denials := 0
	for _, f := range s.m.Alarms {
		denials += f.Policy.Denials
		for _, g := range f.Groups {
			if name := words.Principal(g); !slices.Contains(users, name) {
				users = append(users, name)
			}
		}
	}
	if len(users) == 0 {
		return
	}
	named := users[:min(len(users), words.MaxThings)]
	if rest := len(users) - len(named); rest > 0 {
		named = append(slices.Clone(named), words.Comma(rest)+" more")
	}
	s.Notice(page.Alarm, "Alarm", "AWS found an access key of "+words.Listed(named)+
		" in public and put the user under quarantine. Since then, "+
		words.Plural(denials, "request")+" "+words.Was(denials)+
		" denied. Treat the key as stolen, and do not detach the quarantine policy: see "+
		page.Link(atAlarms, "Alarms")+".")
}

// notes say what limits the numbers.
func (s *sections) notes() {
	if o := &s.r.Coverage.Objects; o.Failed > 0 {
		s.Notice(page.Warning, "Incomplete", words.Comma(o.Failed)+" of "+words.Plural(o.Listed, "object")+
			" could not be read. Their denials are missing here; "+
			page.Link(atCoverage, "Coverage")+" names the objects.")
	}
	for _, w := range words.Warnings(s.r) {
		s.Notice(page.Plain, "Note", page.Sentence(w))
	}
}
