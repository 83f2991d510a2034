package denial

import (
	"bytes"

	"trail403/ingest/event"
	"trail403/ingest/field"
)

var s3Word = []byte("s3")

// Request reads the record of a request that S3 denied, or that succeeded: of one that
// succeeded, the denial has no error code and no cause. ok is false for any other
// record: a request that failed otherwise, another service, or what S3 did by itself.
func (d *Decoder) Request(record []byte) (r event.Denial, ok bool) {
	isCandidate := len(record) > 0 && record[0] == '{' &&
		(bytes.Contains(record, s3Word) || field.HasEscapedLetter(record))
	if !isCandidate || !d.parts.read(&d.walk, record) {
		return event.Denial{}, false
	}
	p := &d.parts
	code := d.texts.Text(p.ErrorCode)
	at, timed := field.TimeOf(p.EventTime)
	if !timed || code != "" && !d.codes[code] || !isS3(d.texts.Text(p.EventSource)) ||
		d.texts.Text(p.EventType) == "AwsServiceEvent" {
		return event.Denial{}, false
	}
	r = d.denial(at)
	r.Fingerprint = field.Fingerprint(record)
	if code == "" {
		r.Cause, r.WhyNotTold, r.DeniedAction, r.PolicyARN = "", "", "", ""
	}
	return r, true
}
