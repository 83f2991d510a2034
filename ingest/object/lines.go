package object

import (
	"bufio"
	"bytes"
	"io"

	"trail403/ingest/coverage"
	"trail403/ingest/envelope"
	"trail403/ingest/scan"
)

// lines reads a text that is not JSON and may hold a record in each of its lines, with
// other words before or after it: a comment in the first line, a log of syslog, what
// `aws logs tail` prints. Lines without one say nothing, unless they look like a part of
// one.
func (r *Reader) lines(v Visitor) (Content, error) {
	s := r.values(v)
	var unread marks
	for read := 0; ; {
		line, err := r.line(min(maxSearch, r.limits.MaxRecord))
		read += len(line)
		isKnown, openErr := s.line(line)
		switch {
		case openErr != nil:
			return Content{}, r.explain(openErr)
		case !isKnown:
			unread.see(line)
		}
		switch {
		case unread.all(), s.known && unread.piece:
			return Content{}, errLookalike
		case err == scan.ErrTooLarge && !s.known, err == io.EOF && !s.known, err == nil && !s.known && read > maxSearch:
			return Content{Skip: coverage.SkipNotCloudTrail, Log: r.log}, nil
		case err == io.EOF:
			return Content{}, nil
		case err != nil:
			return Content{}, r.explain(err)
		}
	}
}

// line opens a line of a text, and says whether there are records in it.
func (s *values) line(line []byte) (isKnown bool, err error) {
	kind, err := s.opener.OpenLine(line, func(record []byte) error { return s.visit(record, true) })
	isKnown = kind == envelope.Records
	s.known = s.known || isKnown
	return isKnown, err
}

// line returns the next line of the text, without its end. It is valid until the next
// one. A line with more than most bytes is cut, and the error is [scan.ErrTooLarge].
func (r *Reader) line(most int) (line []byte, err error) {
	part, err := r.text.ReadSlice('\n')
	if err != bufio.ErrBufferFull {
		return bytes.TrimRight(part, "\r\n"), err
	}
	for err == bufio.ErrBufferFull && len(line) <= most {
		line = append(line, part...)
		part, err = r.text.ReadSlice('\n')
	}
	line = append(line, part...)
	if len(line) > most {
		return line[:most], scan.ErrTooLarge
	}
	return bytes.TrimRight(line, "\r\n"), err
}
