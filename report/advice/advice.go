// Package advice says in plain words what the cause of a denial means, whose it
// is to fix, what to do next, and how to see that it worked.
//
// Every cause has one entry of data, which reads in two forms: in general, for
// documents, and for one case, with the names of the role, the bucket and the
// policy filled in. The order of the steps is AWS's own: the message, the bucket
// policy, the identity policies, the other account, the settings of public
// access, the organization.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
//
// A denial may be a policy that does its job. No advice widens access for an
// anonymous caller, a caller of another or unknown account, or a user whose key
// is known to be stolen; see guards.go.
package advice

//go:generate go test -run Document$ -count=1 . -update

import (
	"slices"
	"strings"

	"trail403/ingest/denial"
	"trail403/ingest/event"
)

// A Case is what is known of one denial. All texts may be hostile, and all but
// Cause may be empty.
type Case struct {
	Cause      event.Cause
	WhyNotTold string // one of Whys, only with the cause not-told
	PolicyARN  string // of the policy that refused

	Principal     string // as event.Denial has it
	PrincipalType string
	CallerAccount string

	EventName     string // GetObject; empty where only the message is at hand
	Action        string // s3:GetObject
	DeniedAction  string // the action that the message names
	Resource      string // usually an ARN
	Bucket        string
	BucketAccount string
	VPCEndpoint   string // vpce-…

	// Probing says that the denial is one of many by which a role or user tries what
	// it can reach.
	Probing bool
}

// Advice is what to say about a cause. Its texts are free of characters that act
// on a terminal. Names and commands stand between backquotes, which nothing
// that comes from a log can close; a command is safe to paste into a shell.
type Advice struct {
	Refused   string      // what refused, as the end of "Refused by: "
	Meaning   string      // one or two sentences
	Owner     event.Owner // whose it is to fix
	OwnerText string      // the same for people, by name
	NextSteps []string
	Check     string // how to see that it worked
	Alarm     bool   // not a matter of permissions: an access key is in wrong hands
}

// Whys returns every value of Case.WhyNotTold, in the order in which they are
// looked for.
func Whys() []string {
	return []string{
		denial.WhyAnonymous, denial.WhyDirectoryBucket, denial.WhyAWSService,
		denial.WhyOtherAccount, denial.WhyBeforeRollout, denial.WhyUnknown,
	}
}

// For returns the advice for one denial. A cause that is not known counts as
// unrecognized, and a why that is not known as unknown.
func For(c Case) Advice {
	f := &facts{Case: c}
	e := find(f)
	return f.advise(e)
}

// General returns the advice for a cause where no case is at hand. Steps that
// hold for some cases only say for which.
func General(cause event.Cause, why string) Advice {
	f := &facts{Case: Case{Cause: cause, WhyNotTold: why}, general: true}
	return f.advise(find(f))
}

// find returns the entry for a case.
func find(f *facts) *entry {
	e, ok := entries[f.Cause]
	switch {
	case f.Cause == event.NotTold:
		if e, ok = untold[f.WhyNotTold]; !ok {
			e = untold[denial.WhyUnknown]
		}
	case !ok:
		e = entries[event.Unrecognized]
	}
	if f.isKMS() {
		if k, ok := kmsEntries[f.Cause]; ok {
			e = k
		}
	}
	if g := guard(f); g != nil && !e.harmless {
		g := *g
		g.refused = e.refused
		return &g
	}
	return &e
}

// advise fills the facts into an entry.
func (f *facts) advise(e *entry) Advice {
	a := Advice{
		Refused: f.expand(e.refused), Meaning: f.expand(e.meaning),
		Owner: e.owner, OwnerText: f.expand(orElse(e.fixer, ownerTexts[e.owner])),
		Check: f.expand(orElse(e.check, repeat)), Alarm: e.alarm,
	}
	steps := e.steps
	if !f.general && len(steps) > 0 && steps[0].when == perhapsNoKey && perhapsNoKey.holds(f) == yes {
		steps = []step{steps[0], {text: onlyToList}} // a permission would solve nothing
	}
	if f.isKMS() && !e.aboutKey && !e.harmless {
		steps = append(slices.Clone(steps), step{text: notTheBucket})
	}
	for _, s := range steps {
		switch holds := s.holds(f); {
		case holds == yes:
			a.NextSteps = append(a.NextSteps, f.expand(s.text))
		case holds == maybe:
			a.NextSteps = append(a.NextSteps, "If "+s.when.label+", "+lowerFirst(f.expand(s.text)))
		}
	}
	return a
}

// lowerFirst turns the first word of a sentence into one within a sentence; names
// such as IAM stay.
func lowerFirst(s string) string {
	if len(s) > 1 && s[1] >= 'a' && s[1] <= 'z' || strings.HasPrefix(s, "A ") {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}
