package file

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"trail403/ingest/event"
)

// found is an event of a file with memory of its own.
type found struct {
	denial *event.Denial
	change *event.Change
	key    *event.KeyUse
	place  event.Place
	record string
}

// writeFile returns a file of the events.
func writeFile(t testing.TB, events []found) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		switch {
		case e.denial != nil:
			err = w.AddDenial(e.denial, []byte(e.record))
		case e.change != nil:
			err = w.AddChange(e.change, e.place, []byte(e.record))
		default:
			err = w.AddKey(*e.key, e.place, []byte(e.record))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if w.Rows() != len(events) {
		t.Errorf("%d rows, want %d", w.Rows(), len(events))
	}
	if err := w.Close([]byte("the manifest")); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// readFile returns the events of a file.
func readFile(data []byte, want Want) (list []found, err error) {
	in := bytes.NewReader(data)
	f, err := ReadFooter(in, int64(len(data)))
	if err != nil {
		return nil, err
	}
	r, err := NewReader()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	for i := range f.Groups {
		err := r.Group(in, f, i, want, func(e *Event) error {
			x := found{place: *e.Place, record: string(e.Record)}
			switch {
			case e.Denial != nil:
				d := *e.Denial
				x.denial = &d
			case e.Change != nil:
				c := *e.Change
				x.change = &c
			default:
				k := *e.Key
				x.key = &k
			}
			list = append(list, x)
			return nil
		})
		if err != nil {
			return list, err
		}
	}
	return list, nil
}

// filler fills all fields of a value with values that occur nowhere else.
type filler struct{ n int }

func (f *filler) fill(v reflect.Value) {
	f.n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprintf("text %d é<", f.n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(f.n))
	case reflect.Uint64:
		v.SetUint(math.MaxUint64 - uint64(f.n))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fill(v.Index(i))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Date(2026, 10, 5, 10, 0, f.n%60, 123456789, time.UTC)))
			return
		}
		for i := range v.NumField() {
			f.fill(v.Field(i))
		}
	default:
		panic("a field of the kind " + v.Kind().String() + " is not stored yet")
	}
}

func filled[T any](f *filler) (x T) {
	f.fill(reflect.ValueOf(&x).Elem())
	return x
}

// sample returns events with all fields set, and with none.
func sample(n int) (list []found) {
	f := &filler{}
	for range n {
		d := filled[event.Denial](f)
		d.Place.Object.Entry = 3
		list = append(list, found{denial: &d, place: d.Place, record: `{"eventName":"GetObject"}`})
		c, p := filled[event.Change](f), filled[event.Place](f)
		p.Object.Entry = 3
		list = append(list, found{change: &c, place: p, record: `{}`})
		k := filled[event.KeyUse](f)
		list = append(list, found{key: &k, place: p, record: `{"eventTime":"2026-10-05T11:00:00Z"}`})
	}
	return append(list, found{denial: &event.Denial{Time: time.Unix(1e9, 0).UTC()}},
		found{change: &event.Change{Time: time.Unix(1e9, 0).UTC()}}, found{key: &event.KeyUse{}})
}

// Every field of an event comes back, so that a field that is added to one fails here
// until it is stored.
func TestEveryField(t *testing.T) {
	events := sample(3)
	got, err := readFile(writeFile(t, events), Want{Show: true, Records: true})
	if err != nil || len(got) != len(events) {
		t.Fatalf("%d events, %v", len(got), err)
	}
	for _, want := range events {
		same := false
		for _, g := range got {
			same = same || reflect.DeepEqual(g, want)
		}
		if !same {
			t.Errorf("lost or changed: %+v\n%+v\n%+v", want.denial, want.change, want.key)
		}
	}
}

// What nobody asked for is not read.
func TestParts(t *testing.T) {
	data := writeFile(t, sample(2))
	for _, want := range []Want{{}, {Show: true}} {
		got, err := readFile(data, want)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range got {
			if g.record != "" || g.denial != nil && (g.denial.Message != "") != (want.Show && g.denial.EventID != "") {
				t.Fatalf("%+v: got record %q, denial %+v", want, g.record, g.denial)
			}
		}
	}
}

// What only examples show can wait until somebody asks, and a row shows nothing of
// another one.
func TestLater(t *testing.T) {
	var events []found
	for i := range 20 {
		d := event.Denial{Time: time.Unix(int64(i), 0).UTC(), Message: fmt.Sprint("m", i), RequestID: fmt.Sprint("r", i)}
		events = append(events, found{denial: &d})
	}
	data := writeFile(t, events)
	f, err := ReadFooter(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	r, _ := NewReader()
	defer r.Close()
	for range 2 { // in used memory, too
		i := 0
		err := r.Group(bytes.NewReader(data), f, 0, Want{Show: true, Later: true}, func(e *Event) error {
			if e.Denial.Message+e.Denial.RequestID != "" {
				t.Errorf("row %d: %q before it was asked for", i, e.Denial.Message)
			}
			if i%7 == 3 {
				if err := e.Complete(); err != nil || *e.Denial != *events[i].denial {
					t.Errorf("row %d: got %+v, %v", i, e.Denial, err)
				}
			}
			i++
			return nil
		})
		if err != nil || i != 20 {
			t.Fatalf("%d rows, %v", i, err)
		}
	}
}

// Texts of any bytes come back, though each column is valid UTF-8.
func TestAnyBytes(t *testing.T) {
	for _, name := range []string{"a\xffb", "\x00a", "\x00\xff\x00", "é", "\x00"} {
		d := event.Denial{Time: time.Unix(1e9, 0).UTC(), Place: event.Place{Object: event.Object{Name: name}}}
		got, err := readFile(writeFile(t, []found{{denial: &d, record: name}}), Want{Records: true})
		if err != nil || len(got) != 1 || got[0].place.Object.Name != name || got[0].record != name {
			t.Errorf("%q: got %+v, %v", name, got, err)
		}
	}
}

// Many rows become several row groups, each with the time of its rows, in order.
func TestGroups(t *testing.T) {
	var events []found
	for i := range 2*maxGroupRows + 5 {
		at := time.Unix(int64(1e9+(i*7919)%1000+i/maxGroupRows*1000), 0).UTC()
		d := event.Denial{Time: at, EventID: fmt.Sprint(i), Principal: fmt.Sprint("p", i%100), Bucket: "b",
			Key: strings.Repeat("k", i%50), HasARN: i%3 == 0}
		events = append(events, found{denial: &d})
	}
	data := writeFile(t, events)
	f, err := ReadFooter(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(f.Groups) != 3 || f.Rows != len(events) || string(f.Manifest) != "the manifest" {
		t.Fatalf("got %+v, %v", f, err)
	}
	for i, g := range f.Groups[:2] {
		if g.First != int64(1e9+i*1000)*1e6 || g.Last != int64(1e9+i*1000+999)*1e6 {
			t.Errorf("group %d: from %d to %d", i, g.First, g.Last)
		}
	}
	got, err := readFile(data, Want{})
	if err != nil || len(got) != len(events) {
		t.Fatalf("%d events, %v", len(got), err)
	}
	seen := map[string]bool{}
	for _, g := range got {
		var i int
		fmt.Sscan(g.denial.EventID, &i)
		if want := *events[i].denial; !reflect.DeepEqual(*g.denial, want) || seen[g.denial.EventID] {
			t.Fatalf("got %+v\nwant %+v", g.denial, want)
		}
		seen[g.denial.EventID] = true
	}
}

// The end of a file is read at once, wherever the rows are.
func TestFooterAlone(t *testing.T) {
	data := writeFile(t, sample(5))
	in := &counted{Reader: bytes.NewReader(data)}
	if _, err := ReadFooter(in, int64(len(data))); err != nil || in.reads != 1 || in.bytes > firstRead {
		t.Errorf("%d reads of %d bytes, %v", in.reads, in.bytes, err)
	}
	var out bytes.Buffer
	w, err := NewWriter(&out)
	if err != nil {
		t.Fatal(err)
	}
	long := bytes.Repeat([]byte("x"), 2*firstRead)
	if err := w.Close(long); err != nil {
		t.Fatal(err)
	}
	f, err := ReadFooter(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil || !bytes.Equal(f.Manifest, long) || f.Rows != 0 {
		t.Errorf("got %d bytes, %v", len(f.Manifest), err)
	}
}

type counted struct {
	*bytes.Reader
	reads, bytes int
}

func (c *counted) ReadAt(p []byte, at int64) (int, error) {
	c.reads++
	c.bytes += len(p)
	return c.Reader.ReadAt(p, at)
}

// An error of the one who takes events ends reading.
func TestStop(t *testing.T) {
	data := writeFile(t, sample(1))
	f, _ := ReadFooter(bytes.NewReader(data), int64(len(data)))
	r, _ := NewReader()
	defer r.Close()
	stop := errors.New("stop")
	if err := r.Group(bytes.NewReader(data), f, 0, Want{}, func(*Event) error { return stop }); err != stop {
		t.Errorf("got %v", err)
	}
}
