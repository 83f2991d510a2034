package words

import (
	"strconv"
	"time"

	"trail403/aggregate"
	"trail403/aggregate/evaluate"
	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
	"trail403/report/page"
)

// maxWhy is how many characters of what a document says are shown in a sentence.
const maxWhy = 300

// Statement names a statement by its Sid, or else its number, and by its policy.
func Statement(s *aggregate.Statement) page.Text {
	return StatementName(s) + " of the " + statementPolicy(s)
}

// StatementName names a statement by its Sid, or else its number in the document.
func StatementName(s *aggregate.Statement) page.Text {
	if s.Sid != "" {
		return "statement " + page.Name(s.Sid)
	}
	return "statement " + page.Text(strconv.Itoa(s.Number))
}

// statementPolicy names the policy that a statement belongs to.
func statementPolicy(s *aggregate.Statement) page.Text {
	kind := policyKinds[s.Kind]
	on, ok := arn.Parse(s.On)
	switch {
	case s.Kind == event.ResourcePolicy && ok && on.Service == "kms":
		return "key policy of " + page.Name(arn.Last(s.On))
	case s.Kind == event.ResourcePolicy && ok && on.Service == "s3":
		return "policy of access point " + page.Name(arn.Last(s.On))
	case s.Kind == event.ResourcePolicy:
		return "bucket policy of " + page.Name(s.On)
	case s.Kind == event.EndpointPolicy:
		return "policy of VPC endpoint " + page.Name(s.On)
	case arn.Valid(s.Name):
		return kind + " " + PolicyARN(s.Name)
	case s.Name == "" || s.Name == s.On:
		return kind + " of " + page.Name(arn.Last(s.On))
	case s.On == "":
		return kind + " " + page.Name(s.Name)
	}
	return kind + " " + page.Name(s.Name) + " of " + page.Name(arn.Last(s.On))
}

// Blocks says which statement of a change blocks the requests of an incident, and when it
// does, or which one allowed them before the change.
func Blocks(p *aggregate.Proof) page.Text {
	if p.Effect == policydoc.Allow {
		policy := "The " + statementPolicy(&p.Statement)
		if p.IsRemoved {
			return policy + " no longer contains " + StatementName(&p.Statement) + ", which allowed these requests"
		}
		return policy + " no longer allows these requests, because " + StatementName(&p.Statement) + " was changed"
	}
	t := Capital(Statement(&p.Statement)) + " blocks these requests"
	if p.Condition != "" {
		t += " " + page.CodeUpTo(p.Condition, maxWhy)
	}
	return t
}

// RemedyOf says in a few words what to change about the statement of a proof.
func RemedyOf(p *aggregate.Proof) page.Text {
	switch {
	case p.Effect == policydoc.Allow:
		return "restore " + StatementName(&p.Statement) + ", if the callers need it"
	case p.Condition != "":
		return "narrow " + StatementName(&p.Statement) + ", or meet its conditions"
	}
	return "narrow " + StatementName(&p.Statement)
}

// Explains says how many of the denials of an incident a statement explains.
func Explains(p *aggregate.Proof) page.Text {
	subject := page.Text("The statement")
	if p.IsRemoved {
		subject = "The removal"
	}
	switch {
	case p.Of == 1:
		return subject + " explains the denial"
	case p.Explained == p.Of:
		return subject + " explains all " + Comma(p.Of) + " denials"
	}
	return subject + " explains " + Comma(p.Explained) + " of " + Plural(p.Of, "denial") +
		"; whether it explains the others is not known"
}

// Matches says what a statement has to do with denials.
func Matches(s *aggregate.Statement) page.Text {
	t := matchText(s)
	if s.File == event.FromAWS {
		t += ". AWS had this policy on " + page.Text(s.Read.Format(time.DateTime)) + " UTC"
	}
	return t
}

func matchText(s *aggregate.Statement) page.Text {
	name, denials := Capital(Statement(s)), Plural(s.Denials, "denial")
	switch s.Matches {
	case evaluate.Refuses:
		return name + " explains " + denials + ": " + page.CodeUpTo(s.Text, maxWhy)
	case evaluate.MayRefuse:
		return name + " may explain " + denials + ". The records do not show " + unseenNames(s.Unseen) + ": " +
			page.CodeUpTo(s.Text, maxWhy)
	}
	lead := page.Text("The nearest Allow for ")
	if s.Effect != policydoc.Allow {
		lead = "The nearest statement for "
	}
	return lead + denials + " is " + Statement(s) + ". It does not match them: " + page.CodeUpTo(s.Why, maxWhy)
}

func unseenNames(names []string) page.Text {
	var list []page.Text
	for _, n := range names[:min(len(names), MaxThings)] {
		list = append(list, page.Name(n))
	}
	if more := len(names) - len(list); more > 0 {
		list = append(list, Comma(more)+" more")
	}
	return Listed(list)
}
