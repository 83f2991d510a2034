// Package change reads the successful calls that alter access out of CloudTrail
// records: who called, and what the call touched.
//
// Which calls these are is in calls.tsv; docs/changes.md tells it to users. The
// package holds tables and pure functions, safe for concurrent use.
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

// Decode reads one record, the JSON text of an object; ok says whether it is a
// change. A call without a usable time is none: nothing can be said to have come
// after it. The error is [field.ErrSyntax] or nil; only records that can be
// changes are looked at closely enough to see it.
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
// passed a VPC endpoint, not what became of it; the call has its own record.
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
