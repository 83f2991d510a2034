package sections

import (
	"slices"

	"trail403/aggregate"
	"trail403/aggregate/group"
	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/identity"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/words"
)

// maxNews is how many incidents the report opens with.
const maxNews = 3

// news returns the paragraphs of the worst ongoing incidents, or of the largest
// policy if nothing started or spiked.
func (s *sections) news() (blocks []func()) {
	for _, in := range s.m.News[:min(len(s.m.News), maxNews)] {
		blocks = append(blocks, func() { s.lead(s.newsOf(in)) })
	}
	if len(blocks) == 0 {
		blocks = append(blocks, func() { s.lead(s.steady()) })
	}
	return blocks
}

// lead writes a paragraph that names come in. On a terminal it is an item of a list,
// whose lines are indented, so that no name begins a line and passes for our words.
func (s *sections) lead(t page.Text) {
	if s.isTerminal {
		s.Bullet(t)
	} else {
		s.Paragraph(t)
	}
}

// newsOf says who is denied what since when, why, and who changed access before.
func (s *sections) newsOf(in *model.Incident) page.Text {
	t := page.Bold("Since "+words.Onset(in.Incident, s.r.Window)+" UTC, "+
		callers(in)+" denied"+where(in)+moreOften(in)+".") + " "
	if in.Proof != nil {
		t += words.Blocks(in.Proof) + "."
	} else {
		t += words.CauseOfRequests(aggregate.Cause{Cause: in.Cause, PolicyARN: in.Shared.PolicyARN}) + "."
	}
	if in.Fix != nil && in.Fix.MayBeMissing() {
		t += " The requested objects may be missing: without " + page.Code("s3:ListBucket") + ", S3 returns 403 instead of 404."
	}
	switch {
	case len(in.Changes) > 0:
		l := in.Changes[0]
		t += " " + words.Capital(words.Deed(&s.r.Changes[l.Change])) + " " + s.deedTime(in, l)
		if in.Certainty == aggregate.Possible {
			t += ", which is a possible cause"
		}
		t += "."
		if in.Proof != nil {
			t += " " + words.Explains(in.Proof) + "."
		}
	case in.Unread != "":
		t += " " + unreadTrail(in) + "."
	case s.r.ChangesSeen > 0:
		t += " No change in the records that were read explains it."
	}
	return t + " " + s.extent(in)
}

// unreadTrail says that a change cannot be known.
func unreadTrail(in *model.Incident) page.Text {
	has := map[event.Owner]page.Text{
		event.OwnerBucket: "owns the bucket", event.OwnerIdentity: "has the caller", event.OwnerKey: "owns the KMS key",
	}[in.Owner]
	return "The trail of account " + page.Text(in.Unread) + ", which " + has + ", was not read"
}

// extent says how many denials an ongoing incident has so far, or in the window if it
// started before it.
func (s *sections) extent(in *model.Incident) page.Text {
	last := "; the last was on " + words.Moment(in.LastSeen, s.r.Window)
	if in.Denials == 1 {
		last = " on " + words.Moment(in.LastSeen, s.r.Window)
	}
	since := page.Text(" so far")
	if in.Onset.Before(s.r.Window.From) {
		since = " in this window"
	}
	if in.Proof != nil && in.Denials > 1 { // which says how many they are
		return words.Capital("the last denial was on ") + words.Moment(in.LastSeen, s.r.Window) + " (" + s.seeIncident(in) + ")."
	}
	return words.Capital(words.Plural(in.Denials, "denial")) + since + last + " (" + s.seeIncident(in) + ")."
}

// callers counts or names the principals of an incident, with the verb.
func callers(in *model.Incident) page.Text {
	if in.Principals == 1 && len(in.Members) > 0 {
		return words.Principal(in.Members[0]) + " is"
	}
	kind := page.Text("principal")
	if len(in.Members) > 0 {
		kind = words.Kind(in.Members[0].PrincipalType)
	}
	for _, g := range in.Members {
		if words.Kind(g.PrincipalType) != kind {
			kind = "principal"
		}
	}
	return words.Plural(in.Principals, kind) + namesOf(in) + " " + words.Is(in.Principals)
}

// mostCallers is how many principals a headline names. The table of the incident has more.
const mostCallers = 3

// namesOf names the principals of an incident in brackets, if they are few roles or users.
func namesOf(in *model.Incident) page.Text {
	if in.Principals > mostCallers {
		return ""
	}
	var list []string
	for _, g := range in.Members {
		if t := g.PrincipalType; t != "role" && t != "user" {
			return ""
		}
		if !slices.Contains(list, g.Principal) {
			list = append(list, g.Principal)
		}
	}
	if len(list) != in.Principals { // filters leave out some
		return ""
	}
	var names []page.Text
	for _, p := range list {
		names = append(names, page.Name(arn.Last(identity.Key(p))))
	}
	return " (" + page.Join(names, ", ") + ")"
}

// where says on which buckets an incident denies access.
func where(in *model.Incident) page.Text {
	switch {
	case in.Buckets == 1:
		for _, g := range in.Members {
			if g.Bucket != "" {
				return " access to " + page.Name(g.Bucket)
			}
		}
		return " access to 1 bucket"
	case in.Buckets > 1:
		return " access to " + words.Plural(in.Buckets, "bucket")
	case len(in.Members) > 0:
		return " " + page.Name(in.Members[0].Action)
	}
	return ""
}

// moreOften says that the same callers were already being denied before.
func moreOften(in *model.Incident) page.Text {
	if in.All > in.Denials {
		return " more often than before"
	}
	return ""
}

// deedTime says when a change came: how long before the onset, or at which time if the
// onset is not known exactly, since the time that is printed for it may be earlier.
func (s *sections) deedTime(in *model.Incident, l group.Link) page.Text {
	if in.OnsetLow.Equal(in.OnsetHigh) {
		return words.Lag(l.Lag) + " earlier"
	}
	return "on " + words.Moment(s.r.Changes[l.Change].Time, s.r.Window)
}

// steady is the first paragraph where no incident is ongoing: what S3 denied in total,
// and the policy with the most recent denials.
func (s *sections) steady() page.Text {
	t := s.r.Totals
	if t.Denials == 1 && len(s.r.Groups) == 1 {
		g := &s.r.Groups[0]
		return page.Bold("S3 denied 1 request: "+words.Principal(g)+", "+actionOnBucket(g)+", on "+
			words.Moment(g.FirstSeen, s.r.Window)+" UTC.") + " " + words.CauseOfRequest(mainCause(g)) + "."
	}
	state := page.Text("no incident was found")
	if len(s.r.Incidents) > 0 {
		state = "no incident is ongoing"
	}
	whom := words.Plural(t.Principals, "principal")
	if t.Buckets > 0 {
		whom += " on " + words.Plural(t.Buckets, "bucket")
	}
	lead := page.Bold("S3 denied "+words.Plural(t.Denials, "request")+" of "+whom+"; "+state+".") + " "
	if len(s.m.Fixes) == 0 || s.m.Fixes[0].Policy.Recent == 0 {
		return lead + "The last denial was on " + words.Moment(s.m.Latest, s.r.Window) + " UTC."
	}
	p := s.m.Fixes[0].Policy
	return lead + "Since " + s.recentStart() + ", " + words.Plural(p.Recent, "denial") + " " +
		words.Belong(p.Recent) + " to this policy: " + words.PolicyTitle(p) + ". " +
		words.CauseOfRequests(aggregate.Cause{Cause: p.Cause, PolicyARN: p.ARN, WhyNotTold: p.WhyNotTold}) + "."
}

// mainCause returns the cause with the most denials of a group.
func mainCause(g *aggregate.Group) aggregate.Cause {
	if len(g.Causes) == 0 {
		return aggregate.Cause{Cause: event.Unrecognized}
	}
	return g.Causes[0]
}
