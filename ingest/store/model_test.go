package store_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"trail403/ingest/source"
	"trail403/ingest/store"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/place"
)

// model is all that a store has to do: it knows of each object whether it was collected,
// and whether its events are still there.
type model struct {
	t         *testing.T
	random    *rand.Rand
	root      string
	src       source.Source
	p         place.Folder
	days      map[string]int // of the objects of the archive, by name
	collected map[string]bool
	present   map[string]bool
	now       time.Time
}

// Whatever happens to a store in whatever order, it is as the model says.
func TestModel(t *testing.T) {
	for seed := range uint64(4) {
		m := &model{
			t: t, random: rand.New(rand.NewPCG(seed, 403)), root: t.TempDir(), p: place.Folder{Path: t.TempDir()},
			days: map[string]int{}, collected: map[string]bool{}, present: map[string]bool{}, now: then,
		}
		m.src = source.Local{Path: m.root}
		if _, err := open(t.Context(), m.p); err != nil {
			t.Fatal(err)
		}
		var story []string
		for range 30 {
			story = append(story, m.step())
			if m.compare(); t.Failed() {
				t.Fatalf("seed %d: %s", seed, strings.Join(story, ", "))
			}
		}
		c := check(t, m.p)
		if c.Objects != len(m.collected) {
			t.Errorf("%d objects, want %d", c.Objects, len(m.collected))
		}
	}
}

// step does one thing, and says which.
func (m *model) step() string {
	m.now = m.now.Add(time.Duration(m.random.IntN(48)-12) * time.Hour) // clocks go back, too
	opts := store.Options{CommitObjects: 1 + m.random.IntN(5), Now: func() time.Time { return m.now }}
	switch m.random.IntN(8) {
	case 0, 1, 2:
		return m.add()
	case 3:
		opts.Sweep = m.random.IntN(2) == 0
		m.collect(opts)
		return "collect"
	case 4:
		opts.Shard.Of = 3
		opts.Shard.Number = m.random.IntN(3)
		m.collect(opts)
		return "collect a shard"
	case 5:
		return m.fail(opts)
	case 6:
		if _, err := store.Compact(m.t.Context(), m.p, time.Duration(m.random.IntN(2))*24*time.Hour, m.now); err != nil {
			m.t.Error(err)
		}
		return "compact"
	}
	day := 1 + m.random.IntN(8)
	if _, err := store.Forget(m.t.Context(), m.p, time.Date(2026, 10, day, 0, 0, 0, 0, time.UTC), m.now); err != nil {
		m.t.Error(err)
	}
	for name := range m.present {
		if m.days[name] < day {
			delete(m.present, name)
		}
	}
	return fmt.Sprint("forget before day ", day)
}

// add adds objects of any days to the archive.
func (m *model) add() string {
	n := 1 + m.random.IntN(6)
	for range n {
		day := 1 + m.random.IntN(15)
		name := objectName(day, len(m.days))
		record := strings.ReplaceAll(trail(denied(fmt.Sprint(len(m.days)))), "2026-10-05T", fmt.Sprintf("2026-10-%02dT", day))
		write(m.t, m.root, name, record)
		m.days[filepath.Base(name)] = day
	}
	return fmt.Sprint("add ", n)
}

func (m *model) collect(opts store.Options) {
	mustCollect(m.t, m.p, opts, m.src)
	for name := range m.days {
		e := source.Entry{Name: filepath.Join(m.root, m.path(name))}
		if !m.collected[name] && opts.Shard.Has(m.src, e) {
			m.collected[name], m.present[name] = true, true
		}
	}
}

// path returns the path of an object of the archive.
func (m *model) path(name string) string {
	var n int
	fmt.Sscanf(name[len(name)-len("00000000.json"):], "%08d", &n)
	return objectName(m.days[name], n)
}

var errFault = errors.New("the disk is full")

// fail collects until one of the first files cannot be created, or was created although
// an error says otherwise.
func (m *model) fail(opts store.Options) string {
	left, after := m.random.IntN(4), m.random.IntN(2) == 0
	p := faulty{m.p, func(_ string, create func() error) error {
		left--
		if left >= 0 {
			return create()
		}
		if after {
			if err := create(); err != nil {
				return err
			}
		}
		return errFault
	}}
	added, err := collect(m.t.Context(), p, opts, nil, m.src)
	if err != nil && !errors.Is(err, errFault) {
		m.t.Error(err)
	}
	// What was committed is only known to the store: of each object all or nothing.
	l, err := ledger.Open(m.t.Context(), m.p)
	if err != nil {
		m.t.Fatal(err)
	}
	n := 0
	for _, r := range l.Runs {
		n += r.Objects()
	}
	for _, row := range read(m.t, m.p).rows {
		if name := strings.Fields(row)[1]; !m.collected[name] {
			m.collected[name], m.present[name] = true, true
		}
	}
	if n != len(m.collected) {
		m.t.Errorf("%d objects were seen, and %d have rows", n, len(m.collected))
	}
	return fmt.Sprintf("fail after %d", added.Objects)
}

// compare compares the store with the model.
func (m *model) compare() {
	got := map[string]bool{}
	for _, row := range read(m.t, m.p).rows {
		got[strings.Fields(row)[1]] = true
	}
	for name := range m.present {
		if !got[name] {
			m.t.Errorf("%s is missing", name)
		}
	}
	if len(got) != len(m.present) {
		m.t.Errorf("%d objects have rows, want %d", len(got), len(m.present))
	}
}
