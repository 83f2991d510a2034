package sections

import (
	"bytes"
	stdjson "encoding/json"

	"trail403/aggregate"
	"trail403/report/json"
	"trail403/report/page"
	"trail403/report/suggest"
	"trail403/report/words"
)

// suggestions writes the statements that would allow what was denied, if they
// were asked for.
func (s *sections) suggestions() {
	if !s.o.Suggest || s.r.Totals.Denials == 0 {
		return
	}
	s.Heading(2, "Suggested statements")
	s.Notice(page.Warning, "Warning", page.Text(suggest.Warning))
	var list []suggest.Suggestion
	denied := 0
	for _, one := range suggest.For(s.r) {
		if len(one.Policies) == 0 {
			denied++
			continue
		}
		list = append(list, one)
	}
	if len(list) == 0 {
		s.Paragraph("There is nothing to suggest. " +
			"No denial is just a missing Allow of a named principal whose account's trail was read.")
	}
	top := s.top(len(list))
	for i := range list[:top] {
		s.suggestion(&list[i])
	}
	if top < len(list) {
		s.Paragraph("Not shown: " + words.Comma(len(list)-top) + " of " + words.Plural(len(list), "principal") +
			". " + page.Code("--top 0") + " shows all.")
	}
	if denied > 0 {
		s.Paragraph("For " + words.Plural(denied, "other principal") +
			" there is no suggestion: a Deny blocks the requests, and no Allow overrides a Deny. See " +
			page.Link(atPolicies, "Policies") + ".")
	}
}

// suggestion writes what one principal would need.
func (s *sections) suggestion(one *suggest.Suggestion) {
	s.Heading(3, words.Caller(one.Principal))
	for i := range one.Policies {
		s.suggestedPolicy(one, &one.Policies[i])
	}
	for i := range one.Denies {
		s.suggestedException(one, &one.Denies[i])
	}
	for _, n := range one.Notes {
		s.Bullet(page.Sentence(n))
	}
}

// suggestedPolicy writes what to change about one policy.
func (s *sections) suggestedPolicy(one *suggest.Suggestion, p *suggest.Policy) {
	for i := range p.Edits {
		e := &p.Edits[i]
		s.Bullet(page.Bold("Add to "+words.Statement(&e.Statement)) + ":")
		s.Listing("json", jsonText(e.Addition()))
		for _, n := range e.Notes {
			s.Bullet(page.Sentence(n))
		}
	}
	if p.InDocument > 0 {
		s.Bullet(page.Bold("Attach to "+attachWords(p, one.Principal)) + ", for " +
			words.Plural(p.InDocument, "denial") + ":")
		s.Listing("json", jsonText(&p.Document))
	}
	for _, n := range p.Notes {
		s.Bullet(page.Sentence(n))
	}
	if sim := p.Simulation; sim != nil {
		s.Bullet(words.Simulation(sim))
		for i := range sim.Blocked {
			st := suggest.StatementOf(&sim.Blocked[i])
			s.Bullet("As the documents are now, a Deny blocks some of these requests all the same: " + words.Statement(&st))
		}
	}
}

// suggestedException says what blocks requests, and asks whether there should be an
// exception.
func (s *sections) suggestedException(one *suggest.Suggestion, d *suggest.Deny) {
	blocked := "Blocked, whatever else is allowed: " +
		words.Cause(aggregate.Cause{Cause: d.Cause, PolicyARN: d.PolicyARN})
	if d.Bucket != "" {
		blocked += " on " + page.Name(d.Bucket)
	}
	s.Bullet(blocked + ", " + words.Plural(d.Denials, "denial"))
	for _, x := range d.Exceptions {
		st := suggest.StatementOf(&x.Place)
		s.Below(words.Exception(x, &st, one.Principal))
	}
}

// jsonText writes a policy document, or a part of one, as people do. It holds nothing but
// strings, so nothing of it can fail.
func jsonText(d any) string {
	text, _ := stdjson.Marshal(d)
	var lines bytes.Buffer
	stdjson.Indent(&lines, json.Escape(text), "", "  ")
	return lines.String()
}

// attachWords says where a policy belongs, as suggest.Policy.Attach does, but with
// names as code.
func attachWords(p *suggest.Policy, principal string) page.Text {
	switch p.Kind {
	case suggest.Identity:
		if set := suggest.PermissionSet(principal); set != "" {
			return "the permission set " + page.Name(set) + " in IAM Identity Center"
		}
		return "an identity policy of " + words.Caller(principal)
	case suggest.Boundary:
		return "the permissions boundary of " + words.Caller(principal)
	case suggest.Session:
		return "the session policy of " + words.Caller(principal)
	case suggest.SCP:
		return "an SCP above account " + page.Name(p.Target)
	case suggest.Bucket:
		return "the bucket policy of " + page.Name(p.Target)
	case suggest.Key:
		return "the key policy of " + page.Name(p.Target)
	}
	return "the policy of VPC endpoint " + page.Name(p.Target)
}
