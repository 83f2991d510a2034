package cli

import (
	"errors"
	"io"
	"testing"

	"trail403/ingest/coverage"
)

func TestNameFlags(t *testing.T) {
	f := func(err error, want string) {
		t.Helper()
		failures := []coverage.Failure{{Object: "x", Err: err}}
		if nameFlags(failures); failures[0].Err.Error() != want {
			t.Errorf("got %q, want %q", failures[0].Err, want)
		}
	}
	f(errors.New("disk on fire"), "disk on fire")
	f(coverage.LimitError{Limit: coverage.MaxObject, Value: 4 << 30}, "the object holds more than 4 GiB decompressed (--max-object-size)")
	f(coverage.LimitError{Limit: coverage.MaxObject, Value: 5 << 40}, "the object holds more than 5120 GiB decompressed (--max-object-size)")
	f(coverage.LimitError{Limit: coverage.MaxObject, Value: 1000}, "the object holds more than 1000 B decompressed (--max-object-size)")
	f(coverage.LimitError{Limit: coverage.MaxArchive, Value: 16 << 30}, "the archive and its members hold more than 16 GiB decompressed (--max-archive-size)")
	f(coverage.LimitError{Limit: coverage.MaxMembers, Value: 1_000_000}, "the archive has more than 1,000,000 members (--max-members)")
	f(coverage.LimitError{Limit: coverage.MaxTemp, Value: 4 << 30}, "the zip archive or Parquet file is larger than 4 GiB, and it is copied to a temporary file (--max-temp-size)")
	f(coverage.LimitError{Limit: coverage.MaxRecord, Value: 1025 << 10, Err: io.EOF}, "a record is larger than 1025 KiB (--max-record-size): EOF")
	f(coverage.LimitError{Limit: coverage.MaxDepth, Value: 3, Err: io.EOF}, "a record is nested more than 3 levels deep (--max-depth): EOF")
}
