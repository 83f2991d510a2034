package amendment

import (
	"slices"
	"strings"

	"trail403/aggregate/evaluate"
	"trail403/aggregate/statement"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Exception is the narrowest exception to a Deny statement: for one principal.
type Exception struct {
	Place
	// Operator and Key are those of the condition that the principal is added to. Only if
	// Exists is set, the statement has it already.
	Operator, Key string
	Exists        bool
	Principal     string
	HasConditions bool // the statement denies only some ways to make a request
	Denials       int  // that the statement denies
}

const principalKey = "aws:PrincipalArn"

// exempting are the operators that except the values of a condition.
var exempting = []string{"arnnotequals", "arnnotlike", "stringnotequals", "stringnotlike"}

// Exceptions returns the exceptions to the Deny statements, as the documents are now, that
// deny requests for a cause. They are in the order in which the statements were found.
func (s *Seen) Exceptions(
	principal string, requests []statement.Denied, cause event.Cause, policyARN string,
) (list []*Exception) {
	for i := range requests {
		r := &requests[i]
		e := evaluate.Explain(r.Request, s.Policies(r), cause, policyARN)
		for _, f := range e.Findings {
			if f.Matches != evaluate.Refuses || !isPrincipalSeen(r) {
				continue
			}
			at := placeOf(f.Policy, f.Statement)
			n := slices.IndexFunc(list, func(x *Exception) bool { return x.isSame(&at) })
			if n < 0 {
				n = len(list)
				list = append(list, exceptionTo(at, f.Statement, principal))
			}
			list[n].Denials += r.Denials
		}
	}
	return list
}

// isPrincipalSeen says whether the record shows the key that an exception goes by.
func isPrincipalSeen(r *statement.Denied) bool {
	_, seen := r.Request.Context.Lookup(principalKey)
	return seen
}

func exceptionTo(at Place, s *policydoc.Statement, principal string) *Exception {
	x := &Exception{
		Place: at, Operator: "ArnNotEquals", Key: principalKey, Principal: principal,
		HasConditions: len(s.Conditions) > 0,
	}
	for i := range s.Conditions {
		c := &s.Conditions[i]
		if strings.EqualFold(c.Key, principalKey) && slices.Contains(exempting, strings.ToLower(c.Operator)) {
			x.Operator, x.Key, x.Exists = c.Operator, c.Key, true
			break
		}
	}
	return x
}

// JoinExceptions adds up exceptions to the same statements.
func JoinExceptions(list, more []*Exception) []*Exception {
	for _, x := range more {
		n := slices.IndexFunc(list, func(o *Exception) bool { return o.isSame(&x.Place) })
		if n < 0 {
			list = append(list, x)
		} else {
			list[n].Denials += x.Denials
		}
	}
	return list
}
