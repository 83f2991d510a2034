// Package advice says in plain words what the cause of a denial means, who can
// fix it, what to do next, and how to check that the fix worked.
//
// Every cause has one entry of data. It reads in two ways: in general, for
// documents, and for one case, with the names of the role, the bucket and the
// policy filled in. The steps follow the order that AWS recommends: the message,
// the bucket policy, the identity policies, the other account, the settings of
// public access, the organization.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
//
// Some denials are intended. No advice widens access for an anonymous caller, for
// a caller from another or unknown account, or for a user whose key is known to be
// stolen; see guards.go.
//
// The files, in an order in which each uses only those after it:
//
//  1. advice.go: For and General choose an entry and fill it in.
//  2. guards.go: entries that replace those of the cause for strangers.
//  3. entries.go: the tables of entries, which policies.go, organization.go,
//     service.go, credential.go, key.go, untold.go and strangers.go hold. identity.go
//     and things.go replace entries for some callers and some resources.
//  4. statement.go: the steps where the statement is known.
//  5. commands.go: the commands that several entries share.
//  6. owner.go, entry.go, condition.go: what an entry is.
//  7. expand.go, names.go, thing.go, facts.go, quote.go, case.go: what is known of a case.
//
// hint.go, hints_special.go and hints.go are about groups; they use quarantine.go alone.
// fetch.go names the commands that fetch policies.
package advice

//go:generate go test -run Document$ -count=1 . -update

import (
	"slices"

	"trail403/ingest/event"
)

// Advice is what to say about a cause. Its texts contain no characters that act
// on a terminal. Names and commands are in backquotes, which nothing that comes
// from a log can close. A span that starts with "aws " is a command, and safe to
// paste into a shell.
type Advice struct {
	Reason    string      // what denied the request, as the end of "Reason: "
	Meaning   string      // a few sentences
	Owner     event.Owner // who can fix it
	OwnerText string      // the same for people, by name
	NextSteps []string
	Check     string // how to check that the fix worked
	Alarm     bool   // not a matter of permissions: an access key is in the wrong hands
}

// For returns the advice for one denial. A cause that is not known counts as
// unrecognized, and a WhyNotTold that is not known as unknown.
func For(c Case) Advice { return (&facts{Case: c}).advise() }

// General returns the advice for a cause where no case is at hand. Steps that
// apply to some cases only say to which.
func General(cause event.Cause, why string) Advice {
	return (&facts{Case: Case{Cause: cause, WhyNotTold: why}, general: true}).advise()
}

// advise fills the facts into the entry for the case.
func (f *facts) advise() Advice {
	e := entryOf(f)
	steps := withMissingObject(f, withStatement(f, e.steps))
	if g := guard(f); g != nil && !e.harmless {
		guarded := *g
		guarded.reason = e.reason
		e, steps = guarded, g.steps
	}
	a := Advice{
		Reason: f.expand(e.reason), Meaning: f.expand(e.meaning),
		Owner: f.ownerOf(&e), Check: f.expand(orElse(e.check, repeatCall)), Alarm: e.alarm,
	}
	a.OwnerText = f.expand(orElse(e.fixer, ownerTexts[a.Owner]))
	if event.IsKMS(f.DeniedAction) && !e.aboutKey && !e.harmless {
		steps = append(slices.Clone(steps), step{text: notTheBucket})
	}
	for _, s := range steps {
		if words := s.words(f); words != "" {
			a.NextSteps = append(a.NextSteps, words)
		}
	}
	if f.RequestID != "" && f.Cause != event.NotAuthorization {
		a.NextSteps = append(a.NextSteps, f.expand(findRecord))
	}
	return a
}

// entryOf returns the entry for the cause of a case.
func entryOf(f *facts) entry {
	if e, ok := ofCaller(f); ok {
		return e
	}
	if e, ok := kmsEntries[f.Cause]; ok && event.IsKMS(f.DeniedAction) {
		return e
	}
	if e, ok := untold[f.WhyNotTold]; ok && f.Cause == event.NotTold {
		return e
	}
	if f.Cause.Policy() == event.ResourcePolicy && !event.IsKMS(f.DeniedAction) && !f.general && f.thing().kind != "" {
		return thingEntries[f.Cause == event.ResourceExplicit]
	}
	if e, ok := credentialEntries[f.Code]; ok && f.Cause == event.NotAuthorization {
		return e
	}
	if e, ok := entries[f.Cause]; ok {
		return e
	}
	return entries[event.Unrecognized]
}

// withMissingObject puts first that the object may be missing. Where that is
// known, no permission but the one to list the bucket would help.
func withMissingObject(f *facts, steps []step) []step {
	switch {
	case f.mayBeMissing() == No:
		return steps
	case f.mayBeMissing() == Yes:
		return []step{{text: checkObject}, {text: onlyToList}}
	}
	return append([]step{{text: checkObject, when: mayBeMissing}}, steps...)
}
