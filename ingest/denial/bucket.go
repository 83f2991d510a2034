package denial

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"trail403/ingest/arn"
	"trail403/ingest/field"
)

// resource is an entry of a record's list of resources.
type resource struct {
	kind       string // AWS::S3::Object
	bucket     string
	account    string // the owner, if known
	hasAccount bool   // even if it is empty
}

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

// bucketFacts are what the resources say about the bucket.
type bucketFacts struct {
	bucket          string
	account         string // the bucket's owner, if known
	ownerHidden     bool   // CloudTrail hides the owner from a caller of another account
	directoryBucket bool
}

// bucketOf judges the resources of a request to the named bucket. An entry of a
// bucket says more than one of an object. A copy has two buckets, and entries of
// the other one do not count. Where no entry is of the named bucket, the request
// named an access point, and the bucket is that of the access point.
func bucketOf(all []resource, name string) (b bucketFacts) {
	var objectBucket string
	named := slices.ContainsFunc(all, func(r resource) bool { return name != "" && r.isBucket() && r.bucket == name })
	for _, r := range all {
		b.directoryBucket = b.directoryBucket || strings.HasPrefix(r.kind, "AWS::S3Express::")
		switch {
		case !r.isBucket():
			objectBucket = field.FirstOf(objectBucket, r.bucket)
			continue
		case b.bucket == "" && (!named || r.bucket == name):
			b.bucket = r.bucket
		}
		if r.bucket != b.bucket {
			continue
		}
		if arn.IsAccount(r.account) {
			b.account = field.FirstOf(b.account, r.account)
		}
		b.ownerHidden = b.ownerHidden || r.hasAccount && r.account == ""
	}
	b.bucket = field.FirstOf(b.bucket, objectBucket)
	return b
}

func (r resource) isBucket() bool { return strings.HasSuffix(r.kind, "Bucket") }
