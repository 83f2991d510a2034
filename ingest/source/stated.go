package source

import (
	"context"
	"iter"
	"strings"

	"golang.org/x/sync/errgroup"

	"trail403/ingest/source/retry"
)

// Stated are the objects in a list, with the sizes and versions that the list does not
// tell: each object in S3 is asked for them, many at a time.
type Stated struct {
	Listed
	// Stat returns the size and the version of an object. That of a *s3.Client does.
	Stat func(ctx context.Context, bucket, key string) (size int64, version uint64, err error)
}

// List finds the objects of the list, in any order.
func (s Stated) List(ctx context.Context, q Query) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		found := make(chan Entry, listers)
		var failed error
		go func() {
			defer close(found)
			failed = s.stat(ctx, q, found)
		}()
		for e := range found {
			if !yield(e, nil) {
				cancel()
				for range found {
					// Wait until the senders have noticed.
				}
				return
			}
		}
		if failed != nil {
			yield(Entry{}, failed)
		}
	}
}

// stat sends the entries of the list.
func (s Stated) stat(ctx context.Context, q Query, found chan<- Entry) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(listers)
	var failed error
	for e, err := range s.Listed.List(ctx, q) {
		if failed = err; err != nil || ctx.Err() != nil {
			break
		}
		g.Go(func() error {
			if err := s.complete(ctx, &e); err != nil {
				return err
			}
			select {
			case found <- e:
				return nil
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return failed
}

// complete asks for what the list does not tell. The error ends the listing.
func (s Stated) complete(ctx context.Context, e *Entry) error {
	rest, ok := strings.CutPrefix(e.Name, "s3://")
	if !ok || e.Pruned || e.Err != nil || e.Version != 0 {
		return nil
	}
	bucket, key, _ := strings.Cut(rest, "/")
	e.Size, e.Version, e.Err = s.Stat(ctx, bucket, key)
	if retry.KindOf(e.Err) == retry.Fatal || context.Cause(ctx) != nil {
		return e.Err
	}
	return nil
}
