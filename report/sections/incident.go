package sections

import (
	"slices"

	"trail403/aggregate"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/words"
)

const (
	// maxMembers is how many groups of an incident its table shows, and fewMembers
	// how many where its groups are many and alike: where the first maxMembers hold
	// less than half of the denials, rows say little.
	maxMembers, fewMembers = 10, 3
	// maxAfter is how many changes after the last denial are listed.
	maxAfter = 3
	// maxMessage is how many characters of a message are shown: a long one is cut in
	// its middle, and the reason is at its end.
	maxMessage = 400
)

// incidents writes what is known of each incident.
func (s *sections) incidents() {
	if len(s.m.Incidents) == 0 {
		return
	}
	s.Heading(2, "Incidents")
	top := s.top(len(s.m.Incidents))
	if s.r.ChangesSeen == 0 {
		s.Paragraph("The records that were read contain no access change, " +
			"so what changed before an incident is not known. " +
			"A trail of data events alone has no management events.")
	}
	for i := range top {
		s.incident(s.m.Incidents[s.number(i, top)])
	}
	rest := 0
	for _, in := range s.m.Incidents[top:] {
		rest += in.Denials
	}
	s.notShown(top, len(s.m.Incidents), "incident", rest)
}

// incident writes what happened, what changed, why, what to do, and who is denied.
func (s *sections) incident(in *model.Incident) {
	state := page.Text(" (ended)")
	switch {
	case in.Fading:
		state = " (nearly ended)"
	case in.Ongoing:
		state = " (ongoing)"
	}
	s.Heading(3, page.At(atIncident(in.Number),
		"Incident "+words.Comma(in.Number)+": "+words.Incident(in.Incident, in.Cause)+state))
	s.Paragraph(s.course(in))
	s.changes(in)
	fix := in.Fix
	if !s.hasSteps(in) {
		fix = nil
	}
	s.statements(in.Proof, in.Members, fix)
	if g := in.LockedOut(); g != nil {
		s.Bullet(page.Bold("Locked out:") + " " + words.Principal(g) + ", of the account that owns the bucket, was denied " +
			page.Name(g.Action) + " too. The root user of that account can still change the policy")
	}
	if g := in.Renamed; g != nil {
		s.Bullet(page.Bold("Possibly renamed:") + " " + words.Principal(g) +
			" was denied the same requests from the same address, with the same tool, until " +
			words.Moment(g.LastSeen, s.r.Window) + ". The caller may only have a new name")
	}
	s.recovered(in.Members)
	if from := words.From(in.Members); from != "" {
		s.Bullet(page.Bold("Callers:") + " " + from)
	}
	if len(in.Members) > maxMembers {
		s.Bullet(page.Bold("Denied:") + " " + words.Targets(in.Members) + " within " +
			words.Length(in.LastSeen.Sub(in.Onset)))
	}
	if e := in.Example; e != nil {
		label := page.Text("Example:")
		if e.EventTime.Before(in.Onset) {
			label = "Example from before the incident:"
		}
		s.Bullet(page.Bold(label) + " event " + page.Name(e.EventID) + ", " +
			page.CodeUpTo(e.Text(), maxMessage) + onKey(e) + inObject(e))
	}
	s.Bullet(page.Bold("Its denials, one a line:") + " " + page.Command("trail403 events --incident "+in.ID+" SOURCE"))
	s.inConsole(in)
	switch {
	case in.Alarm:
		s.Bullet(page.Bold("What to do:") + " see " + page.Link(atAlarms, "Alarms"))
	case s.hasSteps(in):
		s.advise(in.Fix, s.sameAs(in.Fix))
	}
	s.groupTable(in.Members, s.membersShown(in.Members), s.memberColumns(in))
}

// course says how many were denied how often, and from when to when.
func (s *sections) course(in *model.Incident) page.Text {
	t := words.Capital(words.Plural(in.Denials, "denial")) + " of " + words.Plural(in.Principals, "principal")
	if in.Buckets > 0 {
		t += " on " + words.Plural(in.Buckets, "bucket")
	}
	if in.Onset.Before(s.r.Window.From) {
		t += " in this window. The incident started before it: " + s.started(in) + " UTC"
	} else {
		t += " since " + s.started(in) + " UTC"
	}
	if in.All > in.Denials {
		t += " (" + words.Comma(in.All) + " in the entire window)"
	}
	t += ". "
	last := words.Moment(in.LastSeen, s.r.Window)
	switch {
	case !in.Ongoing:
		t += "The last was on " + last + "; the incident has ended."
	case in.Onset.Before(s.r.RecentFrom) && in.Recent < in.Denials:
		t += words.Comma(in.Recent) + " of them came since " + s.recentStart() + "; the last was on " + last + "."
	default:
		t += "The last was on " + last + "."
	}
	if !in.OnsetLow.Equal(in.OnsetHigh) {
		t += " These callers also had denials before the incident, so its exact start is unknown: it is between " +
			words.Moment(in.OnsetLow, s.r.Window) + " and " + words.Moment(in.OnsetHigh, s.r.Window) + "."
	}
	if in.Matching > 0 && in.Matching < len(in.Groups) {
		match := page.Text(" match")
		if in.Matching == 1 {
			match = " matches"
		}
		t += " " + words.Comma(in.Matching) + " of its " + words.Plural(len(in.Groups), "group") + match +
			" your filters."
	}
	return t
}

// started is when an incident started, to the second if that is certain.
func (s *sections) started(in *model.Incident) page.Text {
	if in.OnsetLow.Equal(in.OnsetHigh) {
		return words.Second(in.Onset, s.r.Window)
	}
	return words.Onset(in.Incident, s.r.Window)
}

// changes lists the changes before the onset and after the last denial.
func (s *sections) changes(in *model.Incident) {
	for i, l := range in.Changes {
		when := before(in, l)
		if i == 0 && in.Certainty != "" {
			when += ", " + page.Text(in.Certainty) + " cause"
		}
		s.Bullet(page.Bold(words.Capital(when)+":") + " " + s.change(l))
		if i == 0 {
			s.revisions(l)
		}
	}
	switch {
	case len(in.Changes) > 0:
	case in.Unread != "":
		s.Bullet(unreadTrail(in) + ", so what changed there is not known.")
	case s.r.ChangesSeen > 0:
		s.Bullet("The records that were read show no access change shortly before this incident that could explain it.")
	}
	for _, l := range in.After[:min(len(in.After), maxAfter)] {
		s.Bullet(page.Bold(words.Capital(sinceLast(l.Lag))+":") + " " + s.change(l))
	}
}

// change says what a change was, and when.
func (s *sections) change(l aggregate.Link) page.Text {
	c := &s.r.Changes[l.Change]
	return words.Change(c) + "; on " + words.Second(c.Time, s.r.Window)
}

// maxRevisions is how many documents are shown that one change altered. Nearly all
// alter one.
const maxRevisions = 2

// revisions says below a change what it did to policy documents.
func (s *sections) revisions(l aggregate.Link) {
	list := s.r.Revisions[l.Change]
	for i := range list[:min(len(list), maxRevisions)] {
		t, differences := words.Revision(&list[i], s.r.Window)
		s.Below(t)
		for _, d := range differences {
			s.Below(d)
		}
	}
	if more := len(list) - maxRevisions; more > 0 {
		s.Below("The call also changed " + words.Plural(more, "other policy document"))
	}
}

// onKey names the object of an example whose message does not.
func onKey(e *aggregate.Example) page.Text {
	if model.NamesKey(e) {
		return ""
	}
	return ", on object " + page.CodeUpTo(e.Key, maxMessage)
}

// inObject names the CloudTrail file that holds the record, which zgrep can search.
func inObject(e *aggregate.Example) page.Text {
	if e.Object == "" {
		return ""
	}
	return "; in " + page.Code(e.Object)
}

// membersShown returns how many groups of an incident are shown.
func (s *sections) membersShown(groups []*aggregate.Group) int {
	if s.o.Top == 0 || len(groups) <= maxMembers {
		return len(groups)
	}
	first, all := 0, 0
	for i, g := range groups {
		if i < maxMembers {
			first += g.Denials
		}
		all += g.Denials
	}
	if 2*first < all {
		return fewMembers
	}
	return maxMembers
}

// memberColumns are the columns for the groups of an incident, without what its
// heading says of all of them.
func (s *sections) memberColumns(in *model.Incident) (list []groupColumn) {
	differ := func(of func(*aggregate.Group) page.Text) bool {
		return slices.ContainsFunc(in.Members, func(g *aggregate.Group) bool { return of(g) != of(in.Members[0]) })
	}
	for _, c := range s.groupColumns() {
		keep := true
		switch c.Title {
		case "Trend":
			c.cell = s.memberTrend
			keep = slices.ContainsFunc(in.Members, func(g *aggregate.Group) bool { return c.cell(g) != page.None })
		case "Principal":
			keep = in.Shared.Principal == ""
		case "Cause":
			keep = in.Pattern == aggregate.Enumeration || differ(c.cell)
		}
		if keep {
			list = append(list, c)
		}
	}
	return list
}

// memberTrend says what a group of an incident does, if that shows by itself. Many
// are too small: only all of them together spike, although no group is steady.
func (s *sections) memberTrend(g *aggregate.Group) page.Text {
	if !model.HasOwnTrend(g) {
		return page.None
	}
	return words.Trend(g, s.r.Window)
}
