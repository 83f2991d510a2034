package sections

import (
	"trail403/report/page"
	"trail403/report/words"
)

// alarms writes what to do about access keys that are known to be in the wrong
// hands. The policies that put their users under quarantine are not to fix, so they
// are apart from those that are.
func (s *sections) alarms() {
	if len(s.m.Alarms) == 0 {
		return
	}
	s.Heading(2, "Alarms")
	for _, f := range s.m.Alarms {
		s.Heading(3, page.Toned(page.Alarm, "Quarantine:")+" "+words.PolicyTitle(f.Policy))
		s.policyFacts(f)
		s.advise(f, "")
	}
}
