package store

import (
	"context"
	"slices"
	"time"

	"trail403/ingest/store/file"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/manifest"
	"trail403/ingest/store/place"
	"trail403/ingest/store/seen"
)

// rewrite creates one file in place of the files of several runs, which follow one
// another. Rows of events before a time are left out, unless it is zero.
func rewrite(ctx context.Context, l *ledger.Ledger, runs []*ledger.Run, before, now time.Time) error {
	staged, err := l.Place.Stage()
	if err != nil {
		return err
	}
	defer l.Place.Discard(staged)
	w, err := file.NewWriter(staged)
	if err != nil {
		return err
	}
	var all []*manifest.Manifest
	lost := map[manifest.At]int{}
	var rows manifest.Rows
	for _, r := range runs {
		all = append(all, r.Manifest)
		err := eachRow(ctx, l.Place, r, func(e *file.Event) error {
			if !before.IsZero() && e.Micros < before.UnixMicro() {
				if e.Denial != nil {
					lost[manifest.AtOf(e.Place.Object.EntryName())]++
				}
				return nil
			}
			count(&rows, e)
			return addEvent(w, e)
		})
		if err != nil {
			return err
		}
	}
	m := manifest.Merge(all)
	m.Rows, m.Run, m.Committed = rows, ledger.RandomID(), now.UTC().Truncate(time.Second)
	if !before.IsZero() {
		m.Forget(before)
		m.Lose(lost)
	}
	if m.Seen, err = mergeSeen(ctx, l, m.Seen); err != nil {
		return err
	}
	text, err := m.Text()
	if err != nil {
		return err
	}
	if err := w.Close(text); err != nil {
		return err
	}
	return l.Place.Create(ctx, ledger.CompactName(m.First, m.Last, edition(runs)+1), staged)
}

// edition returns the edition of a file that is replaced, 0 where several become one.
func edition(runs []*ledger.Run) int {
	if len(runs) > 1 {
		return 0
	}
	return runs[0].Edition()
}

func count(rows *manifest.Rows, e *file.Event) {
	switch {
	case e.Denial != nil:
		rows.Denials++
	case e.Change != nil:
		rows.Changes++
	default:
		rows.Keys++
	}
}

// eachRow walks the rows of a file, with their records.
func eachRow(ctx context.Context, p place.Place, r *ledger.Run, do func(*file.Event) error) error {
	return eachRowOf(ctx, p, r, func(*file.Group) bool { return true }, do)
}

// eachRowOf walks the rows of the row groups that are wanted.
func eachRowOf(
	ctx context.Context, p place.Place, r *ledger.Run, wanted func(*file.Group) bool, do func(*file.Event) error,
) error {
	var groups []int
	for n := range r.Footer.Groups {
		if wanted(&r.Footer.Groups[n]) {
			groups = append(groups, n)
		}
	}
	if len(groups) == 0 {
		return nil
	}
	in, err := p.Open(ctx, r.File)
	if err != nil {
		return err
	}
	defer in.Close()
	reader, err := file.NewReader()
	if err != nil {
		return err
	}
	defer reader.Close()
	for _, n := range groups {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if err := reader.Group(in, r.Footer, n, file.Want{Show: true, Records: true}, do); err != nil {
			return ledger.About(p.Name(r.File.Name), err)
		}
	}
	return nil
}

// mergeSeen makes one list of those with the same last day: a collector loads only the
// last days.
func mergeSeen(ctx context.Context, l *ledger.Ledger, all []manifest.Seen) (merged []manifest.Seen, err error) {
	byDay := map[[2]string][]manifest.Seen{}
	var days [][2]string
	for _, s := range all {
		key := [2]string{s.Last, ""}
		if s.Undated {
			key[1] = "undated"
		}
		if byDay[key] == nil {
			days = append(days, key)
		}
		byDay[key] = append(byDay[key], s)
	}
	slices.SortFunc(days, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	files, err := seenFiles(ctx, l.Place)
	if err != nil {
		return nil, err
	}
	for _, key := range days {
		list := byDay[key]
		if len(list) == 1 {
			merged = append(merged, list[0])
			continue
		}
		var ids []seen.ID
		for _, s := range list {
			some, err := readSeen(ctx, l.Place, files, s)
			if err != nil {
				return nil, err
			}
			ids = append(ids, some...)
		}
		dates := []string{key[0]}
		if key[1] != "" {
			dates = append(dates, "")
		}
		one, err := writeSeen(ctx, l.Place, ids, dates)
		if err != nil {
			return nil, err
		}
		merged = append(merged, one...)
	}
	return merged, nil
}
