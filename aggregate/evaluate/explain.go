package evaluate

import (
	"strconv"

	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Explanation is what the documents say about a denial.
type Explanation struct {
	// Findings are the statements that deny the request, those that may, or the Allow
	// that comes nearest. There are none if no document of the kind is known.
	Findings []Finding
	// Disagrees says how the documents contradict the message, and is empty if they
	// do not. The message is right: it was there.
	Disagrees string
}

// Explain explains a denial by the documents that its cause points to. The message
// names the policy's ARN or none.
func Explain(r *Request, policies []Policy, cause event.Cause, policyARN string) Explanation {
	var concerned []*Policy
	for i := range policies {
		p := &policies[i]
		if (cause.Policy() == "" || p.Kind == cause.Policy()) && (policyARN == "" || p.isNamed(policyARN)) {
			concerned = append(concerned, p)
		}
	}
	switch {
	case len(concerned) == 0:
		return Explanation{}
	case cause.Effect() == event.Explicit:
		return explicit(r, concerned, cause)
	case cause.Effect() == event.Implicit:
		return implicit(r, concerned)
	case cause.Policy() != "" || cause == event.NotTold || cause == event.Truncated:
		return untold(r, concerned)
	}
	return Explanation{} // no policy denied the request, but a setting
}

// explicit finds the Deny statements that are about the request.
func explicit(r *Request, policies []*Policy, cause event.Cause) Explanation {
	refuses, mayRefuse := deniers(r, policies)
	switch {
	case len(refuses) > 0:
		return Explanation{Findings: refuses}
	case len(mayRefuse) > 0:
		return Explanation{Findings: mayRefuse}
	}
	text := "The message reports a Deny statement, but none in the documents that were read is about this request. " +
		"The policy may have been another one at that time."
	if cause == event.ResourceExplicit {
		text += " S3 uses the same message when the RestrictPublicBuckets setting denies a request."
	}
	return Explanation{Disagrees: text}
}

// deniers returns the Deny statements that are about the request, and those that
// may be.
// They are only as many as somebody would read, the first ones.
func deniers(r *Request, policies []*Policy) (refuses, mayRefuse []Finding) {
	for _, p := range policies {
		for s := range p.statements(policydoc.Deny) {
			m := r.Match(p, s)
			f := Finding{Policy: p, Statement: s, Matches: Refuses, Unseen: m.Unseen}
			switch truth := m.Truth(); {
			case truth == policydoc.Holds && len(refuses) < maxDeniers:
				f.Why, f.Had = whyDenied(r, p, s)
				refuses = append(refuses, f)
			case truth == policydoc.Unseen && len(mayRefuse) < maxDeniers:
				f.Matches = MayRefuse
				f.Why, f.Had = whyDenied(r, p, s)
				mayRefuse = append(mayRefuse, f)
			}
		}
	}
	return refuses, mayRefuse
}

// maxDeniers bounds how many statements explain an explicit denial.
const maxDeniers = 10

// maxNearest bounds how many statements explain an implicit denial.
const maxNearest = 3

// implicit finds the Allow that comes nearest, for each thing that policies are
// attached to and that does not allow the request. An Allow that depends only on
// what the log does not show is one that misses: the message says so.
func implicit(r *Request, policies []*Policy) (e Explanation) {
	var places []string
	at := map[string][]*Policy{}
	for _, p := range policies {
		on := ""
		if p.Kind == event.SCP || p.Kind == event.RCP || p.Kind == event.ResourcePolicy {
			on = p.On
		}
		if at[on] == nil {
			places = append(places, on)
		}
		at[on] = append(at[on], p)
	}
	var allowing *Finding
	lacking := 0
	for _, on := range places {
		f, far, near := nearest(r, at[on])
		switch {
		case far < 0:
			allowing = &f
			continue
		case near && len(e.Findings) < maxNearest:
			e.Findings = append(e.Findings, f)
		}
		lacking++
	}
	if lacking == 0 && allowing != nil {
		e.Disagrees = "The message reports that no statement allows this request, but statement " +
			strconv.Itoa(allowing.Statement.Number) + " of a document that was read does. " +
			"The policy may have been another one at that time."
	}
	return e
}

// untold finds the Deny statements that are about a request whose message gives no
// reason, or names a policy but not what in it denied the request. One of them is
// enough to deny it, and the reason can still be another one.
func untold(r *Request, policies []*Policy) Explanation {
	refuses, _ := deniers(r, policies)
	return Explanation{Findings: refuses}
}
