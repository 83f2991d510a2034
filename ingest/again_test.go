package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"trail403/ingest/again"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/ingest/source"
)

// chosen are denials to read again, in their order.
type chosen struct {
	denials []event.Denial
	objects []event.Object
	numbers map[event.Object]uint32
}

func (w *chosen) Len() int                    { return len(w.denials) }
func (w *chosen) Object(i int) uint32         { return w.numbers[w.denials[i].Place.Object] }
func (w *chosen) Record(i int) int            { return w.denials[i].Place.Record }
func (w *chosen) Fingerprint(i int) uint64    { return w.denials[i].Fingerprint }
func (w *chosen) Named(n uint32) event.Object { return w.objects[n] }

func chosenOf(denials []event.Denial) *chosen {
	w := &chosen{denials: denials, numbers: map[event.Object]uint32{}}
	for _, d := range denials {
		if _, ok := w.numbers[d.Place.Object]; !ok {
			w.numbers[d.Place.Object] = uint32(len(w.objects))
			w.objects = append(w.objects, d.Place.Object)
		}
	}
	return w
}

// againIDs reads records again and returns their event ids.
func againIDs(t *testing.T, src source.Remote, w *chosen, kept ...*again.Kept) ([]string, error) {
	t.Helper()
	var opts Options
	opts.defaults()
	records, err := again.Read(context.Background(), w, kept,
		again.Options{Source: src, Workers: 3, Limits: opts.limits(), Retry: quick})
	if err != nil {
		return nil, err
	}
	defer records.Close()
	var ids []string
	decoder := denial.NewDecoder()
	err = records.Each(func(i int, record []byte) error {
		d, verdict, err := decoder.Decode(record)
		if i != len(ids) || verdict != denial.Denied || err != nil {
			t.Errorf("record %d, the %dth: %v, %v", i, len(ids), verdict, err)
		}
		ids = append(ids, d.EventID)
		return nil
	})
	return ids, err
}

// Records of every shape come again in the order in which they are wanted, also over a
// network that breaks, and where only some of them are wanted.
func TestAgain(t *testing.T) {
	var records []string
	for i := range 300 {
		records = append(records, other(fmt.Sprint("other-", i)), denied(fmt.Sprint("id-", i)))
	}
	text := trail(records...)
	members := []packed{
		{"a.json", trail(denied("a"), denied("b"))}, {"b.json.gz", gz(text)}, {"c.txt", "text"},
		{"a.json", trail(denied("of the same name"))}, {"z.jsonl", denied("y") + "\n" + denied("z")},
	}
	objects := memory{
		"plain.json": text, "gzip.json.gz": gz(text), "lines.jsonl": strings.Join(records, "\n"), "zstd": zst(t, text),
		"again.json": `{"Records":[` + denied("dropped") + `],"Records":[` + denied("counts") + `]}`,
		"tar":        tarOf(t, members...), "zip": zipOf(t, members...), "tgz": gz(tarOf(t, members...)),
	}
	for _, breaks := range []int{0, 1} {
		_, denials := runOnce(t, Options{Retry: quick}, 2, []source.Source{overNetwork(objects, 0, false)})
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(denials), func(i, j int) { denials[i], denials[j] = denials[j], denials[i] })
		for _, n := range []int{len(denials), len(denials) / 3, 1, 0} {
			some := denials[:n]
			ids, err := againIDs(t, overNetwork(objects, breaks, true), chosenOf(some))
			if err != nil || len(ids) != n {
				t.Fatalf("%d of %d: %v", len(ids), n, err)
			}
			for i, id := range ids {
				if id != some[i].EventID {
					t.Fatalf("%d of %d is %s and not %s", i, n, id, some[i].EventID)
				}
			}
		}
	}
}

// An object that changed in the meantime is named, whatever became of it.
func TestAgainChanged(t *testing.T) {
	before := memory{"x/b.json": trail(other("o"), denied("a"), denied("b"))}
	_, denials := runOnce(t, Options{}, 1, []source.Source{before})
	one := tarOf(t, packed{"m.json", trail(denied("m"))})
	_, members := runOnce(t, Options{}, 1, []source.Source{memory{"x.tar": one}})
	f := func(want string, denials []event.Denial, content string) {
		t.Helper()
		name := denials[0].Place.Object.EntryName()
		_, err := againIDs(t, overNetwork(memory{name: content}, 0, false), chosenOf(denials))
		var changed *again.Changed
		if !errors.As(err, &changed) || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), denials[0].Place.Object.EntryName()) {
			t.Errorf("%.40q: error %v, want %s", content, err, want)
		}
	}
	f("record 3 is another one", denials, trail(other("o"), denied("a"), denied("c")))
	f("record 2 is another one", denials, trail(denied("a"), denied("b"), other("o")))
	f("no record 3 any more", denials, trail(other("o"), denied("a")))
	f("no record 2 any more", denials, "{}")
	f("changed", denials, "text")
	f("holds no records", denials, one)
	f("truncated", denials, gz(trail(other("o"), denied("a"), denied("b")))[:60])
	f("no archive", members, trail(denied("m")))
	f("not in the archive", members, tarOf(t, packed{"d/", ""}))
	f("another one", members, tarOf(t, packed{"m.json", trail(denied("n"))}))
}

// What can be read only once was kept, however much that is. Other records are kept up to
// a number of bytes, and then read again.
func TestAgainKept(t *testing.T) {
	var records []string
	for i := range 2000 {
		records = append(records, denied(fmt.Sprint("id-", i)))
	}
	text := trail(records...)
	for _, most := range []int{0, 1000, 1 << 30} {
		k := again.NewKept(most)
		sink := &keeper{kept: k}
		src := memory{"file": text, "pipe": func() io.Reader { return strings.NewReader(text) }}
		if _, err := Run(context.Background(), []source.Source{src}, Options{Workers: 1}, func() Sink { return sink }); err != nil {
			t.Fatal(err)
		}
		if len(sink.denials) != 4000 {
			t.Fatalf("%d denials", len(sink.denials))
		}
		var get source.Remote = overNetwork(memory{"file": text}, 0, false)
		if most == 1<<30 {
			get = overNetwork(memory{}, 0, false) // which panics
		}
		ids, err := againIDs(t, get, chosenOf(sink.denials), k)
		if err != nil || len(ids) != 4000 {
			t.Fatalf("%d kept: %d, %v", most, len(ids), err)
		}
		if _, err := againIDs(t, get, chosenOf(sink.denials[2000:]), again.NewKept(0)); err == nil {
			t.Error("a pipe was read again")
		}
	}
}

// keeper is a collector that keeps records.
type keeper struct {
	collector
	kept *again.Kept
}

func (k *keeper) Look(d *event.Denial, record []byte) { k.kept.Add(&d.Place, record) }
