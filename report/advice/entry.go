package advice

import "trail403/ingest/event"

// An entry is the advice for one cause. Its texts contain placeholders such as
// {who} and {BUCKET}; expand.go lists them.
type entry struct {
	reason  string // a phrase, for the end of "Reason: "
	meaning string
	// owner says who can fix it where that is not the owner of the policy or setting
	// that denied the request, which package event knows.
	owner event.Owner
	fixer string // who can fix it, in words; "" stands for ownerTexts
	steps []step
	check string // "" stands for repeatCall
	alarm bool

	// aboutKey says that the entry is about a KMS key already.
	aboutKey bool
	// harmless says that no step widens access, so that strangers get the entry too.
	harmless bool
}

// A step is one thing to do. A step with a condition is left out where the
// condition does not hold. Where it may hold, the step names it.
type step struct {
	text string
	when *condition
	part part
	// exact is the text of a step that has no placeholders, with names as prose has them.
	exact string
}

// part says what a step is for where the statement is known that the case is about.
type part int

const (
	toDo      part = iota // what to do, which stays as it is
	finds                 // where to find the statement: the statement is named instead
	asks                  // what the statement asks for
	elsewhere             // what it can be if no statement matches: it is left out
)

func (s step) holds(f *facts) Answer {
	switch {
	case s.when == nil:
		return Yes
	case f.general && s.when.label == "":
		return Yes
	case f.general:
		return Maybe
	}
	return s.when.holds(f)
}

// words returns the text of the step for a case, "" if the step does not apply.
func (s step) words(f *facts) string {
	switch answer := s.holds(f); {
	case s.exact != "":
		return s.exact
	case answer == Yes:
		return f.expand(s.text)
	case answer == Maybe:
		return "If " + s.when.label + ", " + lowerFirst(f.expand(s.text))
	}
	return ""
}

// lowerFirst turns the first word of a sentence into one within a sentence. Names
// such as IAM stay.
func lowerFirst(s string) string {
	if len(s) > 1 && 'A' <= s[0] && s[0] <= 'Z' && 'a' <= s[1] && s[1] <= 'z' {
		return string(s[0]+'a'-'A') + s[1:]
	}
	return s
}
