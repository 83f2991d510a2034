package ingest

import (
	"cmp"
	"container/heap"
	"context"
	"slices"
	"strings"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
)

// firstRound is how long before the window the first listing for the history reaches
// back. Each further one reaches back twice as long as the one before it, so that
// little is listed that is not read.
const firstRound = 24 * time.Hour

// list lists all sources, and what the history needs.
func list(
	ctx context.Context, sources []source.Source, opts *Options, c *coverage.Coverage, take func(job) error,
) error {
	l := &lister{opts: opts, coverage: c, take: take}
	if opts.History > 0 {
		c.HistoryFrom = opts.From.Add(-opts.History)
	}
	var err error
	if opts.History == 0 || opts.HistoryObjects == 0 || len(sources) == 0 { // a store has all of it
		err = l.all(ctx, sources)
	} else {
		err = l.bounded(ctx, sources)
	}
	if err == nil {
		opts.Progress.AllListed.Store(true)
	}
	return err
}

// bounded lists the sources with a history of a bounded number of objects in S3.
// Local files and objects that were listed by name cost little, or were asked for: they
// are not bounded.
func (l *lister) bounded(ctx context.Context, sources []source.Source) error {
	var buckets, others []source.Source
	for _, src := range sources {
		if _, ok := src.(source.Bucket); ok {
			buckets = append(buckets, src)
		} else {
			others = append(others, src)
		}
	}
	if err := l.all(ctx, others); err != nil {
		return err
	}
	q := l.opts.windowQuery()
	dated := false
	err := l.each(ctx, buckets, q, func(f source.Found) error {
		_, _, ok := source.Delivered(f.Name)
		dated = dated || ok
		return l.offer(&q, f)
	})
	if err != nil {
		return err
	}
	if !dated {
		// Without an object of the window there is nothing to judge, and names without a
		// time do not tell which objects the history needs.
		if len(others) == 0 {
			l.coverage.HistoryFrom = l.opts.From
		}
		return nil
	}
	left := l.opts.HistoryObjects
	for span := firstRound; q.From.After(l.coverage.HistoryFrom); span *= 2 {
		q.From, q.To = q.From.Add(-span), q.From
		if q.From.Before(l.coverage.HistoryFrom) {
			q.From = l.coverage.HistoryFrom
		}
		if left, err = l.round(ctx, buckets, q, left); err != nil || left == 0 {
			return err
		}
	}
	return nil
}

// round lists the objects of a part of the history, and hands on as many as are left
// to read. It returns how many are left then.
func (l *lister) round(ctx context.Context, buckets []source.Source, q source.Query, left int) (int, error) {
	kept := &newest{most: left}
	err := l.each(ctx, buckets, q, func(f source.Found) error {
		// What cannot be dated was listed with the window, and so were folders.
		_, end, ok := source.Delivered(f.Name)
		if ok && !f.Pruned && end.After(q.From) && !end.After(q.To) {
			kept.add(delivery{end, f})
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	found := kept.sorted()
	for _, o := range found {
		if err := l.offer(&q, o.Found); err != nil {
			return 0, err
		}
	}
	switch left -= len(found); {
	case left > 0:
	case kept.left > 0:
		l.coverage.Objects.Listed += kept.left
		l.coverage.Skip(coverage.SkipOutsideWindow, kept.left)
		l.coverage.HistoryFrom = kept.leftEnd
	default:
		l.coverage.HistoryFrom = q.From
	}
	return left, nil
}

// delivery is an object, and when it was delivered at the latest: it holds no record
// from later.
type delivery struct {
	end time.Time
	source.Found
}

// compareDeliveries orders objects by delivery, the most recent first.
func compareDeliveries(a, b delivery) int {
	return cmp.Or(b.end.Compare(a.end), strings.Compare(a.Name, b.Name))
}

// newest holds the most recent objects of those added, as a heap with the oldest one
// on top, so that its memory is bounded.
type newest struct {
	most    int
	objects []delivery
	left    int       // how many were left out
	leftEnd time.Time // the latest end of those
}

func (d *newest) Len() int           { return len(d.objects) }
func (d *newest) Less(i, j int) bool { return compareDeliveries(d.objects[i], d.objects[j]) > 0 }
func (d *newest) Swap(i, j int)      { d.objects[i], d.objects[j] = d.objects[j], d.objects[i] }
func (d *newest) Push(x any)         { d.objects = append(d.objects, x.(delivery)) }
func (d *newest) Pop() any {
	last := len(d.objects) - 1
	o := d.objects[last]
	d.objects = d.objects[:last]
	return o
}

func (d *newest) add(o delivery) {
	heap.Push(d, o)
	if len(d.objects) > d.most {
		out := heap.Pop(d).(delivery)
		d.left++
		if out.end.After(d.leftEnd) {
			d.leftEnd = out.end
		}
	}
}

// sorted returns the objects, the most recent first.
func (d *newest) sorted() []delivery {
	slices.SortFunc(d.objects, compareDeliveries)
	return d.objects
}
