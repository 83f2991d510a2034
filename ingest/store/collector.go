package store

import (
	"context"
	"errors"
	"strconv"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/redact"
	"trail403/ingest/source"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/manifest"
	"trail403/ingest/store/seen"
)

// Collector collects what is new in sources. Skip is called by one goroutine, and each
// Shard is used by one at a time.
type Collector struct {
	committer
	opts    Options
	sources []source.Source
	since   time.Time            // the first day to list, zero for all
	through map[string]time.Time // by source, the latest day of a listed object
	offered map[seen.ID]struct{} // new objects, if there are several sources
	batch   *batch               // mu guards it
}

// lookBack is how many days before the latest one are listed again: objects may be late.
const lookBack = 2

var errNoVersion = errors.New("the listing does not tell which version of the object it is, " +
	"so it could be collected twice")

// New returns a collector that adds to a store what is new in sources. The context is
// that of the run.
func New(ctx context.Context, l *ledger.Ledger, sources []source.Source, opts Options) (*Collector, error) {
	opts.defaults()
	c := &Collector{opts: opts, sources: sources, through: map[string]time.Time{},
		offered: map[seen.ID]struct{}{}}
	c.ctx, c.ledger, c.taken = ctx, l, seen.NewSet()
	c.batch = newBatch(c.ledger.Place, &c.opts)
	c.since = c.firstDay()
	set, err := seenSince(ctx, l, l.Runs, c.since)
	c.known.Store(set)
	return c, err
}

// Query says what to list, or returns nil to list everything: what was delivered since
// shortly before the latest objects of the last listing that was complete.
func (c *Collector) Query() *source.Query {
	if c.since.IsZero() || c.opts.Bounded {
		return nil
	}
	return &source.Query{From: c.since}
}

// firstDay returns the first day to list, zero for all. Only the layout of a trail in S3
// makes it worthwhile: a folder is listed quickly.
func (c *Collector) firstDay() (first time.Time) {
	switch {
	case c.opts.Bounded:
		return c.opts.From.Truncate(24 * time.Hour)
	case c.opts.Sweep:
		return time.Time{}
	}
	for _, src := range c.sources {
		day, err := time.Parse(time.DateOnly, c.ledger.History.Listed[c.listing(src)])
		if err != nil {
			return time.Time{}
		}
		if day = day.AddDate(0, 0, -lookBack); first.IsZero() || day.Before(first) {
			first = day
		}
	}
	return first
}

// listing names the listing of a source, "" for one that is always listed completely.
func (c *Collector) listing(src source.Source) string {
	b, ok := src.(source.Bucket)
	if !ok || c.opts.Bounded {
		return ""
	}
	name := redact.Text(b.Location.URL())
	if s := c.opts.Shard; s.Of > 1 {
		name += " " + strconv.Itoa(s.Number) + "/" + strconv.Itoa(s.Of)
	}
	return name
}

// Skip says whether an entry of a listing is not to be read: it was seen before, or is of
// another shard. It notes what the listing alone tells.
func (c *Collector) Skip(src source.Source, e source.Entry) bool {
	if e.Pruned {
		c.prune(redact.Text(e.Name))
		return true
	}
	if !c.opts.Shard.Has(src, e) {
		return true
	}
	if e.Err != nil {
		c.fail(src, e, e.Err)
		return true
	}
	c.listed(src, e)
	id, ok := seen.Of(src, e)
	if !ok {
		c.fail(src, e, errNoVersion)
		return true
	}
	if c.known.Load().Has(id) || c.again(id) {
		c.mu.Lock()
		c.added.Seen++
		c.mu.Unlock()
		return true
	}
	return false
}

// again says whether another source of this run had the object before: a copy of a folder
// has its objects, too.
func (c *Collector) again(id seen.ID) bool {
	if len(c.sources) < 2 {
		return false
	}
	n := len(c.offered)
	c.offered[id] = struct{}{}
	return len(c.offered) == n
}

// listed notes how far the listing of a source goes.
func (c *Collector) listed(src source.Source, e source.Entry) {
	if name := c.listing(src); name != "" {
		if begin, _, ok := source.Delivered(e.Name); ok && begin.After(c.through[name]) {
			c.through[name] = begin
		}
	}
}

func (c *Collector) prune(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.ledger.History.Pruned[name] {
		c.batch.pruned[name] = true
	}
}

// fail notes an object that cannot be read.
func (c *Collector) fail(src source.Source, e source.Entry, err error) {
	var found coverage.Coverage
	found.Fail(e.Name, err)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.batch.fail(c.failed(src, e, &found))
}

func (c *Collector) failed(src source.Source, e source.Entry, found *coverage.Coverage) manifest.Failed {
	c.added.Failed++
	return manifest.Failed{
		ID: seen.OfName(src, e), At: manifest.AtOf(e.Name), Failure: manifest.FailureOf(found.Failures[0]),
	}
}

// NewShard returns what takes the denials of a worker.
func (c *Collector) NewShard() *Shard { return &Shard{done: c.done, staged: make([][]row, 2)} }

// done takes an entry that was read.
func (c *Collector) done(src source.Source, e source.Entry, found *coverage.Coverage, rows []row) error {
	c.mu.Lock()
	if isFailed(found) {
		c.batch.fail(c.failed(src, e, found))
		c.mu.Unlock()
		return nil
	}
	id, _ := seen.Of(src, e) // Skip has checked it
	o := &object{id: id, name: seen.OfName(src, e), at: manifest.AtOf(e.Name), entry: redact.Text(e.Name), found: found}
	if err := c.batch.add(o, rows); err != nil {
		c.mu.Unlock()
		return err
	}
	if !c.batch.isFull() {
		c.mu.Unlock()
		return nil
	}
	full := c.batch
	c.batch = newBatch(c.ledger.Place, &c.opts)
	c.mu.Unlock()
	return c.commit(full)
}

// isFailed says whether an entry itself could not be read. Where only some members of an
// archive cannot be read, another attempt would not help.
func isFailed(found *coverage.Coverage) bool {
	return found.Objects.Failed == 1 && found.Objects.Listed == 1
}

// Finish commits what is left, after all sources were read completely.
func (c *Collector) Finish() (Added, error) {
	c.mu.Lock()
	last := c.batch
	c.batch = newBatch(c.ledger.Place, &c.opts)
	c.mu.Unlock()
	for _, src := range c.sources {
		name := c.listing(src)
		if at, ok := c.through[name]; ok {
			last.listings = append(last.listings, manifest.Listing{Source: name, Through: c.capped(at)})
		}
	}
	if c.opts.Sweep && c.opts.Shard.Of < 2 && !c.opts.Bounded {
		last.swept = c.opts.Now().UTC()
	}
	err := c.commit(last)
	return c.added, err
}

// capped returns the day of a time, and no day in the future: an object with a wrong name
// must not keep later ones from being listed. A clock that is behind only makes the next
// run list more.
func (c *Collector) capped(at time.Time) string {
	if now := c.opts.Now().UTC(); now.Before(at) {
		at = now
	}
	return at.Format(time.DateOnly)
}

// Discard drops what is not committed, after an error.
func (c *Collector) Discard() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.batch.discard()
}
