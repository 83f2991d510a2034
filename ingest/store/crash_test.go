package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"trail403/ingest/store"
	"trail403/ingest/store/ledger"
	"trail403/ingest/store/place"
)

// crashing is a place of a process that dies at a named point. From then on nothing
// happens, and nothing is cleaned up.
type crashing struct {
	place.Place
	point string
	dead  bool
}

var errDead = errors.New("the process is dead")

// pass says whether the process goes past a point.
func (c *crashing) pass(when, what, name string) error {
	kind := map[bool]string{true: "list", false: "run"}[strings.HasPrefix(name, ledger.SeenFolder)]
	switch {
	case name == ledger.SettingsName:
		kind = "settings"
	case strings.HasPrefix(name, ledger.EventsFolder+"/c-"):
		kind = "compacted file"
	}
	c.dead = c.dead || c.point == strings.Join([]string{when, what, kind}, " ")
	if c.dead {
		return errDead
	}
	return nil
}

func (c *crashing) Create(ctx context.Context, name string, staged *os.File) error {
	if err := c.pass("before", "creating", name); err != nil {
		return err
	}
	return errors.Join(c.Place.Create(ctx, name, staged), c.pass("after", "creating", name))
}

func (c *crashing) Remove(ctx context.Context, name string) error {
	if err := c.pass("before", "removing", name); err != nil {
		return err
	}
	return errors.Join(c.Place.Remove(ctx, name), c.pass("after", "removing", name))
}

func (c *crashing) Discard(staged *os.File) {
	if c.dead {
		staged.Close() // the file stays
		return
	}
	c.Place.Discard(staged)
}

// Whatever a process does not come to, the store is right without it, and the next one
// completes the work.
func TestCrash(t *testing.T) {
	before := then.AddDate(0, 0, -29) // Oct 3
	for command, points := range map[string][]string{
		"collect": {"creating settings", "creating list", "creating run"},
		"compact": {"creating list", "creating compacted file", "removing run", "removing list"},
		"forget":  {"creating compacted file", "removing run"},
	} {
		for i, point := range append(points, points...) {
			point = []string{"before ", "after "}[i/len(points)] + point
			t.Run(command+" "+point, func(t *testing.T) {
				root, src, p := filled(t, 4)
				if command == "collect" {
					p = place.Folder{Path: t.TempDir()}
				}
				if command == "compact" { // two lists of a day become one
					write(t, root, objectName(1, 9), trailOf("late"))
					mustCollect(t, p, store.Options{}, src)
				}
				write(t, root, objectName(5, 5), trailOf("one more"))
				if strings.Contains(point, "removing") && command == "compact" {
					mustCollect(t, p, store.Options{}, src)
					if _, err := store.Compact(t.Context(), p, 0, then); err != nil {
						t.Fatal(err)
					}
				}
				run := func(p place.Place) (err error) {
					switch command {
					case "collect":
						_, err = collect(t.Context(), p, store.Options{}, nil, src)
					case "compact":
						_, err = store.Compact(t.Context(), p, 0, then)
					case "forget":
						_, err = store.Forget(t.Context(), p, before, then)
					}
					return err
				}
				c := &crashing{Place: p, point: point}
				if err := run(c); !c.dead || !errors.Is(err, errDead) {
					t.Fatalf("dead: %t, %v", c.dead, err)
				}
				if _, err := ledger.Open(t.Context(), p); err == nil {
					check(t, p)
				} else if !errors.Is(err, ledger.ErrNoStore) || point != "before creating settings" {
					t.Error(err)
				}
				if err := run(p); err != nil {
					t.Fatal(err)
				}
				check(t, p)
				if command != "forget" {
					mustCollect(t, p, store.Options{}, src)
					same(t, p, src)
					return
				}
				_, _, other := filled(t, 4)
				if err := run(other); err != nil {
					t.Fatal(err)
				}
				if got, want := fmt.Sprint(read(t, p).rows), fmt.Sprint(read(t, other).rows); !reflect.DeepEqual(got, want) {
					t.Errorf("got %s, want %s", got, want)
				}
			})
		}
	}
}
