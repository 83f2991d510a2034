package columns

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

type user struct {
	UID   string            `parquet:"uid,optional"`
	Names []string          `parquet:"names,list"`
	Tags  map[string]string `parquet:"tags"`
}

type row struct {
	Time  int64     `parquet:"time"`
	At    time.Time `parquet:"at,timestamp(microsecond)"`
	Raw   []byte    `parquet:"raw"`
	OK    bool      `parquet:"ok"`
	Count int32     `parquet:"count,optional"`
	User  *user     `parquet:"user,optional"`
	Parts []user    `parquet:"parts,list"`
}

func file(t testing.TB, codec compress.Codec, rows ...row) []byte {
	t.Helper()
	var out bytes.Buffer
	w := parquet.NewGenericWriter[row](&out, parquet.Compression(codec), parquet.MaxRowsPerRowGroup(50))
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

var ample = Limits{Object: 1 << 30, Group: 1 << 30}

func read1(data []byte, limits Limits) (rows []string, err error) {
	f, err := Open(bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		return nil, err
	}
	err = f.Rows(func(object []byte) error {
		rows = append(rows, string(object))
		return nil
	})
	return rows, err
}

var at = time.Date(2026, 10, 5, 10, 0, 0, 123456000, time.UTC)

func sample() row {
	return row{7, at, []byte(`{"a":"é"}`), true, 0, &user{"u", []string{"a", "b"}, map[string]string{"k.l": "v"}}, []user{{UID: "p"}}}
}

// Rows come as objects, in order, with every codec that is read.
func TestRows(t *testing.T) {
	const want = `{"at":1791194400123456,"count":null,"ok":true,"parts":[{"names":[],"tags":{},"uid":"p"}],"raw":"{\"a\":\"é\"}","time":7,` +
		`"user":{"names":["a","b"],"tags":{"k.l":"v"},"uid":"u"}}`
	for _, codec := range []compress.Codec{&parquet.Uncompressed, &parquet.Snappy, &parquet.Gzip, &parquet.Zstd} {
		var rows []row
		for range 200 {
			rows = append(rows, sample())
		}
		got, err := read1(file(t, codec, rows...), ample)
		if err != nil || len(got) != 200 {
			t.Fatalf("%s: %d rows, %v", codec, len(got), err)
		}
		for _, r := range got {
			if r != want || !json.Valid([]byte(r)) {
				t.Fatalf("%s:\n got %s\nwant %s", codec, r, want)
			}
		}
	}
	f, err := Open(bytes.NewReader(file(t, &parquet.Zstd)), int64(len(file(t, &parquet.Zstd))), ample)
	if err != nil {
		t.Fatal(err)
	}
	if names := f.Names(); !slices.Contains(names, "user") || !slices.Contains(names, "user.uid") {
		t.Errorf("got %q", names)
	}
}

// What claims more than the limits is not read.
func TestLimits(t *testing.T) {
	big := sample()
	big.Raw = []byte(strings.Repeat("x", 1<<20))
	data := file(t, &parquet.Zstd, big, big, big)
	if _, err := read1(data, Limits{Object: 2 << 20, Group: 1 << 30}); !errors.Is(err, ErrObject) {
		t.Errorf("got %v", err)
	}
	if _, err := read1(data, Limits{Object: 1 << 30, Group: 1 << 20}); !errors.Is(err, ErrGroup) {
		t.Errorf("got %v", err)
	}
	stop := errors.New("stop")
	f, err := Open(bytes.NewReader(data), int64(len(data)), ample)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Rows(func([]byte) error { return stop }); err != stop {
		t.Errorf("got %v", err)
	}
	if _, err := read1(file(t, &parquet.Brotli, big), ample); err == nil || !strings.Contains(err.Error(), "compressed with BROTLI") {
		t.Errorf("got %v", err)
	}
}

// A bit of a file flipped: an error, or rows. A file that was cut is corrupt.
func TestDamage(t *testing.T) {
	if testing.Short() {
		t.Skip("the library panics on some damage, which is caught, but ends a program with the race detector")
	}
	for _, codec := range []compress.Codec{&parquet.Uncompressed, &parquet.Gzip} {
		whole := file(t, codec, sample(), sample())
		for i := 0; i < len(whole); i += 3 {
			data := bytes.Clone(whole)
			data[i] ^= 1 << (i % 8)
			read1(data, ample)
			if _, err := read1(whole[:i], ample); err == nil {
				t.Fatalf("cut after %d bytes: no error", i)
			}
		}
	}
}

func FuzzRows(f *testing.F) {
	for _, codec := range []compress.Codec{&parquet.Uncompressed, &parquet.Snappy, &parquet.Gzip, &parquet.Zstd} {
		f.Add(file(f, codec, sample()))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, _ := read1(data, Limits{Object: 16 << 20, Group: 16 << 20})
		for _, r := range rows {
			if !json.Valid([]byte(r)) {
				t.Errorf("%q is not JSON", r)
			}
		}
	})
}
