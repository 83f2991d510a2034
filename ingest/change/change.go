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
	f.parse(record)
	touches, listed := calls()[call{serviceOf(field.Text(f.eventSource)), field.Text(f.eventName)}]
	// Where a field is missing, it may be that parse could not get to it.
	if (listed || f.eventSource == nil || f.eventName == nil) && !scan.Valid(record) {
		return event.Change{}, false, field.ErrSyntax
	}
	at, timed := field.Time(field.Text(f.eventTime))
	if !listed || !timed || !f.succeeded() {
		return event.Change{}, false, nil
	}
	c = f.change(at)
	targets, ok := f.targets(&c, touches)
	if !ok {
		return event.Change{}, false, nil
	}
	c.Targets, c.Fingerprint = targets, field.Fingerprint(record)
	return c, true, nil
}

// fields are the parts of a record that matter here, as raw JSON; nil if the
// record lacks them. The last duplicate of a key counts.
type fields struct {
	eventID, sharedEventID, addendum               []byte
	eventTime, eventSource, eventName              []byte
	eventType, eventCategory, awsRegion            []byte
	errorCode, errorMessage                        []byte
	userIdentity, recipientAccountID               []byte
	requestParameters, responseElements, resources []byte
	sourceIPAddress, userAgent                     []byte
}

func (f *fields) parse(record []byte) {
	for key, value := range scan.Members(record) {
		switch string(key) {
		case "eventID":
			f.eventID = value
		case "sharedEventID":
			f.sharedEventID = value
		case "addendum":
			f.addendum = value
		case "eventTime":
			f.eventTime = value
		case "eventSource":
			f.eventSource = value
		case "eventName":
			f.eventName = value
		case "eventType":
			f.eventType = value
		case "eventCategory":
			f.eventCategory = value
		case "awsRegion":
			f.awsRegion = value
		case "errorCode":
			f.errorCode = value
		case "errorMessage":
			f.errorMessage = value
		case "userIdentity":
			f.userIdentity = value
		case "recipientAccountId":
			f.recipientAccountID = value
		case "requestParameters":
			f.requestParameters = value
		case "responseElements":
			f.responseElements = value
		case "resources":
			f.resources = value
		case "sourceIPAddress":
			f.sourceIPAddress = value
		case "userAgent":
			f.userAgent = value
		}
	}
}

// succeeded says whether the call did what it asked for: it has no error (a dry
// run of EC2 has DryRunOperation). Network activity tells only that the call
// passed a VPC endpoint, not what became of it; the call has its own record.
func (f *fields) succeeded() bool {
	return field.Text(f.errorCode) == "" && field.Text(f.errorMessage) == "" &&
		field.Text(f.eventCategory) != "NetworkActivity" && !strings.HasPrefix(field.Text(f.eventType), "AwsVpceEvent")
}

// change fills in all but the targets and the fingerprint.
func (f *fields) change(at time.Time) event.Change {
	text := func(value []byte) string { return field.Redact(field.Text(value)) }
	id := identity.Parse(f.userIdentity)
	p := id.Principal("")
	return event.Change{
		EventID:         text(f.eventID),
		SharedEventID:   text(f.sharedEventID),
		OriginalEventID: text(field.Member(f.addendum, "originalEventID")),
		Time:            at,
		Source:          text(f.eventSource),
		Name:            text(f.eventName),
		Region:          text(f.awsRegion),
		Actor:           p.Name,
		ActorType:       p.Kind,
		ActorAccount:    id.CallerAccount(p),
		Session:         id.Session(),
		HasARN:          arn.Valid(id.ARN),
		Account:         text(f.recipientAccountID),
		SourceIP:        text(f.sourceIPAddress),
		UserAgent:       text(f.userAgent),
	}
}
