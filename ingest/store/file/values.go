package file

import (
	"encoding/binary"
	"fmt"
	"strings"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
)

// values are those of one column in a row group. Of its lists, one is used.
type values struct {
	// texts are the texts that occur, and at says which one a row has. Without at, each
	// row has its own, which is a part of a longer text.
	texts []string
	at    []uint32

	numbers []int64
	flags   []bool
}

// isConstant says whether all rows have the first value.
func (v *values) isConstant() bool { return v.at != nil && len(v.texts) == 1 }

// dictionary is the dictionary page of a column.
type dictionary struct {
	texts   []string
	numbers []int64
}

// decoder decodes columns. It remembers texts that repeat.
type decoder struct {
	zstd    *zstd.Decoder
	known   map[string]string
	buffer  []byte   // of a page
	numbers []uint32 // of a page
	left    int64    // bytes that the pages of the row group may still decompress to
}

// decode reads the values of a column for so many rows, in the memory of old ones.
func (d *decoder) decode(c *column, rows int, data []byte, old values) (values, error) {
	v := room(c, rows, old)
	p := pages{rest: data, zstd: d.zstd, left: &d.left, buffer: d.buffer}
	defer func() { d.buffer = p.buffer }()
	var t dictionary
	for done := 0; done < rows; {
		x, err := p.next()
		if err != nil {
			return v, err
		}
		if p.buffer = x.data[:0]; x.dictionary {
			if err := d.dictionary(c, &t, &x); err != nil {
				return v, err
			}
			v.texts = append(v.texts, t.texts...)
			continue
		}
		if x.values > rows-done {
			return v, errValues
		}
		if err := d.page(c, &v, &t, &x, done); err != nil {
			return v, err
		}
		done += x.values
	}
	return v, nil
}

var errValues = fmt.Errorf("%w: a page does not hold its values", ErrCorrupt)

// room makes room for the values of a column, in the memory of old ones.
func room(c *column, rows int, old values) values {
	switch {
	case c.number != nil:
		return values{numbers: sized(old.numbers, rows)}
	case c.flag != nil:
		return values{flags: sized(old.flags, rows)}
	case c.text.unique:
		return values{texts: sized(old.texts, rows)[:0]}
	}
	return values{texts: old.texts[:0], at: sized(old.at, rows)}
}

// sized returns a list of a length, in the memory of another one if it has room.
func sized[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n)
	}
	return list[:n]
}

// dictionary reads a dictionary page.
func (d *decoder) dictionary(c *column, t *dictionary, x *page) error {
	if t.texts != nil || t.numbers != nil || c.flag != nil {
		return errValues
	}
	if c.number != nil {
		t.numbers = make([]int64, x.values)
		return plainNumbers(t.numbers, x.data)
	}
	var err error
	if x.values > mostInterned {
		t.texts, err = appendTexts(nil, x)
		return err
	}
	return plainTexts(x.values, x.data, func(text []byte) { t.texts = append(t.texts, d.intern(text)) })
}

// page reads a page of values, the first of which is that of a row.
func (d *decoder) page(c *column, v *values, t *dictionary, x *page, first int) error {
	numbered := x.encoding == format.RLEDictionary
	switch {
	case !numbered && x.encoding != format.Plain:
		return fmt.Errorf("%w: a page is encoded as no store does", ErrCorrupt)
	case c.flag != nil && !numbered:
		return plainFlags(v.flags[first:first+x.values], x.data)
	case c.number != nil && !numbered:
		return plainNumbers(v.numbers[first:first+x.values], x.data)
	case c.number != nil:
		if err := d.numbered(x, len(t.numbers)); err != nil {
			return err
		}
		for i, n := range d.numbers {
			v.numbers[first+i] = t.numbers[n]
		}
		return nil
	case c.flag != nil || numbered && v.at == nil:
		return errValues
	case numbered:
		if err := d.numbered(x, len(t.texts)); err != nil {
			return err
		}
		copy(v.at[first:], d.numbers)
		return nil
	case v.at == nil:
		var err error
		v.texts, err = appendTexts(v.texts, x)
		return err
	}
	return plainTexts(x.values, x.data, func(text []byte) {
		v.at[first] = uint32(len(v.texts))
		v.texts = append(v.texts, d.intern(text))
		first++
	})
}

// numbered reads the numbers of values in a dictionary, all below limit.
func (d *decoder) numbered(x *page, limit int) error {
	if cap(d.numbers) < x.values {
		d.numbers = make([]uint32, x.values)
	}
	d.numbers = d.numbers[:x.values]
	if len(x.data) == 0 || !hybrid(d.numbers, x.data[1:], int(x.data[0]), limit) {
		return errValues
	}
	return nil
}

func plainNumbers(out []int64, data []byte) error {
	if len(data) != 8*len(out) {
		return errValues
	}
	for i := range out {
		out[i] = int64(binary.LittleEndian.Uint64(data[8*i:]))
	}
	return nil
}

func plainFlags(out []bool, data []byte) error {
	if len(data) < (len(out)+7)/8 {
		return errValues
	}
	for i := range out {
		out[i] = data[i/8]>>(i%8)&1 == 1
	}
	return nil
}

// appendTexts appends the texts of a page. They share one piece of memory.
func appendTexts(list []string, x *page) ([]string, error) {
	data := string(x.data)
	for range x.values {
		if len(data) < 4 {
			return list, errValues
		}
		size := int64(data[0]) | int64(data[1])<<8 | int64(data[2])<<16 | int64(data[3])<<24
		if size > int64(len(data)-4) {
			return list, errValues
		}
		text := data[4 : 4+size]
		if strings.HasPrefix(text, mark) {
			text = unescaped(text)
		}
		list, data = append(list, text), data[4+size:]
	}
	if len(data) > 0 {
		return list, errValues
	}
	return list, nil
}

func plainTexts(n int, data []byte, add func(text []byte)) error {
	for range n {
		if len(data) < 4 {
			return errValues
		}
		size := int64(binary.LittleEndian.Uint32(data))
		if size > int64(len(data)-4) {
			return errValues
		}
		add(data[4 : 4+size])
		data = data[4+size:]
	}
	if len(data) > 0 {
		return errValues
	}
	return nil
}

// Bounds of the texts that a reader remembers, so that each is kept once. A column with
// many texts in a row group has others in the next one.
const (
	mostInterned = 256

	maxKnown = 64 << 10
	maxText  = 1 << 10 // bytes of one
)

// intern returns a text with memory of its own, the same one where it comes again soon.
func (d *decoder) intern(text []byte) string {
	if s, ok := d.known[string(text)]; ok {
		return s
	}
	s := strings.Clone(unescaped(string(text)))
	if len(text) <= maxText {
		if len(d.known) >= maxKnown {
			clear(d.known)
		}
		d.known[string(text)] = s
	}
	return s
}
