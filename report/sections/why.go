package sections

import (
	"trail403/aggregate"
	"trail403/aggregate/trend"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/words"
)

// A Question is what somebody asks about: who is denied what. What is empty was not
// asked.
type Question struct {
	Principal, Bucket, Action string
	// More is the command that shows more, and Events the one that lists all denials.
	More, Events string
}

// Why answers on one page why somebody is denied access. A terminal has no links.
func Why(w page.Writer, a *model.Answer, q Question, isTerminal bool) error {
	s := &sections{Writer: w, m: a.Model, r: a.Result, o: Options{Top: mostOfAnswer}, isTerminal: isTerminal}
	s.missing()
	if s.r.Totals.Denials == 0 {
		s.no(q)
		return s.Flush()
	}
	s.Paragraph(s.yes(a))
	if len(s.r.Groups) > 1 {
		s.answerGroups(a)
	}
	if a.Main == nil || len(s.r.Groups) == 1 {
		s.Bullet(page.Bold("Cause:") + " " + words.Capital(words.CauseOfRequests(mainCause(&s.r.Groups[0]))) + ".")
	} else {
		s.Bullet(page.Bold("Cause:") + " " + words.Capital(words.Incident(a.Main.Incident, a.Main.Cause)) + ".")
	}
	s.recovered(groupsOf(s.r))
	if a.Main != nil {
		s.changes(a.Main)
		s.statements(a.Main.Proof, a.Main.Members, a.Main.Fix)
		s.alsoHit(a)
		s.inConsole(a.Main)
	} else {
		s.changesOfAnswer()
		s.statements(nil, groupsOf(s.r), nil)
	}
	s.nextStep(a)
	s.events(a)
	for _, w := range words.Warnings(s.r) {
		s.Notice(page.Plain, "Note", page.Sentence(w))
	}
	s.Paragraph("All details: " + page.Command(q.More))
	s.Paragraph("All denials, one a line: " + page.Command(q.Events))
	return s.Flush()
}

// mostOfAnswer is how many groups an answer lists.
const mostOfAnswer = 5

// asked names what was asked about.
func asked(q Question) page.Text {
	t := page.Text("any principal")
	if q.Principal != "" {
		t = page.Name(q.Principal)
	}
	if q.Action != "" {
		t += " for " + page.Name(q.Action)
	}
	if q.Bucket != "" {
		t += " on " + page.Name(q.Bucket)
	}
	return t
}

// no says that there is no denial, and what could be the reason for that.
func (s *sections) no(q Question) {
	s.Paragraph(page.Bold("No.") + " The " + words.Plural(s.r.Coverage.Records.Seen, "record") +
		" that were read contain no denial of " + asked(q) + words.Period(s.r.Window) + ".")
	if n := s.r.Coverage.Records.OutsideWindow; n > 0 {
		s.Bullet(words.Capital(words.Plural(n, "denial")) + " of all principals " + words.Is(n) + " outside this window.")
	}
	for _, w := range words.Unmatched(s.r.Unmatched) {
		s.Bullet(words.Capital(page.Sentence(w)))
	}
	if s.r.Coverage.Objects.Failed > 0 {
		s.Bullet(words.Plural(s.r.Coverage.Objects.Failed, "object") + " could not be read.")
	}
}

// yes says who is denied what, since when and how often.
func (s *sections) yes(a *model.Answer) page.Text {
	g := &s.r.Groups[0]
	who := words.Principal(g)
	if n := len(a.Principals); n > 1 {
		who = words.Plural(n, "principal")
	}
	what := actionOnBucket(g)
	switch n := s.r.Totals.Buckets; {
	case len(s.r.Groups) == 1:
	case n == 1 && g.Bucket != "":
		what = "access to " + page.Name(g.Bucket)
	case n > 0:
		what = "access to " + words.Plural(n, "bucket")
	default:
		what = words.Plural(len(s.r.Groups), "action")
	}
	last := " The last was on " + words.Moment(a.Last, s.r.Window) + " UTC."
	if s.r.Totals.Denials == 1 {
		last = ""
	}
	verb := " " + words.Is(len(a.Principals)) + " denied "
	if !a.Ongoing {
		verb = " " + words.Was(len(a.Principals)) + " denied "
	}
	t := page.Bold("Yes: "+who+verb+what+s.sinceWhen(a)+".") + " " +
		words.Capital(words.Plural(s.r.Totals.Denials, "denial")) + words.Period(s.r.Window) + "."
	if a.Ongoing {
		return t + last
	}
	t += last + " There are no recent denials."
	if s.r.Groups[0].Recovery == nil {
		t += " That does not show that access works now."
	}
	return t
}

// sinceWhen says when the denials started, as far as that is known.
func (s *sections) sinceWhen(a *model.Answer) page.Text {
	g := &s.r.Groups[0]
	switch {
	case a.Main != nil:
		return ", since " + words.Onset(a.Main.Incident, s.r.Window) + " UTC"
	case len(s.r.Groups) == 1 && g.Trend.Kind == trend.New:
		return ", since " + words.Moment(g.Trend.Onset, s.r.Window) + " UTC"
	case s.r.Totals.Denials == 1:
		return ", on " + words.Moment(a.First, s.r.Window) + " UTC"
	}
	return ". The first denial that was read is of " + words.Moment(a.First, s.r.Window) + " UTC, " +
		"and nothing shows that they started then"
}

// answerGroups lists the groups, if there are several.
func (s *sections) answerGroups(a *model.Answer) {
	var columns []groupColumn
	for _, c := range s.groupColumns() {
		if c.Title == "Principal" && len(a.Principals) == 1 {
			continue
		}
		columns = append(columns, c)
	}
	var groups []*aggregate.Group
	for i := range s.r.Groups {
		groups = append(groups, &s.r.Groups[i])
	}
	s.hasLegend = true
	s.groupTable(groups, mostOfAnswer, columns)
}

// alsoHit says who else is denied for the same reason.
func (s *sections) alsoHit(a *model.Answer) {
	in := a.Main
	if a.AlsoHit == 0 {
		s.Bullet(page.Bold("Also denied:") + " nobody else for this reason, in the records that were read.")
		return
	}
	t := words.Plural(a.AlsoHit, "other group") + " of principal, action and bucket. The incident has " +
		words.Plural(in.Principals, "principal")
	if in.Buckets > 0 {
		t += " on " + words.Plural(in.Buckets, "bucket")
	}
	s.Bullet(page.Bold("Also denied:") + " " + t + ".")
}

// changesOfAnswer lists the changes before the groups, if no incident does.
func (s *sections) changesOfAnswer() {
	var groups []*aggregate.Group
	found := false
	for i := range s.r.Groups {
		groups = append(groups, &s.r.Groups[i])
		found = found || len(s.r.Groups[i].Trend.Changes) > 0
	}
	if found {
		s.changesOf(groups[:min(len(groups), mostOfAnswer)])
		return
	}
	s.Bullet("The records that were read show no access change that explains it.")
}

// nextStep says who can fix it, and what to do first.
func (s *sections) nextStep(a *model.Answer) {
	f := a.Fix
	if f == nil {
		return
	}
	for _, h := range f.Hints {
		s.Bullet(page.Bold(page.Quoted(h.Text)))
	}
	s.Bullet(page.Bold("Who can fix it:") + " " + page.Quoted(f.Advice.OwnerText))
	if in := a.Main; in != nil && len(in.Changes) > 0 && in.Ongoing && !words.IsByAWS(&s.r.Changes[in.Changes[0].Change]) {
		s.compare(f)
		return
	}
	for _, step := range f.Advice.NextSteps[:min(len(f.Advice.NextSteps), 2)] {
		s.Step(page.Quoted(step))
	}
}

// events names a few events. The messages of one question are much alike, so one of them
// is enough.
func (s *sections) events(a *model.Answer) {
	for i, e := range a.Examples {
		t := page.Bold("Event:") + " " + words.Second(e.EventTime, s.r.Window) + " UTC, " + page.Name(e.EventID)
		switch {
		case i == 0:
			t += ", " + page.CodeUpTo(e.Text(), maxMessage) + onKey(e) + inObject(e)
		case e.Key != "":
			t += ", on object " + page.CodeUpTo(e.Key, maxMessage)
		}
		s.Bullet(t)
	}
}
