package object

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"trail403/ingest/scan"
)

// Records hands the records of the object that was opened to v, to the end. An
// object without a single record is skipped for what its first value is, unless
// it looks like CloudTrail: then it fails. Where there are some records, other values
// count as records, too: a stray first line must not hide a log.
func (r *Reader) Records(v Visitor) (Content, error) {
	r.opener.Flat = nil
	content, err := r.records(v)
	content.Flat = r.opener.Flat
	return content, err
}

func (r *Reader) records(v Visitor) (Content, error) {
	switch r.form {
	case asLines:
		return r.lines(v)
	case asTable:
		return r.table(v)
	case asParquet:
		return r.parquet(v)
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
	s.opener.Flat = nil
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

// betweenRecords judges a word outside of any JSON value, after records. It may
// be the time before a record of a CloudWatch Logs export, TIME {record}, or
// zeros, the padding of tapes and block devices. Anything else is garbage.
func betweenRecords(word []byte) error {
	if isTime(word) || len(bytes.Trim(word, "\x00")) == 0 {
		return nil
	}
	return errors.New("garbage follows the records: the object is corrupt")
}
