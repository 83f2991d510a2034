package object

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"trail403/ingest/coverage"
	"trail403/ingest/scan"
)

// table reads comma-separated values: each row is an object of its columns.
func (r *Reader) table(v Visitor) (Content, error) {
	s := r.values(v)
	in := &rowReader{in: r.text, most: r.limits.MaxRecord}
	rows := csv.NewReader(bufio.NewReaderSize(in, 64<<10))
	rows.Comma, rows.FieldsPerRecord, rows.ReuseRecord = r.header.comma, -1, true
	names, err := rows.Read()
	names = quoteAll(names)
	for object := []byte(nil); err == nil; {
		var row []string
		in.row()
		if row, err = rows.Read(); err == nil {
			object = appendRow(object[:0], names, row)
			err = s.open(object, false)
		}
	}
	var broken *csv.ParseError
	switch {
	case err == io.EOF:
		return s.end(), nil
	case !errors.As(err, &broken):
		return Content{}, r.explain(err)
	case s.known, in.marks.all(), streamLooksLikeTrail(r.text):
		return Content{}, fmt.Errorf("invalid CSV in line %d", broken.Line)
	}
	return Content{Skip: coverage.SkipNotCloudTrail}, nil
}

// quoteAll returns the names of columns as keys of JSON.
func quoteAll(names []string) (keys []string) {
	for _, name := range names {
		keys = append(keys, string(scan.AppendText(nil, strings.TrimSpace(name))))
	}
	return keys
}

// appendRow appends a row as an object. Cells that are not there are empty.
func appendRow(object []byte, keys, row []string) []byte {
	object = append(object, '{')
	for i, key := range keys {
		if len(object) > 1 {
			object = append(object, ',')
		}
		cell := ""
		if i < len(row) {
			cell = row[i]
		}
		object = scan.AppendText(append(append(object, key...), ':'), cell)
	}
	return append(object, '}')
}

// rowReader bounds what a row may have: without a closing quote, it has all of the text.
// It also looks for CloudTrail in the text, for the case that no row can be read.
type rowReader struct {
	in         io.Reader
	most, read int
	marks      marks
}

func (r *rowReader) row() { r.read = 0 }

func (r *rowReader) Read(p []byte) (int, error) {
	if r.read > r.most {
		return 0, scan.ErrTooLarge
	}
	n, err := r.in.Read(p)
	r.read += n
	if !r.marks.all() {
		r.marks.see(p[:n])
	}
	return n, err
}
