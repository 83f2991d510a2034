// Package filter decides which denials a report is about: those that the filter flags
// ask for, without those that a rule for known noise takes. Texts from a log are
// hostile here as everywhere, so the time to match one is proportional to its length.
package filter

import (
	"slices"
	"strings"

	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// Denial is what conditions look at.
type Denial struct {
	Principal, Action, Bucket, BucketAccount, Cause, PolicyARN string
	// Recipient is the account whose trail holds the record.
	Recipient string
	// Group and Incident are ids, empty before they are found.
	Group, Incident string
}

// view is a denial and what follows from its principal.
type view struct {
	*Denial
	key     string // the principal without its path
	account string // the account of the principal
}

func viewOf(d *Denial) *view {
	return &view{d, identity.Key(d.Principal), identity.AccountOf(d.Principal)}
}

// condition is a Condition whose glob was checked.
type condition struct {
	Condition
	pattern pattern
}

// newCondition returns an error for an invalid pattern, and for one that can match no
// denial.
func newCondition(field Field, text string) (condition, *Invalid) {
	p, problem := parsePattern(text)
	instead := ""
	if problem == "" {
		problem, instead = impossible(field, text, p)
	}
	if problem == "" {
		problem = impossibleEvent(field, text)
	}
	if problem != "" {
		return condition{}, &Invalid{problem, field, text, instead}
	}
	if field == AccessKey {
		return condition{Condition{field, masked(text)}, p}, nil
	}
	return condition{Condition{field, text}, p}, nil
}

// impossible says why a pattern that people are likely to write can match nothing, and
// what to write instead.
func impossible(field Field, text string, p pattern) (problem Problem, instead string) {
	if strings.Contains(text, ",") && !HasCommas(field) {
		return Comma, ""
	}
	switch field {
	case Account:
		if strings.Trim(text, "0123456789*?") != "" || len(text) != 12 && !strings.Contains(text, "*") {
			return NotAccount, ""
		}
	case Cause:
		if !slices.ContainsFunc(event.Causes(), func(c event.Cause) bool { return p.matches(string(c)) }) {
			return NoCause, ""
		}
	case Principal:
		if head, tail, ok := strings.Cut(text, ":assumed-role/"); ok {
			role, _, _ := strings.Cut(tail, "/")
			return IsSession, strings.Replace(head, ":sts:", ":iam:", 1) + ":role/" + role
		}
	case Bucket:
		if name, ok := bucketIn(text); ok {
			return NotName, name
		}
	}
	return "", ""
}

// HasCommas says whether values of a field can contain commas.
func HasCommas(field Field) bool {
	switch field {
	case Principal, Policy, Session, UserAgent, Key:
		return true
	}
	return false
}

// bucketIn returns the name of the bucket in its URL or ARN.
func bucketIn(text string) (name string, ok bool) {
	rest, ok := strings.CutPrefix(text, "s3://")
	if !ok && strings.HasPrefix(text, "arn:") {
		_, rest, ok = strings.Cut(text, ":s3:::")
	}
	name, _, _ = strings.Cut(rest, "/")
	return name, ok
}

func (c *condition) holds(d *view) bool {
	switch c.Field {
	case Principal:
		return c.pattern.matches(d.Principal) || d.key != d.Principal && c.pattern.matches(d.key)
	case Action:
		return c.pattern.matches(d.Action)
	case Bucket:
		return c.pattern.matches(d.Bucket)
	case Account:
		return c.pattern.matches(d.account) || c.pattern.matches(d.BucketAccount) || c.pattern.matches(d.Recipient)
	case Cause:
		return c.pattern.matches(d.Cause)
	case Policy:
		return c.pattern.matches(d.PolicyARN)
	case Group:
		return c.pattern.matches(d.Group)
	case Incident:
		return c.pattern.matches(d.Incident)
	}
	return false
}

// Filter keeps the denials that the flags ask for. For each field that has conditions,
// at least one of them must be true. The zero value keeps all.
type Filter struct{ conditions []condition }

// Add adds a condition. The error is an [Invalid].
func (f *Filter) Add(field Field, glob string) error {
	c, invalid := newCondition(field, glob)
	if invalid != nil {
		return invalid
	}
	f.conditions = append(f.conditions, c)
	return nil
}

// Conditions returns the conditions of the filter, in the order in which they were
// added.
func (f *Filter) Conditions() (list []Condition) {
	for i := range f.conditions {
		list = append(list, f.conditions[i].Condition)
	}
	return list
}

// keeps says whether the filter keeps a denial, considering only the given fields.
func (f *Filter) keeps(d *view, fields ...Field) bool {
	for _, field := range fields {
		asked, holds := false, false
		for i := range f.conditions {
			if c := &f.conditions[i]; c.Field == field {
				asked, holds = true, holds || c.holds(d)
			}
		}
		if asked && !holds {
			return false
		}
	}
	return true
}
