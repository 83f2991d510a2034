package object

import (
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

func (r *Reader) values(v Visitor) values { return values{visitor: v, opener: &r.opener} }
