package report

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"trail403/aggregate"
	"trail403/report/parquet"
)

var update = flag.Bool("update", false, "rewrite testdata/*.golden")

var fixtures = []struct {
	name string
	make func() *aggregate.Result
}{
	{"daily", daily},
	{"hourly", hourly},
	{"weekly", weekly},
	{"nothing", nothing},
	{"empty", empty},
	{"failed", failed},
	{"filtered", filtered},
	{"nothing-left", nothingLeft},
}

// fixtureOptions cuts the groups of daily.
var fixtureOptions = Options{Top: 4, Table: parquet.Series}

func write(t *testing.T, f Format, r *aggregate.Result, o Options) []byte {
	t.Helper()
	complete(r)
	var out bytes.Buffer
	if err := Write(&out, f, r, o); err != nil {
		t.Fatalf("writing %s: %v", f, err)
	}
	return out.Bytes()
}

// checkGolden compares got with testdata/NAME.golden.
func checkGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; go test ./report -update makes it", err)
	}
	if bytes.Equal(got, want) {
		return
	}
	gotLines, wantLines := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range max(len(gotLines), len(wantLines)) {
		var g, w []byte
		if i < len(gotLines) {
			g = gotLines[i]
		}
		if i < len(wantLines) {
			w = wantLines[i]
		}
		if !bytes.Equal(g, w) {
			t.Fatalf("%s, line %d:\n got %q\nwant %q\n(go test ./report -update accepts it)", file, i+1, g, w)
		}
	}
}

// Text is checked at the width that every terminal has, at one where a table has
// room for some columns, and at one where it has room for all.
func TestGoldenText(t *testing.T) {
	for _, f := range fixtures {
		for _, width := range []int{80, 120, 200} {
			o := Options{Top: fixtureOptions.Top, Width: width}
			name := fmt.Sprintf("%s.%d.txt", f.name, width)
			plain := write(t, Text, f.make(), o)
			checkGolden(t, name, plain)
			o.Color = true
			colored := write(t, Text, f.make(), o)
			if got := colorCode.ReplaceAll(colored, nil); !bytes.Equal(got, plain) {
				t.Errorf("%s: colour changes the text:\n%s", name, got)
			}
			if f.name == "daily" {
				checkGolden(t, "daily."+strconv.Itoa(width)+".color.txt", colored)
			}
		}
	}
}

var colorCode = regexp.MustCompile("\x1b\\[[0-9;]*m")

func TestGolden(t *testing.T) {
	for _, f := range fixtures {
		t.Run(f.name, func(t *testing.T) {
			checkGolden(t, f.name+".md", write(t, Markdown, f.make(), fixtureOptions))
			checkGolden(t, f.name+".json", write(t, JSON, f.make(), fixtureOptions))
			checkGolden(t, f.name+".parquet.txt", dump(t, write(t, Parquet, f.make(), fixtureOptions)))
		})
	}
	t.Run("denials", func(t *testing.T) {
		o := Options{Table: parquet.Denials}
		checkGolden(t, "denials.parquet.txt", dump(t, write(t, Parquet, denials(t), o)))
		checkGolden(t, "denials-empty.parquet.txt", dump(t, write(t, Parquet, empty(), o)))
	})
}

// Writing changes nothing of the result, and the same result gives the same
// bytes.
func TestWriteTwice(t *testing.T) {
	for _, f := range fixtures {
		for _, format := range Formats() {
			r := f.make()
			first := write(t, format, r, fixtureOptions)
			if !bytes.Equal(write(t, format, r, fixtureOptions), first) {
				t.Errorf("%s as %s: the second write differs", f.name, format)
			}
			if !bytes.Equal(write(t, format, f.make(), fixtureOptions), first) {
				t.Errorf("%s as %s: an equal result is written differently", f.name, format)
			}
		}
	}
	r := denials(t)
	o := Options{Table: parquet.Denials}
	if !bytes.Equal(write(t, Parquet, r, o), write(t, Parquet, r, o)) {
		t.Error("denials: the second write differs")
	}
}

var errFull = errors.New("no space left on device")

// fullWriter fails after n bytes. It remembers where each call ended.
type fullWriter struct {
	n, written int
	ends       []int
}

func (w *fullWriter) Write(p []byte) (int, error) {
	n := min(len(p), w.n-w.written)
	w.written += n
	w.ends = append(w.ends, w.written)
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}

// Whatever byte it is that cannot be written, the error comes back. Of each call
// of the writer the first bytes and the last are tried: to whoever calls, the
// others make no difference.
func TestWriteFails(t *testing.T) {
	check := func(name string, format Format, r *aggregate.Result, o Options) {
		t.Helper()
		room := &fullWriter{n: math.MaxInt}
		if err := Write(room, format, r, o); err != nil {
			t.Fatal(err)
		}
		start := 0 // of a call
		for _, end := range room.ends {
			for _, n := range []int{start, start + 1, end - 1} {
				if n < start || n >= end {
					continue
				}
				if err := Write(&fullWriter{n: n}, format, r, o); !errors.Is(err, errFull) {
					t.Fatalf("%s as %s, failing after %d of %d bytes: got error %v", name, format, n, room.written, err)
				}
			}
			start = end
		}
		if err := Write(&fullWriter{n: room.written}, format, r, o); err != nil {
			t.Errorf("%s as %s, with room for all %d bytes: %v", name, format, room.written, err)
		}
	}
	check("daily", Markdown, daily(), fixtureOptions)
	check("hourly", Text, hourly(), Options{Width: 80, Color: true})
	check("failed", Markdown, failed(), fixtureOptions)
	check("daily", JSON, daily(), fixtureOptions)
	check("empty", JSON, empty(), fixtureOptions)
	check("empty", Parquet, empty(), fixtureOptions)
	check("hourly", Parquet, hourly(), fixtureOptions)
	check("denials", Parquet, denials(t), Options{Table: parquet.Denials})
}

func TestWriteUnknown(t *testing.T) {
	if err := Write(&bytes.Buffer{}, "yaml", empty(), Options{}); err == nil {
		t.Error("unknown format: got no error")
	}
	if err := Write(&bytes.Buffer{}, Parquet, empty(), Options{Table: "rows"}); err == nil {
		t.Error("unknown table: got no error")
	}
}

func TestFormatOf(t *testing.T) {
	f := func(name string, want Format) {
		t.Helper()
		if got, ok := FormatOf(name); got != want || ok != (want != "") {
			t.Errorf("FormatOf(%q) = %q, %v; want %q", name, got, ok, want)
		}
	}
	f("a.md", Markdown)
	f("dir.json/A.MARKDOWN", Markdown)
	f("a.json", JSON)
	f("a.b.parquet", Parquet)
	f("a.txt", Text)
	f("a.text", "")
	f("md", "")
	f("", "")
}
