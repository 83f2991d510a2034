// Package denial reads S3 access denied events out of CloudTrail records: who
// was denied which action, on which bucket, and why.
//
// It holds tables and pure functions. The rules for principal, action and
// bucket are described in docs/report-format.md.
//
// decoder.go rejects most records unparsed. denial.go decodes the others, by the
// tables and rules of action.go, bucket.go, codes.go and why.go. message.go reads
// an error message without its record.
package denial

import (
	"strings"
	"time"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/identity"
	"trail403/ingest/message"
	"trail403/ingest/scan"
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
	var f fields
	f.Parse(record)
	code, source := field.Text(f.ErrorCode), field.Text(f.EventSource)
	denied := code != "" && d.codes[code] && isS3(source)
	// Where a field is missing, it may be that parse could not get to it.
	if (denied || code == "" || source == "") && !scan.Valid(record) {
		return event.Denial{}, NotDenied, field.ErrSyntax
	}
	if !denied {
		return event.Denial{}, NotDenied, nil
	}
	at, ok := field.Time(field.Text(f.EventTime))
	if !ok {
		return event.Denial{}, Malformed, nil
	}
	den := f.denial(at)
	den.Fingerprint = field.Fingerprint(record)
	return den, Denied, nil
}

// fields are the members of a record.
type fields struct{ field.Record }

// denial applies the rules to a record that is one.
func (f *fields) denial(at time.Time) event.Denial {
	text := func(value []byte) string { return field.Redact(field.Text(value)) }
	d := event.Denial{
		EventID:         text(f.EventID),
		SharedEventID:   text(f.SharedEventID),
		OriginalEventID: text(field.Member(f.Addendum, "originalEventID")),
		Time:            at,
		Source:          text(f.EventSource),
		Name:            text(f.EventName),
		Region:          text(f.Region),
		ErrorCode:       text(f.ErrorCode),
		Recipient:       text(f.Recipient),
		SourceIP:        text(f.SourceIP),
		UserAgent:       text(f.UserAgent),
		VPCEndpoint:     text(f.VPCEndpoint),
	}
	raw := field.Text(f.ErrorMessage) // redaction would make a cut message look complete
	m := message.Parse(raw)
	d.Message = field.Redact(raw)
	d.Cause, d.DeniedAction, d.PolicyARN = m.Cause, field.Redact(m.Action), field.Redact(m.PolicyARN)
	if raw == "" && d.ErrorCode == "VpceAccessDenied" {
		d.Cause = event.VPCEUnknown // network activity events have one fixed text
	}

	id := identity.Parse(f.UserIdentity)
	p := id.Principal(field.Redact(m.Principal))
	d.Principal, d.PrincipalType = p.Name, p.Kind
	d.CallerAccount = id.CallerAccount(p)
	d.Session = field.FirstOf(id.Session(), identity.SessionOf(field.Redact(m.Principal)))
	d.HasARN = arn.Valid(id.ARN)

	request := field.Unwrap(f.RequestParameters)
	d.Key = field.FirstOf(text(field.Member(request, "key")), text(field.Member(request, "Key")))
	d.Bucket = text(field.Member(request, "bucketName"))
	r := bucketOf(parseResources(f.Resources), d.Bucket)
	d.Bucket = field.FirstOf(d.Bucket, r.bucket, field.Redact(arn.Bucket(m.Resource)))
	d.BucketAccount = r.account
	if d.BucketAccount == "" && f.isOwnersCopy(&id, d.Recipient) {
		d.BucketAccount = d.Recipient
	}

	if d.Cause == event.KMSKey || event.IsKMS(d.DeniedAction) {
		named := field.Member(request, "x-amz-server-side-encryption-aws-kms-key-id")
		d.KMSKey = kmsKey(field.Redact(m.Resource), text(named))
	}
	d.Action = d.DeniedAction
	if !namesS3Action(d.Action) {
		hasVersion := text(field.Member(request, "versionId")) != ""
		d.Action = ActionOf(d.Source, d.Name, d.Bucket != "", hasVersion)
	}
	if d.Cause == event.NotTold {
		d.WhyNotTold = whyNotTold(&d, r)
	}
	return d
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
func (f *fields) isOwnersCopy(id *identity.Identity, recipient string) bool {
	return id.Type == "AWSAccount" && arn.IsAccount(recipient) && recipient != id.Account &&
		field.Text(f.EventCategory) != "NetworkActivity" && !strings.HasPrefix(field.Text(f.EventType), "AwsVpceEvent")
}

// namesS3Action says whether an action is one of the S3 family's.
func namesS3Action(action string) bool {
	service, name, _ := strings.Cut(action, ":")
	return strings.HasPrefix(service, "s3") && name != ""
}
