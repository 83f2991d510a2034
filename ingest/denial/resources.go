package denial

import (
	"bytes"
	"unicode/utf8"

	"trail403/ingest/arn"
	"trail403/ingest/field"
)

// resources reads the list, whose order varies. It is valid until the next record.
func (d *Decoder) resources() []resource {
	d.found = d.found[:0]
	for i := range d.parts.resources {
		p := &d.parts.resources[i]
		d.found = append(d.found, resource{
			kind: d.texts.Text(p.kind), bucket: d.bucketOfARN(p),
			account: d.texts.Text(p.account), hasAccount: p.account != nil,
		})
	}
	return d.found
}

// bucketOfARN returns the bucket that the ARN of a resource names. Nearly always that
// is plain, and what follows is an object key: then only the bucket is looked at.
func (d *Decoder) bucketOfARN(p *resourceParts) string {
	name, plain := bytes.CutPrefix(p.arn, []byte(`"arn:aws:s3:::`))
	if end := bytes.IndexAny(name, `/"`); plain && end > 0 && len(p.arn) < field.MaxText && isPlain(name) {
		return d.buckets.Of(name[:end], func(name []byte) string { return field.Redact(string(name)) })
	}
	return field.Redact(arn.Bucket(field.FirstOf(field.Text(p.arn), field.Text(p.prefix))))
}

// isPlain says whether a text means itself: ASCII without an escape or wildcard.
func isPlain(text []byte) bool {
	for _, c := range text {
		if c == '\\' || c == '*' || c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
