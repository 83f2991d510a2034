package json

import (
	"bufio"
	"io"
)

// writer remembers the first error, so that one check at the end is enough.
type writer struct {
	w       *bufio.Writer
	one     *encoder
	err     error
	members int
}

func newWriter(w io.Writer) *writer {
	return &writer{w: bufio.NewWriterSize(w, 64<<10), one: newEncoder()}
}

// end writes what is left and returns the first error.
func (j *writer) end() error {
	if j.err != nil {
		return j.err
	}
	return j.w.Flush()
}

func (j *writer) print(s string) {
	if j.err == nil {
		_, j.err = j.w.WriteString(s)
	}
}

// write writes a block, and says whether there was no error so far.
func (j *writer) write(b *block) bool {
	if j.err == nil {
		j.err = b.err
	}
	if j.err == nil {
		_, j.err = j.w.Write(b.text.Bytes())
	}
	free.Put(b)
	return j.err == nil
}

func (j *writer) name(name string) {
	if j.members++; j.members > 1 {
		j.print(",\n ")
	}
	j.print(`"` + name + `": `)
}

func (j *writer) member(name string, v any) {
	j.name(name)
	j.one.value(v)
	j.write(j.one.take())
}

// list writes the values with the numbers from 0 to n-1, one a line.
func (j *writer) list(name string, n int, value func(i int) any) {
	j.name(name)
	j.print("[")
	blocks(n, func(e *encoder, i int) {
		if i > 0 {
			e.text.WriteByte(',')
		}
		e.text.WriteString("\n  ")
		e.value(value(i))
	}, j.write)
	j.print("]")
}

// lines writes the values with the numbers from 0 to n-1, one a line.
func (j *writer) lines(n int, value func(i int) any) {
	blocks(n, func(e *encoder, i int) {
		e.value(value(i))
		e.text.WriteByte('\n')
	}, j.write)
}

// orEmpty returns an empty list for nil, since no list of the report is null.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
