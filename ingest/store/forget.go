package store

import (
	"context"
	"errors"
	"time"

	"trail403/ingest/store/ledger"
	"trail403/ingest/store/place"
)

// Forget removes the events before a day, and what was counted of older days. The files
// that had them are removed at once: that is what retention is for. The objects stay
// seen, or they would come back as new. It returns how many files were written again.
func Forget(ctx context.Context, p place.Place, before, now time.Time) (rewritten int, err error) {
	l, err := ledger.Open(ctx, p)
	if err != nil {
		return 0, err
	}
	for _, r := range l.Runs {
		if !holdsBefore(r, before) {
			continue
		}
		err := rewrite(ctx, l, []*ledger.Run{r}, before, now)
		if errors.Is(err, place.ErrExists) {
			return rewritten, errors.New("another forget or compact runs at the same time: run it again when it has ended")
		} else if err != nil {
			return rewritten, err
		}
		rewritten++
	}
	if _, err := l.Refresh(ctx); err != nil {
		return rewritten, err
	}
	_, err = sweep(ctx, l, 0, now)
	return rewritten, err
}

// holdsBefore says whether a file has something of days before a day.
func holdsBefore(r *ledger.Run, before time.Time) bool {
	day := before.Format(time.DateOnly)
	for i := range r.Footer.Groups {
		if r.Footer.Groups[i].First < before.UnixMicro() {
			return true
		}
	}
	for i := range r.Folders {
		if d := r.Folders[i].Day; d != "" && d < day {
			return true
		}
	}
	for i := range r.Failed {
		if d := r.Failed[i].Day; d != "" && d < day {
			return true
		}
	}
	return false
}
