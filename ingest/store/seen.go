package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"trail403/ingest/store/ledger"
	"trail403/ingest/store/manifest"
	"trail403/ingest/store/place"
	"trail403/ingest/store/seen"
)

// ErrSeen is the error of a list of seen objects that is missing or damaged. Without it,
// objects would be collected twice.
var ErrSeen = errors.New("the list of seen objects is missing or is not the one that was written")

// Seen returns the objects that a store has seen.
func Seen(ctx context.Context, l *ledger.Ledger) (*seen.Set, error) {
	return seenSince(ctx, l, l.Runs, time.Time{})
}

// seenSince returns the objects of runs that may be listed if nothing before a day is.
func seenSince(ctx context.Context, l *ledger.Ledger, runs []*ledger.Run, since time.Time) (*seen.Set, error) {
	files, err := seenFiles(ctx, l.Place)
	if err != nil {
		return nil, err
	}
	var wanted []manifest.Seen
	for _, r := range runs {
		for _, s := range r.Seen {
			if since.IsZero() || s.Undated || s.Last >= since.Format(time.DateOnly) {
				wanted = append(wanted, s)
			}
		}
	}
	const readers = 16
	lists := make([][]seen.ID, len(wanted))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(readers)
	for i, s := range wanted {
		g.Go(func() (err error) {
			lists[i], err = readSeen(ctx, l.Place, files, s)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return seen.NewSet(lists...), nil
}

// seenFiles returns all lists of seen objects, by name.
func seenFiles(ctx context.Context, p place.Place) (map[string]place.File, error) {
	files, err := p.List(ctx, ledger.SeenFolder)
	byName := map[string]place.File{}
	for _, f := range files {
		byName[f.Name] = f
	}
	return byName, err
}

// readSeen reads a list of seen objects and compares it with its checksum.
func readSeen(ctx context.Context, p place.Place, files map[string]place.File, s manifest.Seen) ([]seen.ID, error) {
	f, ok := files[s.File]
	if !ok {
		return nil, &ledger.Problem{Name: p.Name(s.File), Err: ErrSeen}
	}
	packed, err := place.ReadAll(ctx, p, f)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(packed); hex.EncodeToString(sum[:]) != s.SHA256 {
		return nil, &ledger.Problem{Name: p.Name(s.File), Err: ErrSeen}
	}
	ids, err := seen.Unpack(packed)
	if err == nil && len(ids) != s.Objects {
		err = ErrSeen
	}
	if err != nil {
		return nil, &ledger.Problem{Name: p.Name(s.File), Err: err}
	}
	return ids, nil
}

// writeSeen creates a list of objects, and returns what a manifest says of it. days are
// the days of their delivery, "" where names do not tell.
func writeSeen(ctx context.Context, p place.Place, ids []seen.ID, days []string) ([]manifest.Seen, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	s := manifest.Seen{Objects: len(ids), Last: slices.Max(days), Undated: slices.Contains(days, "")}
	packed := seen.Pack(ids)
	sum := sha256.Sum256(packed)
	s.SHA256 = hex.EncodeToString(sum[:])
	s.File = ledger.SeenName(s.SHA256)
	err := place.CreateBytes(ctx, p, s.File, packed)
	if err != nil && !errors.Is(err, place.ErrExists) { // the same objects, so the same list
		return nil, fmt.Errorf("writing the list of seen objects: %w", err)
	}
	return []manifest.Seen{s}, nil
}
