package ingest

import (
	"errors"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest/coverage"
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
	f := func(opts Options, content string, limit coverage.Limit, value int64) {
		t.Helper()
		c, ids := run(t, opts, memory{"x": content, "y": trail(denied("y"))})
		if limit == "" {
			if c.Objects.Failed != 0 {
				t.Errorf("%v", c.Failures)
			}
			return
		}
		if !slices.Equal(ids, []string{"y"}) || c.Objects.Failed != 1 || c.Failures[0].Object != "x" {
			t.Fatalf("denials %q, %v", ids, c.Failures)
		}
		if over, ok := c.Failures[0].Err.(coverage.LimitError); !ok || over.Limit != limit || over.Value != value {
			t.Errorf("got %#v, want %s of %d", c.Failures[0].Err, limit, value)
		}
	}
	one := trail(denied("a"))
	size := int64(len(one))
	f(Options{MaxObject: size}, one, "", 0)
	f(Options{MaxObject: size}, gz(one+" "), coverage.MaxObject, size)
	f(Options{MaxObject: 1 << 20}, gz(trail(denied("a"))+strings.Repeat(" ", 2<<20)), coverage.MaxObject, 1<<20)
	half := strings.Repeat(" ", 600<<10)
	f(Options{MaxObject: 1 << 20}, tarOf(t, packed{"a", one + half}, packed{"b", one + half}), "", 0) // each of them is below
	record := denied("longer")
	f(Options{MaxRecord: int64(len(record))}, trail(record), "", 0)
	f(Options{MaxRecord: int64(len(record) - 1)}, trail(record), coverage.MaxRecord, int64(len(record)-1))
	f(Options{MaxRecord: 1 << 20}, trail(denied("a"), `{"x":"`+strings.Repeat("x", 2<<20)+`"}`), coverage.MaxRecord, 1<<20)
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	f(Options{MaxDepth: 10}, trail(denied("a"), `{"x":`+deep(9)+`}`), "", 0)
	f(Options{MaxDepth: 10}, trail(denied("a"), `{"x":`+deep(10)+`}`), coverage.MaxDepth, 10)
	f(Options{}, trail(denied("a"), deep(10_000)), coverage.MaxDepth, 1000)
	// Between two compressions there may be bytes that decompress to nothing.
	nothing := strings.Repeat(gz(""), 5000)
	f(Options{MaxObject: int64(len(nothing) + len(gz(one)))}, gz(nothing+gz(one)), "", 0)
	f(Options{MaxObject: 100_000}, gz(nothing+gz(one)), coverage.MaxObject, 100_000)
	limitsOfArchives(t, f)
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
	text  string
	n     int
	rest  string
	again func(left int) // is called before each repetition
}

func (l *long) Read(p []byte) (int, error) {
	if l.rest == "" {
		if l.n == 0 {
			return 0, io.EOF
		}
		l.again(l.n)
		l.n--
		l.rest = l.text
	}
	n := copy(p, l.rest)
	l.rest = l.rest[n:]
	return n, nil
}

// A stream of one record a line needs no more memory at its end than near its
// start, apart from the rows, which this sink does not keep. The test would notice
// a single byte that is kept of each record, so it holds for a stream of any
// length.
func TestLongStreamInLittleMemory(t *testing.T) {
	block := strings.Repeat(other("a")+"\n", 1000) + denied("b") + "\n"
	const samples, between = 8, 50 // 400 blocks of 1001 records
	var live []int64
	stream := &long{text: block, n: samples*between + 1, again: func(left int) {
		if left%between == 0 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			live = append(live, int64(m.HeapAlloc))
		}
	}}
	records := 1001 * stream.n
	c, err := Run(t.Context(), []source.Source{source.Stdin{Reader: stream}}, Options{Workers: 1}, func() Sink { return noSink{} })
	if err != nil || c.Records.Seen != records || c.Records.Kept != records/1001 {
		t.Fatalf("%+v, %v", c, err)
	}
	first, last := live[0], live[len(live)-1]
	if len(live) != samples || last-first > int64(records)/2 || slices.Max(live) > 64<<20 {
		t.Errorf("live bytes of the heap: %d", live)
	}
}
