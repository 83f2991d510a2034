// Package parquet writes a result as one Parquet file, which DuckDB, pyarrow,
// Spark, Athena and Trino read as it is. docs/report-format.md describes the
// columns.
//
// Its files, from the bottom: text.go, tables.go, a file for the rows of each table,
// each.go, which walks the rows of any table, and parquet.go, which writes them.
package parquet

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"

	"trail403/aggregate"
)

// maxRowGroup bounds what a writer or reader keeps in memory at a time, because
// parquet-go has no bound of its own. Smaller row groups compress worse, and larger
// ones need more memory.
const maxRowGroup = 64 << 10

// Metadata is what the file's metadata contains beside the schema version, as JSON. It
// consists of parts of the JSON report.
type Metadata struct{ Window, Coverage any }

// Write writes the table, or Series if none is named. Times are UTC, in microseconds.
// The same result gives the same bytes. An error comes from w.
func Write(w io.Writer, r *aggregate.Result, o Options, meta Metadata) error {
	switch o.Table {
	case Series, "":
		return write(w, Series, meta, seriesRows(r, o.Zeros))
	case Denials:
		return WriteDenials(w, meta, denialsOf(r))
	case Groups:
		return write(w, Groups, meta, groupRows(r))
	case Incidents:
		return write(w, Incidents, meta, incidentRows(r))
	case Changes:
		return write(w, Changes, meta, changeRows(r))
	case Policies:
		return write(w, Policies, meta, policyRows(r))
	case Coverage:
		return write(w, Coverage, meta, coverageRows(r))
	}
	return fmt.Errorf("unknown table %q", o.Table)
}

// WriteDenials writes the table of the denials that a function emits.
func WriteDenials(w io.Writer, meta Metadata, denials func(emit func(*Denial) error) error) error {
	return write(w, Denials, meta, denialRows(denials))
}

// write writes the rows that rows emits.
func write[T any](w io.Writer, table Table, meta Metadata, rows rows[T]) error {
	window, err := json.Marshal(meta.Window)
	if err != nil {
		return fmt.Errorf("encoding the window: %w", err)
	}
	coverage, err := json.Marshal(meta.Coverage)
	if err != nil {
		return fmt.Errorf("encoding the coverage: %w", err)
	}
	// NewGenericWriter panics on an invalid configuration, while this returns an error.
	config, err := parquet.NewWriterConfig(
		parquet.NewSchema(string(table), parquet.SchemaOf(new(T))),
		parquet.Compression(&parquet.Zstd),
		parquet.MaxRowsPerRowGroup(maxRowGroup),
		parquet.DataPageVersion(1), // older readers know neither version 2 nor the delta encodings of strings
		parquet.CreatedBy("trail403", "1", ""),
		parquet.KeyValueMetadata("trail403.schema", fmt.Sprintf("trail403.%s/1", table)),
		parquet.KeyValueMetadata("trail403.window", string(window)),
		parquet.KeyValueMetadata("trail403.coverage", string(coverage)),
	)
	if err != nil {
		return fmt.Errorf("configuring parquet: %w", err)
	}
	out := parquet.NewGenericWriter[T](w, config)
	const batch = 1024
	buffer := make([]T, 0, batch)
	flush := func() error {
		_, err := out.Write(buffer)
		buffer = buffer[:0]
		return err
	}
	err = rows(func(row T) error {
		if buffer = append(buffer, row); len(buffer) == batch {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if closeErr := out.Close(); err == nil {
		err = closeErr
	}
	return err
}
