package file

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"github.com/parquet-go/parquet-go"

	"trail403/ingest/event"
	"trail403/ingest/store/version"
)

// A byte of a file changed: an error, or the same events. Nothing else may come of it.
func TestDamage(t *testing.T) {
	events := sample(2)
	whole := writeFile(t, events)
	all := Want{Show: true, Records: true}
	want, err := readFile(whole, all)
	if err != nil {
		t.Fatal(err)
	}
	missed := 0
	for i := 0; i < len(whole); i += 7 {
		data := bytes.Clone(whole)
		data[i] ^= 1 << (i % 8)
		got, err := readFile(data, all)
		switch {
		case err == nil && !reflect.DeepEqual(got, want):
			t.Fatalf("byte %d changed: other events without an error", i)
		case err == nil:
			missed++ // such as the index of pages, which only other programs read
		case !errors.Is(err, ErrCorrupt) && !errors.As(err, &version.NewerError{}):
			t.Fatalf("byte %d changed: %v", i, err)
		}
	}
	if most := len(whole) / 7 / 2; missed > most {
		t.Errorf("%d changes were not found, want at most %d", missed, most)
	}
	for i := 0; i < len(whole); i += 11 {
		if _, err := readFile(whole[:i], all); err == nil {
			t.Fatalf("cut after %d bytes: no error", i)
		}
	}
}

// Another Parquet file is no file of a store.
func TestForeign(t *testing.T) {
	type row struct {
		Kind string `parquet:"kind"`
	}
	var out bytes.Buffer
	w := parquet.NewGenericWriter[row](&out)
	if _, err := w.Write([]row{{"denial"}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := readFile(out.Bytes(), Want{}); !errors.Is(err, ErrCorrupt) {
		t.Errorf("got %v", err)
	}
}

// Numbers in runs and packs come out, whatever their width.
func TestHybrid(t *testing.T) {
	f := func(want []uint32, width, limit int, data ...byte) {
		t.Helper()
		got := make([]uint32, len(want))
		if ok := hybrid(got, data, width, limit); !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("got %v %v, want %v", got, ok, want)
		}
	}
	f([]uint32{5, 5, 5}, 3, 6, 3<<1, 5)
	f([]uint32{5, 5}, 3, 6, 3<<1, 5)
	f([]uint32{0, 1, 2, 3, 4, 5, 6, 7}, 3, 8, 1<<1|1, 0b10001000, 0b11000110, 0b11111010)
	f([]uint32{0, 1, 2, 3, 4, 5, 6, 7, 1, 1}, 3, 8, 1<<1|1, 0b10001000, 0b11000110, 0b11111010, 2<<1, 1)
	f([]uint32{0, 0, 0}, 0, 1, 1<<1|1)
	f([]uint32{0x0201}, 16, 0x0202, 1<<1, 1, 2)
	bad := func(n, width, limit int, data ...byte) {
		t.Helper()
		if hybrid(make([]uint32, n), data, width, limit) {
			t.Errorf("%v was read", data)
		}
	}
	bad(1, 3, 5, 1<<1, 5)     // not below the limit
	bad(2, 3, 8, 1<<1, 5)     // too few
	bad(1, 3, 8, 0)           // an empty run
	bad(8, 3, 8, 1<<1|1, 0)   // a pack that is cut
	bad(1, 33, 8, 1<<1, 0)    // too wide
	bad(1, 8, 8, 0xff, 0xff)  // no count
	bad(1, 0, 0, 1<<1|1)      // a dictionary without values
	bad(9, 1, 2, 1<<1|1, 255) // too few packs
}

func FuzzFile(f *testing.F) {
	f.Add(writeFile(f, sample(1)))
	f.Fuzz(func(t *testing.T, data []byte) {
		list, err := readFile(data, Want{Show: true, Records: true})
		if err == nil && len(list) > 0 {
			readFile(data, Want{})
		}
	})
}

// The checksums keep a fuzzer from what is behind them, so this one adds them.
func FuzzColumn(f *testing.F) {
	f.Add([]byte{3 << 1, 5}, uint8(3), uint8(8))
	f.Fuzz(func(t *testing.T, data []byte, width, n uint8) {
		r, err := NewReader()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		for i := range columnList() {
			c := &columnList()[i]
			known := dictionary{texts: []string{"a", "b"}, numbers: []int64{1, 2}}
			for _, x := range []page{
				{encoding: 0, values: int(n), data: data},
				{encoding: 8, values: int(n), data: append([]byte{width}, data...)},
			} {
				v := room(c, int(n), values{})
				if err := r.page(c, &v, &known, &x, 0); err != nil {
					continue
				}
				for _, at := range v.at {
					if int(at) >= max(len(v.texts), len(known.texts)) {
						t.Fatal("a number beyond the dictionary")
					}
				}
			}
			_ = r.dictionary(c, &dictionary{}, &page{values: int(n), data: data})
		}
	})
}

// Rows of another decoder are decoded again from their records. What was read of the
// original stays: its place, and the hash of a text that is no more.
func TestOlder(t *testing.T) {
	record := `{"eventID":"e1","eventTime":"2026-10-05T10:00:00Z","eventSource":"s3.amazonaws.com",` +
		`"eventName":"GetObject","errorCode":"OddCode","requestParameters":{"bucketName":"corp"}}`
	place := event.Place{Object: event.Object{Name: "o", Entry: 1}, Record: 7}
	change := `{"eventID":"e2","eventTime":"2026-10-05T10:00:00Z","eventSource":"s3.amazonaws.com",` +
		`"eventName":"DeleteBucketPolicy","requestParameters":{"bucketName":"corp"}}`
	events := []found{
		{denial: &event.Denial{Bucket: "wrong", ErrorCode: "OddCode", Fingerprint: 5, Place: place}, record: record},
		{denial: &event.Denial{Bucket: "no denial"}, record: `{"eventID":"e3"}`},
		{change: &event.Change{Name: "wrong", Fingerprint: 6}, place: place, record: change},
		{key: &event.KeyUse{Bucket: "gone"}, record: `{}`},
	}
	data := writeFile(t, events)
	f, err := ReadFooter(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f.Decoder--
	r, _ := NewReader()
	defer r.Close()
	var got []string
	err = r.Group(bytes.NewReader(data), f, 0, Want{}, func(e *Event) error {
		switch {
		case e.Denial != nil:
			got = append(got, e.Denial.Bucket+e.Denial.EventID)
			if e.Denial.Place != place || e.Denial.Fingerprint != 5 {
				t.Errorf("got %+v", e.Denial)
			}
		case e.Change != nil:
			got = append(got, e.Change.Name+e.Change.EventID)
			if *e.Place != place || e.Change.Fingerprint != 6 || len(e.Change.Targets) == 0 || len(e.Change.Documents) == 0 {
				t.Errorf("got %+v", e.Change)
			}
		default:
			t.Errorf("got a key: %+v", e.Key)
		}
		return nil
	})
	if err != nil || !reflect.DeepEqual(got, []string{"DeleteBucketPolicye2", "corpe1"}) {
		t.Errorf("got %q, %v", got, err)
	}
}
