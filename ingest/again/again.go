package again

import (
	"context"

	"golang.org/x/sync/errgroup"

	"trail403/ingest/event"
	"trail403/ingest/field"
)

// Records are records that were read again.
type Records struct{ sorter *sorter }

// Each hands out the records in the order of their list. Each is valid until the next
// one.
func (r *Records) Each(f func(i int, record []byte) error) error { return r.sorter.each(f) }

// Close releases the memory and the temporary file.
func (r *Records) Close() { r.sorter.runs.close() }

// Read reads the records of a list, those that are not kept from their objects. If it
// has no error, all of them are there, and are what was read first.
func Read(ctx context.Context, list List, kept []*Kept, opts Options) (*Records, error) {
	p := newPlan(list)
	s := newSorter(list.Len(), minSorted, opts.Limits.MaxTemp)
	all := &Records{s}
	for _, k := range kept {
		if err := takeKept(p, s, k); err != nil {
			all.Close()
			return nil, err
		}
	}
	if err := takeStored(ctx, p, s, &opts); err != nil {
		all.Close()
		return nil, err
	}
	if err := readEntries(ctx, p, s, &opts); err != nil {
		all.Close()
		return nil, err
	}
	return all, nil
}

// takeKept takes the wanted records that were kept.
func takeKept(p *plan, s *sorter, k *Kept) error {
	return k.each(func(object event.Object, number int, record []byte) error {
		i, ok := p.find(object, number)
		if !ok || s.has(uint32(i)) || p.list.Fingerprint(i) != field.Fingerprint(record) {
			return nil
		}
		return s.add(uint32(i), record)
	})
}

// takeStored takes the wanted records that a store keeps.
func takeStored(ctx context.Context, p *plan, s *sorter, opts *Options) error {
	if opts.Stored == nil {
		return nil
	}
	return opts.Stored(ctx, func(at *event.Place, fingerprint uint64, record []byte) error {
		i, ok := p.find(at.Object, at.Record)
		if !ok || s.has(uint32(i)) || p.list.Fingerprint(i) != fingerprint {
			return nil
		}
		return s.add(uint32(i), record)
	})
}

// readEntries reads what was not kept.
func readEntries(ctx context.Context, p *plan, s *sorter, opts *Options) error {
	jobs := make(chan []part)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(jobs)
		for parts := range p.entries() {
			select {
			case jobs <- parts:
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
		return nil
	})
	for range max(opts.Workers, 1) {
		g.Go(func() error {
			r := &reader{plan: p, sorter: s, opts: opts}
			for parts := range jobs {
				if err := r.entry(ctx, parts); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}
