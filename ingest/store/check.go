package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"trail403/ingest/store/file"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/manifest"
	"trail403/ingest/store/place"
	"trail403/ingest/store/seen"
)

// Errors that only a check finds.
var (
	ErrSum       = errors.New("the rows do not add up to what the manifest says")
	ErrRowTwice  = errors.New("a row is in the store twice")
	ErrSeenTwice = errors.New("an object was collected twice")
)

// Checked says what a check read, and what is wrong.
type Checked struct {
	Files, Rows, Objects int
	Unused               []string // lists of seen objects that no run names: harmless
	Problems             []*ledger.Problem
}

// Check reads everything in a store: every row, every list of seen objects, every sum.
func Check(ctx context.Context, p place.Place) (*Checked, error) {
	l, problems, err := ledger.Survey(ctx, p)
	if err != nil {
		return nil, err
	}
	c := &checker{Checked: &Checked{Problems: problems}, place: p, named: map[string]bool{}}
	if c.files, err = seenFiles(ctx, p); err != nil {
		return nil, err
	}
	for _, r := range l.Runs {
		c.Files++
		if err := c.run(ctx, r); err != nil {
			return nil, err
		}
	}
	for _, f := range l.Replaced { // they are not read, but their lists are not unused
		if m, err := l.ReadManifest(ctx, f); err == nil {
			c.name(m)
		}
	}
	for name := range c.files {
		if !c.named[name] {
			c.Unused = append(c.Unused, p.Name(name))
		}
	}
	slices.Sort(c.Unused)
	return c.Checked, nil
}

// checker checks one run after another.
type checker struct {
	*Checked
	place place.Place
	files map[string]place.File // of seen objects
	named map[string]bool       // of those, by manifests
	rows  twice
	ids   twice
}

// twice finds what comes twice, by hashes: 16 bytes for each.
type twice map[[16]byte]struct{}

func (t *twice) add(parts ...any) (again bool) {
	sum := sha256.Sum256(fmt.Append(nil, parts...))
	return t.mark([16]byte(sum[:]))
}

func (t *twice) addID(id seen.ID) (again bool) {
	var key [16]byte
	binary.LittleEndian.PutUint64(key[:], uint64(id))
	return t.mark(key)
}

func (t *twice) mark(key [16]byte) (again bool) {
	if *t == nil {
		*t = twice{}
	}
	_, again = (*t)[key]
	(*t)[key] = struct{}{}
	return again
}

func (c *checker) problem(name string, err error) {
	c.Problems = append(c.Problems, &ledger.Problem{Name: c.place.Name(name), Err: err})
}

// damaged notes what is wrong with a file. Other errors end the check.
func (c *checker) damaged(err error) error {
	if damaged := (*ledger.Problem)(nil); errors.As(err, &damaged) {
		c.Problems = append(c.Problems, damaged)
		return nil
	}
	return err
}

func (c *checker) name(m *manifest.Manifest) {
	for _, s := range m.Seen {
		c.named[s.File] = true
	}
}

func (c *checker) run(ctx context.Context, r *ledger.Run) error {
	c.name(r.Manifest)
	if err := c.checkRows(ctx, r); err != nil {
		return err
	}
	for _, s := range r.Seen {
		if err := c.checkSeen(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// checkRows reads the rows of a run and adds them up.
func (c *checker) checkRows(ctx context.Context, r *ledger.Run) error {
	var rows manifest.Rows
	isTwice := false
	err := eachRow(ctx, c.place, r, func(e *file.Event) error {
		c.Rows++
		count(&rows, e)
		kind := "key"
		switch {
		case e.Denial != nil:
			kind = "denial"
		case e.Change != nil:
			kind = "change"
		}
		o := &e.Place.Object
		version := sha256.Sum256(e.Record) // an object may have changed
		isTwice = c.rows.add(kind, "\x00", o.Name, "\x00", o.Entry, o.Member, e.Place.Record, version) || isTwice
		return nil
	})
	if err != nil {
		return c.damaged(err)
	}
	if isTwice {
		c.problem(r.File.Name, ErrRowTwice)
	}
	denied := 0
	for i := range r.Folders {
		denied += r.Folders[i].Denied
	}
	if rows != r.Rows || denied != rows.Denials {
		c.problem(r.File.Name, ErrSum)
	}
	return nil
}

// checkSeen reads a list of seen objects.
func (c *checker) checkSeen(ctx context.Context, s manifest.Seen) error {
	ids, err := readSeen(ctx, c.place, c.files, s)
	if err != nil {
		return c.damaged(err)
	}
	c.Objects += len(ids)
	isTwice := false
	for _, id := range ids {
		isTwice = c.ids.addID(id) || isTwice
	}
	if isTwice {
		c.problem(s.File, ErrSeenTwice)
	}
	return nil
}
