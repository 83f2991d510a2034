package sections

import (
	"time"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/report/page"
	"trail403/report/words"
)

// maxUnreadText is how many characters are shown of why a policy was not read.
const maxUnreadText = 300

// live says what AWS answered about policies, and which are missing.
func (s *sections) live() {
	r := s.r.Live
	if r == nil {
		return
	}
	if r.At.IsZero() {
		s.Bullet(page.Bold("Policies from AWS:") + " none were read. The records and files have what the denials name")
		return
	}
	s.Bullet(page.Bold("Policies from AWS:") + " " + policies(r.Documents) + " read with " +
		words.Plural(r.Calls, "call") + ", as of " + page.Text(r.At.Format(time.DateTime)) +
		" UTC. A policy can have been another one when it denied a request")
	for i := range r.Settings {
		if t := words.BucketSettings(&r.Settings[i]); t != "" {
			s.Below(t)
		}
	}
	for i := range r.Notes {
		s.Below(unread(&r.Notes[i]))
	}
	if n := len(r.Failures) + r.MoreFailures; n > 0 {
		s.Bullet(page.Toned(page.Warning, page.Bold("Policies that AWS did not return:")) + " " + words.Plural(n, "failure"))
	}
	for i := range r.Failures[:min(len(r.Failures), maxNamed)] {
		s.Below(unread(&r.Failures[i]))
	}
	if more := len(r.Failures) - maxNamed; more > 0 || r.MoreFailures > 0 {
		more = max(more, 0) + r.MoreFailures
		s.Below("and " + words.Comma(more) + " more")
	}
}

func policies(n int) page.Text {
	if n == 1 {
		return "1 policy was"
	}
	return words.Comma(n) + " policies were"
}

// unread says what was not read, why, and what to do.
func unread(u *event.Unread) (t page.Text) {
	switch {
	case u.Of.Name != "":
		t = page.Code(u.Of.Name)
		if u.Account != "" && !arn.Valid(u.Of.Name) {
			t += " (account " + page.Text(u.Account) + ")"
		}
		t += ": "
	case u.Account != "":
		t = "account " + page.Text(u.Account) + ": "
	}
	if u.Call != "" {
		t += page.Code(u.Call) + ": "
	}
	t += page.CodeUpTo(u.Why, maxUnreadText)
	if u.Hint != "" {
		t += ". To read it, " + page.Quoted(u.Hint)
	}
	return t
}
