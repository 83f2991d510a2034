package store

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"trail403/ingest/store/file"
	"trail403/ingest/store/ledger"
)

// Exported says what an export wrote.
type Exported struct {
	Files, Records int
	Broken         int // records that are not JSON without their secrets, which were left out
}

// Export writes the records of a store into a folder as trail files, one for each day of
// events. A file that exists is an error.
func Export(ctx context.Context, l *ledger.Ledger, folder string) (all Exported, err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return all, err
	}
	first, _, ok := SpanOf(l.Runs)
	for next := first.UnixMicro(); ok && next != never; {
		day := time.UnixMicro(next).UTC().Truncate(24 * time.Hour)
		e := exporter{ledger: l, day: day, next: never, path: filepath.Join(folder, day.Format(time.DateOnly)+".json.gz")}
		if err := e.run(ctx); err != nil {
			return all, err
		}
		if e.records > 0 {
			all.Files++
		}
		all.Records += e.records
		all.Broken += e.broken
		next = e.next
	}
	return all, nil
}

// SpanOf returns the times of the first and the last row.
func SpanOf(runs []*ledger.Run) (first, last time.Time, ok bool) {
	for _, r := range runs {
		for i := range r.Footer.Groups {
			g := &r.Footer.Groups[i]
			from, to := time.UnixMicro(g.First).UTC(), time.UnixMicro(g.Last).UTC()
			if !ok || from.Before(first) {
				first = from
			}
			if !ok || to.After(last) {
				last = to
			}
			ok = true
		}
	}
	return first, last, ok
}

// never is the time of no row. Days without rows are skipped, because a record may
// claim any time.
const never = math.MaxInt64

// exporter writes the file of one day.
type exporter struct {
	ledger          *ledger.Ledger
	day             time.Time
	next            int64 // when the first row after the day is, or the group that has it begins
	path            string
	out             *os.File
	gzip            *gzip.Writer
	records, broken int
}

func (e *exporter) run(ctx context.Context) error {
	from, to := e.day.UnixMicro(), e.day.AddDate(0, 0, 1).UnixMicro()
	wanted := func(g *file.Group) bool {
		if g.First >= to {
			e.next = min(e.next, g.First)
		}
		return g.Last >= from && g.First < to
	}
	for _, r := range e.ledger.Runs {
		err := eachRowOf(ctx, e.ledger.Place, r, wanted, func(row *file.Event) error {
			switch {
			case row.Micros >= to:
				e.next = min(e.next, row.Micros)
				return nil
			case row.Micros < from:
				return nil
			}
			return e.write(row.Record)
		})
		if err != nil {
			return e.failed(err)
		}
	}
	return e.close()
}

func (e *exporter) write(record []byte) error {
	if !json.Valid(record) {
		e.broken++
		return nil
	}
	before := ","
	if e.out == nil {
		out, err := os.OpenFile(e.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		e.out, e.gzip = out, gzip.NewWriter(out)
		before = `{"Records":[`
	}
	e.records++
	if _, err := io.WriteString(e.gzip, before); err != nil {
		return err
	}
	_, err := e.gzip.Write(record)
	return err
}

func (e *exporter) close() error {
	if e.out == nil {
		return nil
	}
	if _, err := io.WriteString(e.gzip, "]}\n"); err != nil {
		return e.failed(err)
	}
	if err := e.gzip.Close(); err != nil {
		return e.failed(err)
	}
	return e.out.Close()
}

// failed removes a file that is not complete.
func (e *exporter) failed(err error) error {
	if e.out != nil {
		e.out.Close()
		os.Remove(e.path)
	}
	return fmt.Errorf("exporting %s: %w", e.day.Format(time.DateOnly), err)
}
