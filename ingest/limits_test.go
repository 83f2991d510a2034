package ingest

import (
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest/event"
	"trail403/ingest/source"
)

func mustTime(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// Beyond a limit an object fails by name, and what was found in it goes.
func TestLimits(t *testing.T) {
	f := func(opts Options, content, want string) {
		t.Helper()
		c, ids := run(t, opts, memory{"x": content, "y": trail(denied("y"))})
		if want == "" {
			if c.Objects.Failed != 0 {
				t.Errorf("%v", c.Failures)
			}
		} else if !slices.Equal(ids, []string{"y"}) || c.Objects.Failed != 1 || c.Failures[0].Object != "x" || !strings.Contains(c.Failures[0].Error, want) {
			t.Errorf("denials %q, %v", ids, c.Failures)
		}
	}
	one := trail(denied("a"))
	size := int64(len(one))
	f(Options{MaxObject: size}, one, "")
	f(Options{MaxObject: size}, gz(one+" "), "decompressed (--max-object-size)")
	f(Options{MaxObject: 1 << 20}, gz(trail(denied("a"))+strings.Repeat(" ", 2<<20)), "the object holds more than 1 MiB decompressed (--max-object-size)")
	half := strings.Repeat(" ", 600<<10)
	f(Options{MaxObject: 1 << 20}, tarOf(t, packed{"a", one + half}, packed{"b", one + half}), "") // each of them is below
	record := denied("longer")
	f(Options{MaxRecord: int64(len(record))}, trail(record), "")
	f(Options{MaxRecord: int64(len(record) - 1)}, trail(record), "a record is above 340 B (--max-record-size)")
	f(Options{MaxRecord: 1 << 20}, trail(denied("a"), `{"x":"`+strings.Repeat("x", 2<<20)+`"}`), "a record is above 1 MiB (--max-record-size)")
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	f(Options{MaxDepth: 10}, trail(denied("a"), `{"x":`+deep(9)+`}`), "")
	f(Options{MaxDepth: 10}, trail(denied("a"), `{"x":`+deep(10)+`}`), "a record nests more than 10 levels deep (--max-depth)")
	f(Options{}, trail(denied("a"), deep(10_000)), "more than 1000 levels")
}

// fullSink is a sink with a limit.
type fullSink struct{ noSink }

var errFull = errors.New("full")

func (fullSink) Add(*event.Denial) error { return errFull }

func TestSinkErrorEndsTheRun(t *testing.T) {
	for _, content := range []string{trail(denied("a")), tarOf(t, packed{"a.json", trail(denied("a"))})} {
		_, err := Run(t.Context(), []source.Source{memory{"x": content}}, Options{}, func() Sink { return fullSink{} })
		if !errors.Is(err, errFull) {
			t.Errorf("got %v", err)
		}
	}
}

// long is a stream of n times the same text, of which nothing is held.
type long struct {
	text string
	n    int
	rest string
}

func (l *long) Read(p []byte) (int, error) {
	if l.rest == "" {
		if l.n == 0 {
			return 0, io.EOF
		}
		l.n--
		l.rest = l.text
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// A stream of 2 GB, of records a line, needs no more memory than a small one:
// rows aside, which this sink does not keep.
func TestLongStreamInLittleMemory(t *testing.T) {
	size := int64(2 << 30)
	if testing.Short() {
		size = 100 << 20
	}
	block := strings.Repeat(other("a")+"\n", 1000) + denied("b") + "\n"
	stream := &long{text: block, n: int(size / int64(len(block)))}
	records := 1001 * stream.n
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c, err := Run(t.Context(), []source.Source{source.Stdin{Reader: stream}}, Options{Workers: 1}, func() Sink { return noSink{} })
	runtime.ReadMemStats(&after)
	if err != nil || c.Records.Seen != records || c.Records.Kept != records/1001 {
		t.Fatalf("%+v, %v", c, err)
	}
	if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 64<<20 {
		t.Errorf("the heap grew by %d MiB", grown>>20)
	}
}
