package advice

import (
	"slices"
	"strconv"
	"strings"

	"trail403/aggregate"
	"trail403/aggregate/evaluate"
	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// withStatement makes the steps exact for the statement that is known. The first step that
// looks for it names it, and the others are left out.
func withStatement(f *facts, steps []step) []step {
	s := f.Statement
	if s == nil || !slices.ContainsFunc(steps, func(st step) bool { return st.part == finds }) {
		return steps
	}
	named, blocks := false, s.Effect == policydoc.Deny && s.Matches != evaluate.MayRefuse
	var list []step
	for _, st := range steps {
		switch {
		case st.part == finds && !named:
			named = true
			list = append(list, step{exact: f.statementStep()})
		case st.part == finds:
		case blocks && (st.part == elsewhere || st.part == asks && s.Condition == ""):
		case blocks && st.part == asks:
			list = append(list, step{text: meetCondition})
		default:
			list = append(list, st)
		}
	}
	return list
}

const meetCondition = "If {it} can make the request in a way that the statement does not deny, change the request and leave the policy as it is."

// statementStep names the statement, and says what it does and how to read it.
func (f *facts) statementStep() string {
	s := f.Statement
	where := "In " + f.statementPolicy() + ", "
	name := f.statementName()
	var does string
	switch {
	case s.Effect == policydoc.Allow && f.Lost:
		return where + "restore " + name + ", which allowed these requests before the change, if they are needed." + f.readStatement()
	case s.Effect == policydoc.Allow:
		return where + name + " is the Allow that comes nearest. Compare it with the request." + f.readStatement()
	case s.Matches == evaluate.MayRefuse:
		var unseen []string
		for _, n := range s.Unseen {
			unseen = append(unseen, code(n))
		}
		does = " may block these requests. That depends on " + strings.Join(unseen, ", ") + ", which the log does not show"
	default:
		does = " blocks these requests"
		if s.Condition != "" {
			does += " " + conditionCode(s.Condition)
		}
	}
	return where + name + does + "." + f.readStatement()
}

// conditionCode returns a condition in words as code. It begins with "if" or "unless", so that
// it cannot pass for a command without the quotes that other texts with spaces have.
func conditionCode(words string) string {
	return "`" + strings.TrimSuffix(strings.TrimPrefix(text(words), `"`), `"`) + "`"
}

// statementName names the statement by its number, and by its Sid if it has one.
func (f *facts) statementName() string {
	name := "statement " + strconv.Itoa(f.Statement.Number)
	if f.Statement.Sid != "" {
		name += " (" + code(f.Statement.Sid) + ")"
	}
	return name
}

// statementPolicy names the policy that has the statement.
func (f *facts) statementPolicy() string {
	s := f.Statement
	on, isARN := arn.Parse(s.On)
	switch {
	case s.Kind == event.ResourcePolicy && isARN && on.Service == "kms":
		return "the policy of the KMS key " + code(arn.Last(s.On))
	case s.Kind == event.ResourcePolicy && isARN:
		return "the policy of the access point " + code(arn.Last(s.On))
	case s.Kind == event.ResourcePolicy:
		return "the bucket policy of " + code(s.On)
	case s.Kind == event.EndpointPolicy:
		return "the policy of VPC endpoint " + code(s.On)
	case s.Kind == event.SCP || s.Kind == event.RCP:
		return "the " + strings.ToUpper(string(s.Kind)) + " " + code(arn.Last(s.Name))
	case s.Kind == event.Boundary:
		return "the permissions boundary " + code(arn.Last(s.Name))
	case arn.Valid(s.Name):
		return "the managed policy " + code(arn.Last(s.Name))
	}
	return "the inline policy " + code(s.Name)
}

// readStatement returns the command that reads the policy, or nothing where the name of the
// policy is better not pasted.
func (f *facts) readStatement() string {
	s := f.Statement
	var command string
	switch {
	case s.Kind == event.ResourcePolicy && strings.Contains(s.On, ":kms:"):
		command = readKeyStatement
	case s.Kind == event.ResourcePolicy && arn.Valid(s.On):
		command = readBucketPolicy
	case s.Kind == event.ResourcePolicy:
		command = readBucketStatement
	case s.Kind == event.EndpointPolicy:
		command = readEndpointStatement
	case s.Kind == event.SCP || s.Kind == event.RCP:
		command = readOrganizationStatement
	case arn.Valid(s.Name):
		command = readPolicy
	case f.inlineOf() != "" && word(s.Name) != "":
		command = readInlineStatement
	default:
		return ""
	}
	return " Read it: " + f.expand(command)
}

// inlineOf returns the name of the caller if the inline policy is its own, and not that of
// a group.
func (f *facts) inlineOf() string {
	if arn.Last(f.Statement.On) != f.name() {
		return ""
	}
	return f.name()
}

// StatementOf returns the statement of a finding as a case has it.
func StatementOf(f *evaluate.Finding) *aggregate.Statement {
	return &aggregate.Statement{
		Kind: f.Policy.Kind, Name: f.Policy.Name, On: f.Policy.On, Sid: f.Statement.Sid, Number: f.Statement.Number,
		Effect: f.Statement.Effect, Condition: f.Statement.ConditionWords(), Matches: f.Matches, Why: f.Why, Unseen: f.Unseen,
	}
}
