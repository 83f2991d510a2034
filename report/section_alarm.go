package report

import (
	"slices"

	"trail403/aggregate"
	"trail403/report/advice"
	"trail403/report/page"
)

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
	named := page.Join(users[:min(len(users), maxThings)], ", ")
	if rest := len(users) - maxThings; rest > 0 {
		named += " and " + comma(rest) + " more"
	}
	s.Notice(page.Alarm, "Alarm", "AWS found an access key of "+named+" in public and put it under quarantine, which refused "+
		plural(denials, "request")+". Treat the key as stolen, and do NOT detach the quarantine policy: see Alarms.")
}

// alarms writes what to do about them. The policies that refuse them are not to
// fix, so that they stand apart from those that are.
func (s *sections) alarms() {
	list := s.quarantines()
	if len(list) == 0 {
		return
	}
	s.Heading(2, "Alarms")
	for _, p := range list {
		f := s.fixOf(p, s.refusedBy(p))
		s.Heading(3, page.Toned(page.Alarm, "Quarantine:")+" "+policyTitle(p))
		s.policyFacts(p, f.groups)
		s.advise(&f)
	}
}

// quarantines returns the policies by which AWS has put users under quarantine.
func (s *sections) quarantines() (list []*aggregate.Policy) {
	for i := range s.r.Policies {
		if p := &s.r.Policies[i]; advice.IsQuarantine(p.ARN) {
			list = append(list, p)
		}
	}
	return list
}
