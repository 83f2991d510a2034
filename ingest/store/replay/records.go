package replay

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"trail403/ingest/event"
	"trail403/ingest/source"
	"trail403/ingest/store/file"
)

// Records hands out the records of the denials from a time to another one, with their
// places and the hashes of what was collected. take is called by several goroutines.
func (r *Replay) Records(
	ctx context.Context, workers int, first, last time.Time,
	take func(at *event.Place, fingerprint uint64, record []byte) error,
) error {
	q := &source.Query{From: first, To: last.Add(time.Microsecond)}
	parts := make(chan *Part)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return r.Parts(ctx, q, file.Want{Records: true}, parts) })
	for range workers {
		g.Go(func() error {
			reader, err := NewReader(&source.Query{})
			if err != nil {
				return err
			}
			defer reader.Close()
			for p := range parts {
				err := reader.Each(p, func(e *file.Event) error {
					if d := e.Denial; d != nil {
						return take(&d.Place, d.Fingerprint, e.Record)
					}
					return nil
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}
