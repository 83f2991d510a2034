package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"time"

	"trail403/ingest/change"
	"trail403/ingest/denial"
	"trail403/ingest/envelope"
	"trail403/ingest/scan"
)

// records reads the object's records to the end, and hands denials to the sink.
// An object in which there is not one record is skipped for what its first value
// is. Where there are some, other values count as records that are no denials:
// a stray first line must not hide a log.
func (d *decoder) records() (r Records, skip Reason, err error) {
	d.scan.Reset(d.out)
	var (
		known  bool   // a record was found
		direct bool   // the elements of this array are records, not envelopes
		arrays int    // how many began
		before int    // records seen before the array that began last
		array  string // its name
	)
	for {
		part, err := d.scan.Next()
		if err == io.EOF {
			break
		}
		if err != nil && skip != "" && !known && isBrokenJSON(err) {
			return Records{}, skip, nil // it is something else, broken or not
		}
		if err != nil {
			return r, "", err
		}
		switch part.Kind {
		case scan.Array, scan.Records:
			if part.Name == "Records" {
				arrays++
			}
			before, direct, array = r.Seen, false, part.Name
			continue
		case scan.RecordsAgain:
			if before > 0 {
				return r, "", fmt.Errorf("an object behind the first has two %s arrays: which of them counts is unclear", part.Name)
			}
			d.sink.Discard()
			r, known, direct, skip = Records{}, false, false, ""
			continue
		case scan.Document:
			direct = false
			if part.Raw[0] != '{' && (known || arrays > 0) {
				if err := betweenRecords(part.Raw); err != nil {
					return r, "", err
				}
				continue
			}
			if isTime(part.Raw) {
				continue
			}
		}
		if direct && !part.Hit && part.Raw[0] == '{' {
			r.Seen++
			r.NotS3Denied++
			if change.Named(part.Raw) {
				if err := d.change(part.Raw); err != nil {
					return r, "", err
				}
			}
			continue
		}
		if direct {
			if err := d.record(part.Raw, &r); err != nil {
				return r, "", err
			}
			continue
		}
		kind, err := envelope.Open(part.Raw, func(record []byte) error {
			// Opening an envelope costs a walk through the record. Where an element
			// of an array is a record itself, so are those behind it.
			direct = part.Kind == scan.Element && &record[0] == &part.Raw[0]
			return d.record(record, &r)
		})
		switch {
		case err != nil:
			return r, "", err
		case kind == envelope.Control && (part.Raw[0] == '{' || array == "results"):
			continue
		case kind == envelope.Records:
			known = true
			continue
		case skip == "" && part.Raw[0] == '{':
			skip, d.shape = reasonOf(kind)
		}
		if err := d.record(part.Raw, &r); err != nil {
			return r, "", err
		}
	}
	switch {
	case known:
		return r, "", nil
	case skip != "":
		return Records{}, skip, nil
	case r.Seen > 0: // nothing but scalars
		return Records{}, SkipNotCloudTrail, nil
	case arrays == 0:
		return r, SkipEmpty, nil
	}
	return r, "", nil
}

// isBrokenJSON says whether an error of the scanner is about the text itself,
// not about reading it.
func isBrokenJSON(err error) bool {
	return errors.Is(err, scan.ErrSyntax) || errors.Is(err, scan.ErrDepth) || errors.Is(err, scan.ErrTooLarge)
}

// betweenRecords judges a bare word at the top level, behind records: the time
// of a line of a CloudWatch Logs export, TIME {record}; zeros, the padding of
// tapes and block devices; or garbage.
func betweenRecords(word []byte) error {
	if isTime(word) || len(bytes.Trim(word, "\x00")) == 0 {
		return nil
	}
	return errors.New("garbage stands behind the records: the object is corrupt")
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
		return d.change(raw)
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

// change hands a record to the sink if it is a change in the window, or shortly
// before. One that is no valid JSON is none: it is no reason to lose the object's
// denials.
func (d *decoder) change(raw []byte) error {
	c, ok, err := change.Decode(raw)
	if err != nil || !ok || !d.opts.wantsChange(c.Time) {
		return nil
	}
	if err := d.sink.AddChange(&c); err != nil {
		return sinkError{err}
	}
	return nil
}
