package store

import (
	"cmp"
	"context"
	"errors"
	"time"

	"trail403/ingest/store/ledger"
	"trail403/ingest/store/manifest"
	"trail403/ingest/store/place"
)

// Compacted says what a compaction did.
type Compacted struct {
	Runs    int // whose files became fewer
	Files   int // that were created
	Removed int // files that others had replaced before
}

// maxCompact is how many bytes the files may have together that become one.
const maxCompact = 1 << 30

// tidyAfter is how old a temporary file is that no run is writing to any more: a run
// commits long before.
const tidyAfter = 7 * 24 * time.Hour

// Compact makes one file of all runs of a month. The files that it replaces stay for a
// grace: somebody may be reading them, and readers leave them out. A later compaction
// removes them.
func Compact(ctx context.Context, p place.Place, grace time.Duration, now time.Time) (c Compacted, err error) {
	l, err := ledger.Open(ctx, p)
	if err != nil {
		return c, err
	}
	if c.Removed, err = sweep(ctx, l, grace, now); err != nil {
		return c, err
	}
	if folder, ok := p.(place.Folder); ok {
		if err := folder.Tidy(now.Add(-tidyAfter)); err != nil {
			return c, err
		}
	}
	for _, runs := range months(l.Runs) {
		err := rewrite(ctx, l, runs, time.Time{}, now)
		if errors.Is(err, place.ErrExists) {
			continue // another one was faster
		} else if err != nil {
			return c, err
		}
		c.Runs += len(runs)
		c.Files++
	}
	return c, nil
}

// months returns the runs of each month, those with several files only.
func months(runs []*ledger.Run) (all [][]*ledger.Run) {
	var list []*ledger.Run
	var size int64
	flush := func() {
		if len(list) > 1 {
			all = append(all, list)
		}
		list, size = nil, 0
	}
	for _, r := range runs {
		if len(list) > 0 && (month(list[0].Manifest) != month(r.Manifest) || size+r.File.Size > maxCompact) {
			flush()
		}
		list = append(list, r)
		size += r.File.Size
	}
	flush()
	return all
}

// month returns the month of the latest delivery that a run read, or else of its commit.
func month(m *manifest.Manifest) string {
	day := ""
	for i := range m.Folders {
		day = max(day, m.Folders[i].Day)
	}
	day = cmp.Or(day, m.Committed.Format(time.DateOnly))
	return day[:len("2006-01")]
}

// sweep removes the files that others replaced longer than the grace ago, and the lists
// of seen objects that only they name.
func sweep(ctx context.Context, l *ledger.Ledger, grace time.Duration, now time.Time) (removed int, err error) {
	needed := map[string]bool{}
	for _, r := range l.Runs {
		for _, s := range r.Seen {
			needed[s.File] = true
		}
	}
	for _, f := range l.Replaced {
		by := l.Holder(f)
		if by == nil || grace > 0 && now.Sub(by.Committed) < grace {
			if err := needSeen(ctx, l, f, needed); err != nil {
				return removed, err
			}
			continue
		}
		old, err := l.ReadManifest(ctx, f)
		if err != nil {
			return removed, err
		}
		// The rows go first: a list without them means nothing.
		if err := l.Place.Remove(ctx, f.Name); err != nil {
			return removed, err
		}
		removed++
		for _, s := range old.Seen {
			if !needed[s.File] {
				if err := l.Place.Remove(ctx, s.File); err != nil {
					return removed, err
				}
			}
		}
	}
	return removed, nil
}

func needSeen(ctx context.Context, l *ledger.Ledger, f place.File, needed map[string]bool) error {
	m, err := l.ReadManifest(ctx, f)
	if err != nil {
		return err
	}
	for _, s := range m.Seen {
		needed[s.File] = true
	}
	return nil
}
