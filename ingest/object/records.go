package object

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"trail403/ingest/coverage"
	"trail403/ingest/envelope"
	"trail403/ingest/scan"
)

// Visitor takes the records of an object. An error ends the object.
type Visitor interface {
	// Record takes the next record, which is valid until it returns. Without a hit
	// it is an object that holds neither the reader's needle nor a backslash.
	Record(raw []byte, hit bool) error
	// Restart says that the records so far do not count: as in encoding/json, the
	// last of several members of the same name wins.
	Restart()
}

// Records hands the records of the object that was opened to v, to the end. An
// object without a single record is skipped for what its first value is, unless
// it looks like CloudTrail: then it fails. Where there are some records, other values
// count as records, too: a stray first line must not hide a log.
func (r *Reader) Records(v Visitor) (Content, error) {
	switch r.form {
	case asLines:
		return r.lines(v)
	case asTable:
		return r.table(v)
	}
	r.scan.Reset(r.text)
	values := r.values(v)
	for {
		part, err := r.scan.Next()
		switch {
		case err == io.EOF:
			return values.end(), nil
		case err == nil:
			err = values.take(part)
		case isBrokenJSON(err) && !values.known && values.first.Skip != "":
			if !streamLooksLikeTrail(r.scan.Rest()) {
				return values.first, nil // it is something else, broken or not
			}
			if errors.Is(err, scan.ErrSyntax) {
				err = fmt.Errorf("%w, and what follows looks like CloudTrail", err)
			}
		}
		if err != nil {
			return Content{}, r.explain(err)
		}
	}
}

// isBrokenJSON says whether an error of the scanner is about the text itself,
// not about reading it.
func isBrokenJSON(err error) bool {
	return errors.Is(err, scan.ErrSyntax) || errors.Is(err, scan.ErrDepth) || errors.Is(err, scan.ErrTooLarge)
}

// values is what the values of an object so far say about it.
type values struct {
	visitor Visitor
	opener  *envelope.Opener
	seen    int     // how many the visitor got
	known   bool    // one of them was a record, or an envelope of records
	empties bool    // one of them was an empty object, or an envelope of one
	first   Content // what the first object is, if it is neither

	arrays int    // how many arrays named Records started
	array  string // the name of the array that started last
	before int    // what seen was then
	direct bool   // its elements are records, not envelopes
}

func (r *Reader) values(v Visitor) values { return values{visitor: v, opener: &r.opener} }

// take takes the next part of the object.
func (s *values) take(part scan.Part) error {
	switch part.Kind {
	case scan.Array, scan.Records:
		s.start(part.Name)
		return nil
	case scan.RecordsAgain:
		return s.restart(part.Name)
	case scan.Element:
		if s.direct {
			return s.visit(part.Raw, part.Hit || part.Raw[0] != '{')
		}
		return s.open(part.Raw, true)
	}
	return s.document(part.Raw)
}

// start starts an array.
func (s *values) start(name string) {
	if name == "Records" {
		s.arrays++
	}
	s.array, s.before, s.direct = name, s.seen, false
}

// restart starts an array that replaces one that came before in the same object.
func (s *values) restart(name string) error {
	if s.before > 0 {
		return fmt.Errorf("an object after the first has two %s arrays: it is unclear which one counts", name)
	}
	s.visitor.Restart()
	s.seen, s.known, s.empties, s.first, s.direct = 0, false, false, Content{}, false
	return nil
}

// document takes a value that is in no array.
func (s *values) document(raw []byte) error {
	s.direct = false
	switch {
	case raw[0] == '{':
		return s.open(raw, false)
	case len(bytes.Trim(raw, separator)) == 0:
		return nil
	case s.known || s.arrays > 0:
		return betweenRecords(raw)
	case isTime(raw):
		return nil
	}
	return s.open(raw, false)
}

// separator comes before each value of a JSON text sequence (RFC 7464).
const separator = "\x1e"

// betweenRecords judges a word outside of any JSON value, after records. It may
// be the time before a record of a CloudWatch Logs export, TIME {record}, or
// zeros, the padding of tapes and block devices. Anything else is garbage.
func betweenRecords(word []byte) error {
	if isTime(word) || len(bytes.Trim(word, "\x00")) == 0 {
		return nil
	}
	return errors.New("garbage follows the records: the object is corrupt")
}

// open takes a value that may be a record, an envelope of records or anything
// else.
func (s *values) open(raw []byte, isElement bool) error {
	kind, err := s.opener.Open(raw, func(record []byte) error {
		// Opening an envelope costs a walk through the record. Where an element of
		// an array is itself a record, those after it are, too.
		s.direct = isElement && &record[0] == &raw[0] && !scan.IsEmpty(raw)
		return s.visit(record, true)
	})
	isObject := raw[0] == '{'
	switch {
	case err != nil:
		return err
	case kind == envelope.Control && (isObject || s.array == "results"):
		return nil
	case kind == envelope.Records:
		s.known = true
		return nil
	case kind == envelope.Empty:
		s.empties = true
		return nil
	case kind == envelope.Foreign && looksLikeTrail(raw):
		return errLookalike
	case isObject && s.first.Skip == "":
		s.first = contentOf(kind)
	}
	return s.visit(raw, true)
}

func (s *values) visit(record []byte, hit bool) error {
	s.seen++
	return s.visitor.Record(record, hit)
}

// end says what the object holds.
func (s *values) end() Content {
	switch {
	case s.known:
		return Content{}
	case s.first.Skip != "":
		return s.first
	case s.empties:
		return Content{}
	case s.seen > 0: // nothing but scalars
		return Content{Skip: coverage.SkipNotCloudTrail}
	case s.arrays == 0:
		return Content{Skip: coverage.SkipEmpty}
	}
	return Content{}
}

// contentOf returns why an object is skipped whose first value is of the kind.
func contentOf(kind envelope.Kind) Content {
	switch kind {
	case envelope.Digest:
		return Content{Skip: coverage.SkipDigest}
	case envelope.Insight:
		return Content{Skip: coverage.SkipInsight}
	case envelope.Aggregated:
		return Content{Skip: coverage.SkipAggregated}
	case envelope.Config:
		return Content{Skip: coverage.SkipConfig}
	case envelope.S3Notification:
		return Content{Skip: coverage.SkipS3Notification}
	case envelope.LakeResults:
		return Content{Skip: coverage.SkipUnsupported, Shape: coverage.LakeResults}
	case envelope.Elastic:
		return Content{Skip: coverage.SkipUnsupported, Shape: coverage.Elasticsearch}
	case envelope.AccessLog:
		return Content{Skip: coverage.SkipNotCloudTrail, Log: coverage.AccessLog}
	case envelope.Splunk:
		return Content{Skip: coverage.SkipUnsupported, Shape: coverage.Splunk}
	}
	return Content{Skip: coverage.SkipNotCloudTrail}
}
