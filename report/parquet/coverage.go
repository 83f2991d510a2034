package parquet

import (
	"trail403/aggregate"
	"trail403/ingest/coverage"
)

// coverageRow is a number of what was read and what was not.
type coverageRow struct {
	Part  string `parquet:"part,dict"`   // objects, skipped, records or bytes
	Name  string `parquet:"name,dict"`   // listed, read, kept, …
	Value int64  `parquet:"value"`       // 0 is a value
	Adds  string `parquet:"sum_of,dict"` // the number that it is a part of, or empty
}

// coverageRows emits a row for each number of the coverage. The numbers with the same
// sum_of add up to that number.
func coverageRows(r *aggregate.Result) rows[coverageRow] {
	return func(emit func(coverageRow) error) error {
		c := &r.Coverage
		rows := []coverageRow{
			{"objects", "listed", int64(c.Objects.Listed), ""}, {"objects", "read", int64(c.Objects.Read), "listed"},
			{"objects", "failed", int64(c.Objects.Failed), "listed"},
		}
		for _, reason := range coverage.Reasons() {
			rows = append(rows, coverageRow{"skipped", string(reason), int64(c.Objects.Skipped[reason]), "listed"})
		}
		n := &c.Records
		rows = append(rows,
			coverageRow{"records", "seen", int64(n.Seen), ""}, coverageRow{"records", "kept", int64(n.Kept), "seen"},
			coverageRow{"records", "not_s3_denied", int64(n.NotS3Denied), "seen"},
			coverageRow{"records", "duplicate", int64(n.Duplicate), "seen"},
			coverageRow{"records", "outside_window", int64(n.OutsideWindow), "seen"},
			coverageRow{"records", "excluded", int64(n.Excluded), "seen"},
			coverageRow{"records", "malformed", int64(n.Malformed), "seen"},
			coverageRow{"bytes", "compressed", c.Bytes.Compressed, ""},
			coverageRow{"bytes", "decompressed", c.Bytes.Decompressed, ""},
		)
		for _, row := range rows {
			if err := emit(row); err != nil {
				return err
			}
		}
		return nil
	}
}
