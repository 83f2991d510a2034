package store

import (
	"context"
	"errors"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"trail403/ingest/store/file"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/manifest"
	"trail403/ingest/store/place"
	"trail403/ingest/store/seen"
)

// committer commits batches, one after another.
type committer struct {
	ctx    context.Context
	ledger *ledger.Ledger
	known  atomic.Pointer[seen.Set] // of all objects that need not be read
	taken  *seen.Set                // of those that others took since the start

	mu    sync.Mutex // of what was committed and added
	added Added
	// committing is held while a batch is committed. Others fill the next one.
	committing sync.Mutex
}

// commit commits a batch. Nothing is written if the store knows all of it already.
func (c *committer) commit(b *batch) error {
	c.committing.Lock()
	defer c.committing.Unlock()
	defer b.discard()
	for {
		if err := c.drop(b); err != nil {
			return err
		}
		b.forget(&c.ledger.History)
		if b.isEmpty() {
			return nil
		}
		m, err := c.attempt(b)
		if err != nil && !errors.Is(err, place.ErrExists) {
			return err
		}
		isOurs, err := c.reload(m.Run)
		if err != nil {
			return err
		}
		if isOurs {
			c.count(m)
			return nil
		}
	}
}

// attempt tries to commit a batch under the next number. If another collector was faster,
// the error is place.ErrExists, unless the file is that of an earlier answer that was
// lost.
func (c *committer) attempt(b *batch) (*manifest.Manifest, error) {
	m := b.manifest(&c.ledger.History)
	var err error
	if m.Seen, err = b.writeSeen(c.ctx); err != nil {
		return nil, err
	}
	m.Run = ledger.RandomID()
	m.First, m.Last = c.ledger.Next(), c.ledger.Next()
	if err := b.close(m); err != nil {
		return nil, err
	}
	return m, b.place.Create(c.ctx, ledger.RunName(m.First), b.staged)
}

// reload reads the runs that were committed in the meantime, and the objects that others
// took. It says whether one of the runs is that of this collector.
func (c *committer) reload(own string) (isOurs bool, err error) {
	c.mu.Lock() // Skip reads the history
	added, err := c.ledger.Refresh(c.ctx)
	c.mu.Unlock()
	if err != nil {
		return false, err
	}
	n := len(added)
	added = slices.DeleteFunc(added, func(r *ledger.Run) bool { return r.Run == own })
	if len(added) > 0 {
		others, err := seenSince(c.ctx, c.ledger, added, time.Time{})
		if err != nil {
			return false, err
		}
		c.taken = c.taken.With(others)
		c.known.Store(c.known.Load().With(others))
	}
	return len(added) < n, nil
}

// drop drops the objects that other collectors took since this one has started, and
// their rows.
func (c *committer) drop(b *batch) error {
	dropped := map[string]bool{}
	n := len(b.objects)
	b.objects = slices.DeleteFunc(b.objects, func(o *object) bool {
		isTaken := c.taken.Has(o.id)
		if isTaken && o.entry != "" {
			dropped[o.entry] = true
		}
		return isTaken
	})
	c.mu.Lock()
	c.added.Lost += n - len(b.objects)
	c.mu.Unlock()
	return b.reopen(dropped)
}

// count notes what a commit added.
func (c *committer) count(m *manifest.Manifest) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a := &c.added
	a.Runs = append(a.Runs, m.First)
	a.Objects += m.Objects()
	a.Denials += m.Rows.Denials
	a.Changes += m.Rows.Changes
	a.Recovered += len(m.Recovered)
	for i := range m.Folders {
		a.Read += m.Folders[i].Read
		a.Records += m.Folders[i].Seen
	}
}

// writeSeen creates the list of the objects.
func (b *batch) writeSeen(ctx context.Context) ([]manifest.Seen, error) {
	var ids []seen.ID
	var days []string
	for _, o := range b.objects {
		ids, days = append(ids, o.id), append(days, o.at.Day)
	}
	return writeSeen(ctx, b.place, ids, days)
}

// close ends the temporary file with a manifest.
func (b *batch) close(m *manifest.Manifest) error {
	if b.writer == nil {
		if err := b.open(); err != nil {
			return err
		}
	}
	text, err := m.Text()
	if err != nil {
		return err
	}
	b.closed = true
	return b.writer.Close(text)
}

// reopen starts the temporary file again, with the rows of the last one but for those of
// some entries. One that needs no change stays as it is.
func (b *batch) reopen(dropped map[string]bool) error {
	if b.writer == nil || !b.closed && len(dropped) == 0 {
		return nil
	}
	if !b.closed { // a file can be read when it has an end
		if err := b.writer.Close(nil); err != nil {
			return err
		}
	}
	old := b.staged
	defer b.place.Discard(old)
	if err := b.open(); err != nil {
		return err
	}
	return copyRows(old, b.writer, func(e *file.Event) bool { return !dropped[e.Place.Object.EntryName()] })
}

// copyRows writes the rows of a file that are to stay.
func copyRows(from *os.File, to *file.Writer, stays func(*file.Event) bool) error {
	info, err := from.Stat()
	if err != nil {
		return err
	}
	footer, err := file.ReadFooter(from, info.Size())
	if err != nil {
		return err
	}
	r, err := file.NewReader()
	if err != nil {
		return err
	}
	defer r.Close()
	for n := range footer.Groups {
		err := r.Group(from, footer, n, file.Want{Show: true, Records: true}, func(e *file.Event) error {
			if !stays(e) {
				return nil
			}
			return addEvent(to, e)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func addEvent(to *file.Writer, e *file.Event) error {
	switch {
	case e.Denial != nil:
		return to.AddDenial(e.Denial, e.Record)
	case e.Change != nil:
		return to.AddChange(e.Change, *e.Place, e.Record)
	}
	return to.AddKey(*e.Key, *e.Place, e.Record)
}
