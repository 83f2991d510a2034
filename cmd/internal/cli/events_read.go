package cli

import (
	"context"
	"errors"
	"runtime"

	"trail403/aggregate"
	"trail403/ingest"
	"trail403/ingest/again"
	"trail403/ingest/denial"
	"trail403/ingest/redact"
	"trail403/ingest/source"
	"trail403/report/events"
	"trail403/report/json"
	"trail403/report/parquet"
)

// foundEvents are the events that were found, and their records.
type foundEvents struct {
	result  *aggregate.Result
	list    *aggregate.Events
	records *again.Records
	codes   []string // that mean denied
}

// keptRecords is how many bytes of compressed records a run keeps, so that they need not
// be read again: some twenty thousand.
const keptRecords = 8 << 20

// read reads the sources, and then the records of the events that are listed.
func (o *eventsFlags) read(ctx context.Context, env Env, p *plan, opened *opened) (*foundEvents, error) {
	read := p.ingest
	read.Progress = &ingest.Progress{}
	return await(ctx, env, read.Progress, func() (*foundEvents, error) {
		var kept []*again.Kept
		result, err := readAll(ctx, opened.sources, read, p.aggregate, func(s *aggregate.Shard) {
			k := again.NewKept(keptRecords / workersOf(&read))
			s.KeepRecords(k)
			kept = append(kept, k)
		})
		if err != nil {
			return nil, err
		}
		found := &foundEvents{result: result, list: result.Events(o.newest), codes: read.ErrorCodes}
		if o.reverse {
			found.list.Reverse()
		}
		found.records, err = again.Read(ctx, found.list, kept, again.Options{
			Source: source.Listed{Store: opened.s3}, Workers: workersOf(&read), Limits: read.Limits(), Retry: read.Retry,
			Stored: storedRecords(&read, found.list),
		})
		return found, changedHint(limitError(err))
	})
}

// storedRecords returns what hands out the records of events that are in a store, or nil
// without a store.
func storedRecords(read *ingest.Options, list *aggregate.Events) func(context.Context, again.Take) error {
	if read.Stored == nil || list.Len() == 0 {
		return nil
	}
	first, last := list.Span()
	return func(ctx context.Context, take again.Take) error {
		return read.Stored.Records(ctx, workersOf(read), first, last, take)
	}
}

func workersOf(read *ingest.Options) int {
	if read.Workers > 0 {
		return read.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// changedHint adds what to do about an object that changed while it was read.
func changedHint(err error) error {
	var changed *again.Changed
	if errors.As(err, &changed) {
		return hintedError{err, []string{"run it again when nothing replaces or removes the objects"}}
	}
	return sourceHint(err)
}

// walk hands out the events.
func (f *foundEvents) walk(yield func(*events.Event) error) error {
	decoder := denial.NewDecoder(f.codes...)
	return f.records.Each(func(i int, record []byte) error {
		d, verdict, err := decoder.Decode(record)
		if err != nil || verdict != denial.Denied {
			return errors.Join(err, errors.New("a record that was read again is no denial"))
		}
		f.list.Complete(i, &d)
		e := events.Event{Denial: &d, Record: record, Object: redact.Text(d.Place.Object.Name)}
		e.GroupID, e.IncidentID = f.list.IDs(i)
		return yield(&e)
	})
}

func (f *foundEvents) meta() parquet.Metadata {
	return parquet.Metadata{Window: json.WindowOf(f.result), Coverage: json.CoverageOf(f.result)}
}
