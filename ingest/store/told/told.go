// Package told remembers in a store what was reported under a name: the last report, which
// the next one is compared with.
//
// A report is remembered after it was written. So a run that ends in between reports its
// news again, and none are ever lost. Files are created and never changed, as all files
// of a store.
package told

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"trail403/ingest/pattern"
	"trail403/ingest/store/place"
)

// folder is where the names have their folders.
const folder = "told"

// kept is how many files of a name are kept, so that people can look back.
const kept = 10

var (
	validName = pattern.New(`^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$`)
	fileName  = pattern.New(`^told/[^/]+/(\d{8,18})\.json$`)
)

// IsName says whether a name can be used.
func IsName(name string) bool { return validName.MatchString(name) }

// Told is what was reported under a name.
type Told struct {
	place place.Place
	name  string
	files []numbered // in order
}

type numbered struct {
	place.File
	number int
}

// Open reads what was reported under a name, and returns the last report. It is nil if there
// is none.
func Open(ctx context.Context, p place.Place, name string) (t *Told, last []byte, err error) {
	t = &Told{place: p, name: name}
	if err := t.list(ctx); err != nil || len(t.files) == 0 {
		return t, nil, err
	}
	f := t.files[len(t.files)-1].File
	if last, err = place.ReadAll(ctx, p, f); err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", p.Name(f.Name), err)
	}
	return t, last, nil
}

// Place returns the name of the last file, for people.
func (t *Told) Place() string { return t.place.Name(t.files[len(t.files)-1].Name) }

func (t *Told) list(ctx context.Context) error {
	files, err := t.place.List(ctx, folder+"/"+t.name)
	if err != nil {
		return fmt.Errorf("listing the reports of the name %s: %w", t.name, err)
	}
	t.files = nil
	for _, f := range files {
		if m := fileName.FindStringSubmatch(f.Name); m != nil {
			n, _ := strconv.Atoi(m[1]) // it has few enough digits
			t.files = append(t.files, numbered{f, n})
		}
	}
	slices.SortFunc(t.files, func(a, b numbered) int { return cmp.Compare(a.number, b.number) })
	return nil
}

// Add remembers a report. Old ones are removed.
func (t *Told) Add(ctx context.Context, report []byte) error {
	for {
		next := 1
		if n := len(t.files); n > 0 {
			next = t.files[n-1].number + 1
		}
		err := place.CreateBytes(ctx, t.place, fmt.Sprintf("%s/%s/%08d.json", folder, t.name, next), report)
		switch {
		case errors.Is(err, place.ErrExists): // another run reported something at the same time
			if err := t.list(ctx); err != nil {
				return err
			}
		case err != nil:
			return err
		default:
			return t.prune(ctx)
		}
	}
}

func (t *Told) prune(ctx context.Context) error {
	for len(t.files) >= kept {
		if err := t.place.Remove(ctx, t.files[0].Name); err != nil {
			return err
		}
		t.files = t.files[1:]
	}
	return nil
}
