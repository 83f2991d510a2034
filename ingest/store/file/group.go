package file

import (
	"fmt"
	"io"
)

// Want says what is wanted of a row besides all that a report counts and judges.
type Want struct {
	Show    bool // what only examples show: Message, RequestID and CallerARN
	Records bool
}

// Reader reads row groups. It is used by one goroutine at a time, and remembers texts
// that repeat.
type Reader struct {
	decoder
	data   []byte   // of a row group
	values []values // of its columns
	older  older
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
	g := &f.Groups[number]
	isOlder := f.Decoder != DecoderVersion
	last := forReport
	switch {
	case want.Records || isOlder:
		last = forRecord
	case want.Show:
		last = forShow
	}
	if err := r.load(in, g, last); err != nil {
		return err
	}
	s := setter{values: r.values}
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
				continue
			}
			e := s.event(want.Records)
			if err := take(&e); err != nil {
				return err
			}
		}
		first = end
	}
	return nil
}

// load reads the values of the columns of some parts of a row group.
func (r *Reader) load(in io.ReaderAt, g *Group, last part) error {
	list := columnList()
	var from, to, sum int64
	for i := range list {
		if c := g.parts[i]; c.size > 0 && list[i].part <= last {
			if to == 0 {
				from = c.at
			}
			from, to, sum = min(from, c.at), max(to, c.at+c.size), sum+c.size
		}
	}
	if to-from > sum {
		return fmt.Errorf("%w: the columns are not one after another", ErrCorrupt)
	}
	if n := int(to - from); cap(r.data) < n {
		r.data = make([]byte, n)
	} else {
		r.data = r.data[:n]
	}
	if err := readFull(in, r.data, from); err != nil {
		return err
	}
	r.left = maxGroup
	r.values = r.values[:0]
	for i := range list {
		c := g.parts[i]
		if c.size == 0 || list[i].part > last {
			r.values = append(r.values, values{})
			continue
		}
		v, err := r.decode(&list[i], g.Rows, r.data[c.at-from:c.at-from+c.size])
		if err != nil {
			return fmt.Errorf("column %s: %w", list[i].name, err)
		}
		r.values = append(r.values, v)
	}
	return nil
}
