// Package change reads the successful calls that alter access out of CloudTrail
// records: who called, and what the call touched.
//
// calls.tsv lists these calls, and docs/changes.md describes them for users. The
// package holds tables and pure functions, safe for concurrent use.
//
// The files, each using only those before it:
//
//  1. values.go reads the parameters of a call, and target.go names what a call
//     can touch.
//  2. calls.go is the table of calls. named.go tells quickly that a record is of
//     none of them.
//  3. finder.go collects what a call touched, by a rule for each kind of thing in
//     the files rules_….go. rules.go names the rules.
//  4. documents.go finds the policy documents that a change set or removed, and
//     change.go reads a record.
package change

import (
	"strings"
	"time"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/identity"
	"trail403/ingest/scan"
)

// Decode reads one record, the JSON text of an object. ok says whether it is a
// change. A call without a usable time is not: nobody knows what came after it.
// The error is [field.ErrSyntax] or nil. Only records that can be changes are
// looked at closely enough to see it.
func Decode(record []byte) (c event.Change, ok bool, err error) {
	if len(record) == 0 || record[0] != '{' || !Named(record) && !field.HasEscapedLetter(record) {
		return event.Change{}, false, nil
	}
	var f fields
	f.Parse(record)
	touches, listed := calls()[call{serviceOf(field.Text(f.EventSource)), field.Text(f.EventName)}]
	// Where a field is missing, it may be that parse could not get to it.
	if (listed || f.EventSource == nil || f.EventName == nil) && !scan.Valid(record) {
		return event.Change{}, false, field.ErrSyntax
	}
	at, timed := field.Time(field.Text(f.EventTime))
	if !listed || !timed || !f.succeeded() {
		return event.Change{}, false, nil
	}
	c = f.change(at)
	targets, ok := touched(&f.Record, &c, touches)
	if !ok {
		return event.Change{}, false, nil
	}
	c.Targets, c.Fingerprint = targets, field.Fingerprint(record)
	return c, true, nil
}

// fields are the members of a record.
type fields struct{ field.Record }

// succeeded says whether the call did what it asked for: it has no error (a dry
// run of EC2 has DryRunOperation). Network activity tells only that the call
// passed a VPC endpoint, not what became of it. The call has its own record.
func (f *fields) succeeded() bool {
	return field.Text(f.ErrorCode) == "" && field.Text(f.ErrorMessage) == "" &&
		field.Text(f.EventCategory) != "NetworkActivity" && !strings.HasPrefix(field.Text(f.EventType), "AwsVpceEvent")
}

// change fills in all but the targets and the fingerprint.
func (f *fields) change(at time.Time) event.Change {
	text := func(value []byte) string { return field.Redact(field.Text(value)) }
	id := identity.Parse(f.UserIdentity)
	p := id.Principal("")
	return event.Change{
		EventID:         text(f.EventID),
		SharedEventID:   text(f.SharedEventID),
		OriginalEventID: text(field.Member(f.Addendum, "originalEventID")),
		Time:            at,
		Source:          text(f.EventSource),
		Name:            text(f.EventName),
		Region:          text(f.Region),
		Actor:           p.Name,
		ActorType:       p.Kind,
		ActorAccount:    id.CallerAccount(p),
		Session:         id.Session(),
		HasARN:          arn.Valid(id.ARN),
		Account:         text(f.Recipient),
		SourceIP:        text(f.SourceIP),
		UserAgent:       text(f.UserAgent),
	}
}
