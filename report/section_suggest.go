package report

import (
	"bytes"
	"encoding/json"

	"trail403/aggregate"
	"trail403/report/page"
	"trail403/report/suggest"
)

// suggestions writes the statements that would allow what was refused, if they
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
		s.Paragraph("There is nothing to suggest: no principal with a name, of an account whose trail was read, lacks just an Allow.")
	}
	top := s.top(len(list))
	for i := range list[:top] {
		s.suggestion(&list[i])
	}
	if top < len(list) {
		s.Paragraph("Not shown: " + comma(len(list)-top) + " of " + plural(len(list), "principal") + ". " + page.Code("--top 0") + " shows all.")
	}
	if denied > 0 {
		s.Paragraph("For " + plural(denied, "other principal") + " nothing is suggested: a Deny refuses, which no Allow can lift. Policies to fix names it.")
	}
}

// suggestion writes what one principal would need.
func (s *sections) suggestion(one *suggest.Suggestion) {
	s.Heading(3, callerWords(one.Principal))
	for _, p := range one.Policies {
		s.Bullet(page.Bold("Attach to "+attachWords(&p, one.Principal)) + ", for " + plural(p.Denials, "denial") + ":")
		s.Listing("json", documentText(&p.Document))
		for _, n := range p.Notes {
			s.Bullet(page.Sentence(n))
		}
	}
	for _, d := range one.Denies {
		words := "Denied, whatever is allowed: " + causeWords(aggregate.Cause{Cause: d.Cause, PolicyARN: d.PolicyARN})
		if d.Bucket != "" {
			words += " on " + page.Name(d.Bucket)
		}
		s.Bullet(words + ", " + plural(d.Denials, "denial"))
	}
	for _, n := range one.Notes {
		s.Bullet(page.Sentence(n))
	}
}

// documentText writes a policy document as people do. A document holds nothing but
// strings, so nothing of it can fail.
func documentText(d *suggest.Document) string {
	text, _ := json.Marshal(d)
	var lines bytes.Buffer
	json.Indent(&lines, escapeJSON(text), "", "  ")
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
		return "an identity policy of " + callerWords(principal)
	case suggest.Boundary:
		return "the permissions boundary of " + callerWords(principal)
	case suggest.Session:
		return "the session policy of " + callerWords(principal)
	case suggest.SCP:
		return "an SCP above account " + page.Name(p.Target)
	case suggest.Bucket:
		return "the bucket policy of " + page.Name(p.Target)
	case suggest.Key:
		return "the key policy of " + page.Name(p.Target)
	}
	return "the policy of VPC endpoint " + page.Name(p.Target)
}
