package words

import (
	"trail403/aggregate"
	"trail403/aggregate/amendment"
	"trail403/report/page"
)

// Simulation says what a policy would have done to the denials that were seen.
func Simulation(s *amendment.Simulation) page.Text {
	t := page.Text("In a simulation, this policy would then allow ")
	switch {
	case s.Of == 1 && s.Allowed == 1:
		t += "the request"
	case s.Of == 2 && s.Allowed == 2:
		t += "both requests"
	case s.Allowed == s.Of:
		t += "all " + Plural(s.Of, "request")
	default:
		t += Comma(s.Allowed) + " of " + Plural(s.Of, "request")
	}
	if s.Unknown > 0 {
		t += " (" + Comma(s.Unknown) + " more cannot be judged by what the log shows)"
	}
	switch {
	case s.Others > 0:
		t += ", and " + Plural(s.Others, "other denied request")
	case s.Unsure == 0:
		t += ", and nothing else that was denied"
	}
	if s.Unsure > 0 {
		t += ". Whether it would allow " + Plural(s.Unsure, "other denied request") +
			" depends on what the log does not show"
	}
	return t
}

// Exception asks whether a Deny statement should have an exception for a principal.
func Exception(x *amendment.Exception, st *aggregate.Statement, principal string) page.Text {
	t := "Should " + Statement(st) + " apply to " + Caller(principal) + "? "
	if x.HasConditions {
		t += "If so, the requests have to meet what it asks for. "
	}
	t += "If not, the narrowest exception is "
	if x.Exists {
		t += "to add " + page.Name(x.Principal) + " to its condition " + page.Name(x.Operator+" "+x.Key)
	} else {
		t += "one more condition, " + page.Name(x.Operator+" "+x.Key+" "+x.Principal)
	}
	return t + ". " + Capital(Plural(x.Denials, "request")) + " would then no longer match it"
}
