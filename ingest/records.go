package ingest

import (
	"fmt"
	"io"
	"time"

	"trail403/ingest/denial"
	"trail403/ingest/envelope"
	"trail403/ingest/scan"
)

// records reads the object's records to the end, and hands denials to the sink.
// The first value decides what the object is: files hold one kind of thing.
func (d *decoder) records() (r Records, skip Reason, err error) {
	d.scan.Reset(d.out)
	var (
		known  bool // a first value said what the object is
		direct bool // the elements of this array are records, not envelopes
		arrays int  // how many began
		before int  // records seen before the array that began last
	)
	for {
		part, err := d.scan.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return r, "", err
		}
		switch part.Kind {
		case scan.Array, scan.Records:
			if part.Name == "Records" {
				arrays++
			}
			before, direct = r.Seen, false
			continue
		case scan.RecordsAgain:
			if before > 0 {
				return r, "", fmt.Errorf("an object behind the first has two %s arrays: which of them counts is unclear", part.Name)
			}
			d.sink.Discard()
			r, known, direct = Records{}, false, false
			continue
		case scan.Document:
			if isTime(part.Raw) {
				continue // of a line of a CloudWatch Logs export: TIME {record}
			}
			direct = false
		}
		if direct && !part.Hit && part.Raw[0] == '{' {
			r.Seen++
			r.NotS3Denied++
			continue
		}
		if direct {
			if err := d.record(part.Raw, &r); err != nil {
				return r, "", err
			}
			continue
		}
		kind, err := envelope.Open(part.Raw, func(record []byte) error {
			// Opening an envelope costs a walk through the record. Where the first
			// element of an array is a record itself, so are the others.
			direct = part.Kind == scan.Element && &record[0] == &part.Raw[0]
			return d.record(record, &r)
		})
		switch {
		case err != nil:
			return r, "", err
		case kind == envelope.Control:
			continue
		case kind == envelope.Records:
			known = true
		case !known && part.Raw[0] == '{':
			skip, shape := reasonOf(kind)
			d.shape = shape
			return r, skip, nil
		default:
			if err := d.record(part.Raw, &r); err != nil {
				return r, "", err
			}
		}
	}
	switch {
	case r.Seen == 0 && arrays == 0:
		return r, SkipEmpty, nil
	case r.Seen > 0 && !known: // nothing but scalars
		return Records{}, SkipNotCloudTrail, nil
	}
	return r, "", nil
}

// reasonOf returns why an object that begins with a value of the kind is
// skipped, and the name of its shape if it is CloudTrail all the same.
func reasonOf(kind envelope.Kind) (Reason, string) {
	switch kind {
	case envelope.Digest, envelope.Insight, envelope.Aggregated, envelope.Config, envelope.S3Notification, envelope.Foreign:
		return Reason(kind), ""
	}
	return SkipUnsupported, string(kind)
}

// isTime says whether a bare word at the top level is a time.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html
func isTime(word []byte) bool {
	const longest = len("2006-01-02T15:04:05.999999999+00:00")
	if len(word) < len("2006-01-02T15:04:05Z") || len(word) > longest || word[4] != '-' {
		return false
	}
	_, err := time.Parse(time.RFC3339, string(word))
	return err == nil
}

// record counts one record, and hands it to the sink if it is a denial in the
// window.
func (d *decoder) record(raw []byte, r *Records) error {
	r.Seen++
	den, verdict, err := d.denial.Decode(raw)
	switch {
	case err != nil:
		return fmt.Errorf("record %d: %w", r.Seen, err)
	case verdict == denial.Malformed:
		r.Malformed++
	case verdict == denial.NotDenied:
		r.NotS3Denied++
	case !d.opts.inWindow(den.Time):
		r.OutsideWindow++
	default:
		r.Kept++
		if err := d.sink.Add(&den); err != nil {
			return sinkError{err}
		}
	}
	return nil
}
