// Package filter decides which denials a report is about: those that the filter flags
// ask for, without those that a rule for known noise takes. Texts from a log are
// hostile here as everywhere, so the time to match one is proportional to its length.
package filter

import (
	"fmt"
	"slices"
	"strings"

	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// Field is what a condition is about. Its value is the name of the flag.
type Field string

const (
	Principal Field = "principal"
	Action    Field = "action"
	Bucket    Field = "bucket"
	Account   Field = "account" // of the principal, of the bucket, or of the trail that has the record
	Cause     Field = "cause"
	Policy    Field = "policy" // its ARN
)

// Fields returns all fields.
func Fields() []Field { return []Field{Principal, Action, Bucket, Account, Cause, Policy} }

// Denial is what conditions look at.
type Denial struct {
	Principal, Action, Bucket, BucketAccount, Cause, PolicyARN string
	// Recipient is the account whose trail holds the record.
	Recipient string
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

// condition is true for the denials whose field matches a pattern.
type condition struct {
	field   Field
	text    string
	pattern pattern
}

// newCondition returns an error for an invalid pattern, and for one that can match no
// denial.
func newCondition(field Field, text string) (condition, error) {
	p, err := parsePattern(text)
	if err == nil {
		err = possible(field, text, p)
	}
	return condition{field, text, p}, err
}

// possible returns an error if a pattern that people are likely to write can match
// nothing.
func possible(field Field, text string, p pattern) error {
	switch {
	case strings.Contains(text, ",") && field != Principal && field != Policy:
		return fmt.Errorf("no %s has a comma in it; each pattern is one of its own", field)
	case field == Account && (strings.Trim(text, "0123456789*?") != "" || len(text) != 12 && !strings.Contains(text, "*")):
		return fmt.Errorf("accounts are 12 digits; * and ? may stand for some of them")
	case field == Cause && !slices.ContainsFunc(event.Causes(), func(c event.Cause) bool { return p.matches(string(c)) }):
		return fmt.Errorf("there is no such cause; docs/causes.md lists them, and scp-* is both of SCPs")
	case field == Principal && strings.Contains(text, ":assumed-role/"):
		head, tail, _ := strings.Cut(text, ":assumed-role/")
		role, _, _ := strings.Cut(tail, "/")
		return fmt.Errorf("the principal of a session is its role: write %s:role/%s", strings.Replace(head, ":sts:", ":iam:", 1), role)
	case field == Bucket && (strings.HasPrefix(text, "s3://") || strings.HasPrefix(text, "arn:") && strings.Contains(text, ":s3:::")):
		_, name, _ := strings.Cut(strings.Replace(text, "s3://", ":::", 1), ":::")
		name, _, _ = strings.Cut(name, "/")
		return fmt.Errorf("buckets go by their name: write %s", name)
	}
	return nil
}

func (c *condition) holds(d *view) bool {
	switch c.field {
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
	}
	return false
}

// Filter keeps the denials that the flags ask for. For each field that has conditions,
// at least one of them must be true. The zero value keeps all.
type Filter struct{ conditions []condition }

// Add adds a condition. The error says what is wrong with the glob.
func (f *Filter) Add(field Field, glob string) error {
	c, err := newCondition(field, glob)
	if err != nil {
		return err
	}
	f.conditions = append(f.conditions, c)
	return nil
}

// String returns the conditions as flags, or the empty string if there are none.
func (f *Filter) String() string {
	var flags []string
	for _, c := range f.conditions {
		flags = append(flags, "--"+string(c.field)+"="+c.text)
	}
	return strings.Join(flags, " ")
}

// keeps says whether the filter keeps a denial, considering only the given fields.
func (f *Filter) keeps(d *view, fields ...Field) bool {
	for _, field := range fields {
		asked, holds := false, false
		for i := range f.conditions {
			if c := &f.conditions[i]; c.field == field {
				asked, holds = true, holds || c.holds(d)
			}
		}
		if asked && !holds {
			return false
		}
	}
	return true
}
