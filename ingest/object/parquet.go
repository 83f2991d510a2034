package object

import (
	"errors"

	"trail403/ingest/columns"
	"trail403/ingest/coverage"
	"trail403/ingest/envelope/flat"
)

// maxForeignRows is how many rows of a Parquet file are read whose columns are those of no
// known shape, before a record is found.
const maxForeignRows = 1000

var errForeign = errors.New("no record in the first rows")

// parquet reads a Parquet file, which lists its parts at its end: each row is an object of
// its columns.
func (r *Reader) parquet(v Visitor) (Content, error) {
	file, err := r.limits.copyToTemp(r.text, ".parquet")
	if err != nil {
		return Content{}, r.explain(err)
	}
	defer file.remove()
	table, err := columns.Open(file, file.size, columns.Limits{
		Object: r.limits.MaxObject, Group: textsPerRecord * int64(r.limits.MaxRecord),
	})
	if err != nil {
		return Content{}, r.explain(err)
	}
	s := r.values(v)
	isFlat, rows := flat.IsHeader(table.Names()), 0
	err = table.Rows(func(row []byte) error {
		if rows++; rows > maxForeignRows && !isFlat && !s.known {
			return errForeign
		}
		return s.open(row, false)
	})
	switch {
	case err == errForeign, err == nil && !s.known && rows > 0:
		return Content{Skip: coverage.SkipUnsupported, Shape: coverage.Parquet}, nil
	case err != nil:
		return Content{}, r.explain(err)
	case rows == 0:
		return Content{Skip: coverage.SkipEmpty}, nil
	}
	return Content{}, nil
}
