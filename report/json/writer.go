package json

import (
	"bufio"
	"bytes"
	"encoding/json"
	"iter"
)

// writer remembers the first error, so that one check at the end is enough.
type writer struct {
	w       *bufio.Writer
	text    bytes.Buffer // of one value, by enc
	enc     *json.Encoder
	err     error
	members int
}

func (j *writer) print(s string) {
	if j.err == nil {
		_, j.err = j.w.WriteString(s)
	}
}

func (j *writer) name(name string) {
	if j.members++; j.members > 1 {
		j.print(",\n ")
	}
	j.print(`"` + name + `": `)
}

func (j *writer) value(v any) {
	j.text.Reset()
	err := j.enc.Encode(v)
	if err == nil && j.err == nil {
		_, err = j.w.Write(Escape(bytes.TrimSuffix(j.text.Bytes(), []byte("\n"))))
	}
	if j.err == nil {
		j.err = err
	}
}

func (j *writer) member(name string, v any) {
	j.name(name)
	j.value(v)
}

func (j *writer) list(name string, values iter.Seq[any]) {
	j.name(name)
	j.print("[")
	n := 0
	if values != nil {
		for v := range values {
			if n++; n > 1 {
				j.print(",")
			}
			j.print("\n  ")
			j.value(v)
		}
	}
	j.print("]")
}

// orEmpty returns an empty list for nil, since no list of the report is null.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
