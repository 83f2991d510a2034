package ingest

import (
	"context"

	"golang.org/x/sync/errgroup"

	"trail403/ingest/source"
)

// What a query engine is asked at once. The larger a query, the fewer there are, and the
// more is asked again if one fails.
const (
	maxAskedObjects = 10_000
	maxAskedBytes   = 32 << 30 // as stored
	maxAskedNames   = 2 << 20  // bytes of all names
	maxAskedName    = 4096     // bytes of a name: S3 has none with more than 1,024
)

// Of the objects of a query for which there are answers, the tenth and each thousandth after
// it are read all the same. An engine whose table loses records would not say so.
const (
	sampledOf    = 1000
	firstSampled = 9
)

// asker gathers listed objects and asks an engine about many of them at once. Listing
// waits while as many queries run as may.
type asker struct {
	engine source.Answerer
	// ask takes objects that were gathered.
	ask  func([]job) error
	pass func(job) error // takes objects that the engine does not cover

	jobs        []job
	bytes, name int64
}

// take takes the next object.
func (a *asker) take(j job) error {
	if len(j.entry.Name) > maxAskedName || j.entry.Once() || !a.engine.Covers(j.entry.Name) {
		return a.pass(j)
	}
	a.jobs = append(a.jobs, j)
	a.bytes = saturate(a.bytes, j.entry.Size)
	a.name += int64(len(j.entry.Name))
	if len(a.jobs) >= maxAskedObjects || a.bytes >= maxAskedBytes || a.name >= maxAskedNames {
		return a.flush()
	}
	return nil
}

// flush asks about what was gathered.
func (a *asker) flush() error {
	if len(a.jobs) == 0 {
		return nil
	}
	jobs := a.jobs
	a.jobs, a.bytes, a.name = nil, 0, 0
	return a.ask(jobs)
}

// entriesOf returns the entries of the jobs.
func entriesOf(jobs []job) []source.Entry {
	entries := make([]source.Entry, len(jobs))
	for i := range jobs {
		entries[i] = jobs[i].entry
	}
	return entries
}

// newAsker returns an asker that hands objects to pass, with the engine's answers where
// it has some. The queries run in the group, of which the caller limits the size.
func newAsker(ctx context.Context, g *errgroup.Group, engine source.Answerer, pass func(job) error) *asker {
	answer := func(jobs []job) error {
		answers, err := engine.Answer(ctx, entriesOf(jobs))
		if err != nil {
			return err
		}
		answered := 0
		for _, j := range jobs {
			if j.answer = answers[j.entry.Name]; j.answer != nil {
				j.sampled = answered%sampledOf == firstSampled
				answered++
			}
			if err := pass(j); err != nil {
				return err
			}
		}
		return nil
	}
	ask := func(jobs []job) error {
		g.Go(func() error { return answer(jobs) })
		return context.Cause(ctx)
	}
	return &asker{engine: engine, ask: ask, pass: pass}
}
