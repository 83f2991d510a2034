package file

import (
	"fmt"
	"io"
	"math"
)

// Want says what is wanted of a row besides all that a report counts and judges.
type Want struct {
	Show    bool // what only examples show: Message, RequestID and CallerARN
	Later   bool // leave that empty until Event.Complete
	Records bool
}

// Reader reads row groups. It is used by one goroutine at a time, and remembers texts
// that repeat.
type Reader struct {
	decoder
	data   []byte   // of a row group
	values []values // of its columns
	older  older

	// Dropped counts rows that are no events any more, by the decoder of now.
	Dropped int
}

// NewReader returns a reader.
func NewReader() (*Reader, error) {
	unpacker, err := newDecoder()
	if err != nil {
		return nil, err
	}
	return &Reader{decoder: decoder{zstd: unpacker, known: map[string]string{}}}, nil
}

// Close releases the memory of a reader.
func (r *Reader) Close() { r.zstd.Close() }

// Group hands out the events of a row group of a file with the footer. Each is valid
// until take returns, but its strings may be kept. An error of take ends it.
func (r *Reader) Group(in io.ReaderAt, f *Footer, number int, want Want, take func(*Event) error) error {
	at, size, err := f.Range(number, want)
	if err != nil {
		return err
	}
	if cap(r.data) < size {
		r.data = make([]byte, size)
	}
	r.data = r.data[:size]
	if err := ReadFull(in, r.data, at); err != nil {
		return err
	}
	return r.Decode(f, number, want, r.data, take)
}

// Decode does the same with the bytes of the range that Range returned.
func (r *Reader) Decode(f *Footer, number int, want Want, data []byte, take func(*Event) error) error {
	g := &f.Groups[number]
	isOlder := f.Decoder != DecoderVersion
	want.Later = want.Later && want.Show && !isOlder
	r.left = maxGroup
	r.values = sized(r.values, len(columnList()))
	if err := r.load(f, g, want, data, false); err != nil {
		return err
	}
	s := setter{values: r.values, later: want.Later}
	if s.later {
		s.load = func() error { return r.load(f, g, want, data, true) }
	}
	for first := 0; first < g.Rows; {
		end, err := s.start(first, g.Rows)
		if err != nil {
			return err
		}
		for i := first; i < end; i++ {
			if err := s.row(i); err != nil {
				return err
			}
			if isOlder && !r.older.again(&s.r) {
				r.Dropped++
				continue
			}
			if err := take(s.made(i, want.Records)); err != nil {
				return err
			}
		}
		first = end
	}
	return nil
}

// last returns the last part of a row group that is read.
func (f *Footer) last(want Want) part {
	switch {
	case want.Records || f.Decoder != DecoderVersion:
		return forRecord
	case want.Show:
		return forShow
	}
	return forReport
}

// Range returns where the columns of a row group are that are wanted: one range of bytes.
func (f *Footer) Range(number int, want Want) (at int64, size int, err error) {
	from, to, sum := int64(math.MaxInt64), int64(0), int64(0)
	for i, c := range f.Groups[number].parts {
		if c.size > 0 && columnList()[i].part <= f.last(want) {
			from, to, sum = min(from, c.at), max(to, c.at+c.size), sum+c.size
		}
	}
	if to-from != sum || sum > maxGroup {
		return 0, 0, fmt.Errorf("%w: the columns are not one after another", ErrCorrupt)
	}
	return from, int(sum), nil
}

// load reads the values of the columns that are wanted: those that wait until an event
// is completed, or all others.
func (r *Reader) load(f *Footer, g *Group, want Want, data []byte, later bool) error {
	from := int64(math.MaxInt64)
	list := columnList()
	for i, c := range g.parts {
		if c.size > 0 && list[i].part <= f.last(want) {
			from = min(from, c.at)
		}
	}
	for i := range list {
		c := g.parts[i]
		waits := want.Later && list[i].part == forShow
		switch {
		case later && !waits:
			continue
		case waits && !later, c.size == 0, list[i].part > f.last(want):
			r.values[i] = values{}
			continue
		}
		at := c.at - from
		if at > int64(len(data))-c.size {
			return fmt.Errorf("%w: the columns are not one after another", ErrCorrupt)
		}
		v, err := r.decode(&list[i], g.Rows, data[at:at+c.size], r.values[i])
		if err != nil {
			return fmt.Errorf("column %s: %w", list[i].name, err)
		}
		r.values[i] = v
	}
	return nil
}
