package report

import (
	"slices"

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
		plural(denials, "request")+". Treat the key as stolen; see What to do.")
}
