package report

import (
	"cmp"
	"slices"

	"trail403/aggregate"
	"trail403/report/advice"
	"trail403/report/page"
)

// quarantinePolicy stands for all versions of the policy that AWS attaches to a
// user whose access key was found in public: what to do is the same.
const quarantinePolicy = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"

// alarm says before all else whose access keys are known to be in wrong hands.
func (s *sections) alarm() {
	var users []page.Text
	denials := 0
	for i := range s.r.Groups {
		g := &s.r.Groups[i]
		for _, c := range g.Causes {
			if !advice.IsQuarantine(c.PolicyARN) {
				continue
			}
			denials += c.Denials
			if name := principalWords(g); !slices.Contains(users, name) {
				users = append(users, name)
			}
		}
	}
	if len(users) == 0 {
		return
	}
	named := page.Join(users[:min(len(users), maxCauses)], ", ")
	if rest := len(users) - maxCauses; rest > 0 {
		named += " and " + comma(rest) + " more"
	}
	s.Notice(page.Alarm, "Alarm", "AWS found an access key of "+named+" in public and put it under quarantine, which refused "+
		plural(denials, "request")+". Treat the key as stolen; see What to do.")
}

// advice writes once for each cause what it means and what to do. The texts are
// the general ones: which names to fill in stands in the tables above, and
// `explain` fills them in for one denial.
func (s *sections) advice() {
	causes := mergeCauses(s.r.Causes, func(c aggregate.Cause) aggregate.Cause {
		arn := ""
		if advice.IsQuarantine(c.PolicyARN) {
			arn = quarantinePolicy
		}
		return aggregate.Cause{Cause: c.Cause, WhyNotTold: c.WhyNotTold, PolicyARN: arn}
	})
	if len(causes) == 0 {
		return
	}
	// An alarm is never cut off, however few denials it has.
	slices.SortStableFunc(causes, func(a, b aggregate.Cause) int {
		return cmp.Compare(b.PolicyARN, a.PolicyARN)
	})
	s.Heading(2, "What to do")
	top := s.top(len(causes))
	for _, c := range causes[:top] {
		a := advice.General(c.Cause, c.WhyNotTold)
		if c.PolicyARN != "" {
			a = advice.For(advice.Case{Cause: c.Cause, PolicyARN: c.PolicyARN})
		}
		if a.Alarm {
			s.Heading(3, page.Toned(page.Alarm, "AWS has put the user under quarantine "+page.Name(policyName(c.PolicyARN))))
		} else {
			s.Heading(3, causeAndID(c))
		}
		s.Paragraph(page.Quoted(a.Meaning + " Fix is with: " + a.OwnerText + "."))
		for _, step := range a.NextSteps {
			s.Step(page.Quoted(step))
		}
	}
	if top < len(causes) {
		s.Paragraph("Not shown: " + plural(len(causes)-top, "cause") + ". " + page.Code("--top 0") + " shows all.")
	}
	s.Paragraph("S3 names one refusal at a time: repeat the call after a fix, the next may show. " + page.Code("trail403 explain") +
		" says the same for one denial, with its names filled in.")
}
