// Package denial reads S3 access denied events out of CloudTrail records: who
// was denied which action, on which bucket, and why.
//
// It holds tables and pure functions. The rules for principal, action and
// bucket are described in docs/report-format.md.
//
// decoder.go rejects most records unparsed. parts.go goes over the others once.
// denial.go makes a denial of the parts, by the tables and rules of action.go,
// bucket.go, resources.go, codes.go, told.go, tell.go and why.go. message.go reads an
// error message without its record.
package denial

import (
	"strings"
	"time"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/identity"
)

// Verdict says what a record is.
type Verdict int

const (
	NotDenied Verdict = iota // no S3 denial
	Denied
	Malformed // an S3 denial without a usable time, or no record at all
)

// Decode reads one record, the JSON text of an object. It fills the denial only
// with the verdict Denied. The error is [field.ErrSyntax] or nil. Only records that
// can be denials are looked at closely enough to see it.
func (d *Decoder) Decode(record []byte) (event.Denial, Verdict, error) {
	if len(record) == 0 || record[0] != '{' {
		return event.Denial{}, Malformed, nil
	}
	if !d.canBeDenial(record) {
		return event.Denial{}, NotDenied, nil
	}
	if !d.parts.read(&d.walk, record) {
		return event.Denial{}, NotDenied, d.broken(record)
	}
	p := &d.parts
	code, source := d.steady.code.Text(&d.texts, p.ErrorCode), d.steady.source.Text(&d.texts, p.EventSource)
	if code == "" || !d.codes[code] || !isS3(source) {
		return event.Denial{}, NotDenied, nil
	}
	at, ok := field.TimeOf(p.EventTime)
	if !ok {
		return event.Denial{}, Malformed, nil
	}
	den := d.denial(at)
	den.Fingerprint = field.Fingerprint(record)
	return den, Denied, nil
}

// broken returns an error if a record that is not valid JSON can be a denial. Where a
// field is missing, it may be that the parser could not get to it.
func (d *Decoder) broken(record []byte) error {
	var f field.Record
	f.Parse(record)
	code, source := field.Text(f.ErrorCode), field.Text(f.EventSource)
	if code == "" || source == "" || d.codes[code] && isS3(source) {
		return field.ErrSyntax
	}
	return nil
}

// denial applies the rules to the parts of a record that is one.
func (d *Decoder) denial(at time.Time) event.Denial {
	p, s := &d.parts, &d.steady
	text := d.texts.Redacted
	den := event.Denial{
		EventID:         field.Redact(field.Text(p.EventID)), // no two are alike
		SharedEventID:   field.Redact(field.Text(p.SharedEventID)),
		OriginalEventID: text(p.originalEventID),
		Time:            at,
		Source:          s.source.Redacted(&d.texts, p.EventSource),
		Name:            s.name.Redacted(&d.texts, p.EventName),
		Region:          s.region.Redacted(&d.texts, p.Region),
		ErrorCode:       s.code.Redacted(&d.texts, p.ErrorCode),
		Recipient:       s.recipient.Redacted(&d.texts, p.Recipient),
		SourceIP:        text(p.SourceIP),
		UserAgent:       s.agent.Redacted(&d.texts, p.UserAgent),
		VPCEndpoint:     s.endpoint.Redacted(&d.texts, p.VPCEndpoint),
		RequestID:       field.Redact(field.Text(p.RequestID)),
		Context:         d.conditions.Of(&p.conditions),
	}
	m := told{cause: event.NotTold} // without a message
	if len(p.ErrorMessage) > 0 {
		m = d.messages.Of(p.ErrorMessage, d.tell)
	}
	den.Message, den.Cause, den.DeniedAction, den.PolicyARN = m.text, m.cause, m.action, m.policyARN
	if m.text == "" && den.ErrorCode == "VpceAccessDenied" {
		den.Cause = event.VPCEUnknown // network activity events have one fixed text
	}
	id := d.identify(&den, &m)

	request := &p.request
	den.Key = field.FirstOf(text(request.key), text(request.otherKey))
	den.Bucket = text(request.bucket)
	r := bucketOf(d.resources(), den.Bucket)
	if den.Bucket = field.FirstOf(den.Bucket, r.bucket); den.Bucket == "" {
		den.Bucket = field.Redact(arn.Bucket(m.resource))
	}
	if r.bucket != den.Bucket && isAccessPoint(den.Bucket) {
		den.Behind = r.bucket
	}
	den.BucketAccount = r.account
	if den.BucketAccount == "" && d.isOwnersCopy(&id, den.Recipient) {
		den.BucketAccount = den.Recipient
	}

	if den.Cause == event.KMSKey || event.IsKMS(den.DeniedAction) {
		den.KMSKey = kmsKey(field.Redact(m.resource), den.Context.EncryptionKey)
	}
	den.Action = den.DeniedAction
	if !namesS3Action(den.Action) {
		den.Action = ActionOf(den.Source, den.Name, den.Bucket != "", den.Context.VersionID != "")
	}
	if den.Cause == event.NotTold {
		den.WhyNotTold = whyNotTold(&den, r)
	}
	return den
}

// identify says who was denied.
func (d *Decoder) identify(den *event.Denial, m *told) identity.Identity {
	p := &d.parts.conditions.Caller
	id := identity.Identity{
		Type: d.steady.kind.Text(&d.texts, p.Kind), ARN: d.texts.Redacted(p.ARN),
		InvokedBy: d.texts.Redacted(p.InvokedBy), Issuer: d.issuers.Redacted(p.Session.Issuer),
	}
	id.SetAccount(d.steady.account.Text(&d.texts, d.parts.account))
	principal := "" // that the message names, if the record does not name it better
	if den.Session = identity.SessionOf(id.ARN); den.Session == "" {
		id.PrincipalID = d.texts.Text(p.PrincipalID)
		principal = d.redacted(m.principal)
		den.Session = field.FirstOf(id.Session(), identity.SessionOf(principal))
	}
	caller := id.Principal(principal)
	den.Principal, den.PrincipalType = caller.Name, caller.Kind
	den.CallerAccount = id.CallerAccount(caller)
	den.CallerARN, den.HasARN = id.ARN, arn.Valid(id.ARN)
	return id
}

// kmsKey returns the first of the names that is the ARN of a key or alias. Messages
// about decryption name none.
func kmsKey(names ...string) string {
	for _, name := range names {
		if a, ok := arn.Parse(name); ok && a.Service == "kms" {
			return name
		}
	}
	return ""
}

// isOwnersCopy says whether this is the copy of the event that the bucket's
// owner received: it names the caller by account, not by ARN. Network activity
// goes to the owner of the VPC endpoint instead.
func (d *Decoder) isOwnersCopy(id *identity.Identity, recipient string) bool {
	p := &d.parts
	return id.Type == "AWSAccount" && arn.IsAccount(recipient) && recipient != id.Account &&
		field.Text(p.EventCategory) != "NetworkActivity" && !strings.HasPrefix(field.Text(p.EventType), "AwsVpceEvent")
}

// namesS3Action says whether an action is one of the S3 family's.
func namesS3Action(action string) bool {
	service, name, _ := strings.Cut(action, ":")
	return strings.HasPrefix(service, "s3") && name != ""
}
