package main

import (
	"bytes"
	"encoding/json"
	"slices"
)

// An object is a JSON object that keeps the order of its members, as CloudTrail's records do.
type object []member

type member struct {
	name  string
	value any
}

// obj makes an object of alternating names and values.
func obj(namesAndValues ...any) object {
	o := make(object, 0, len(namesAndValues)/2)
	for pair := range slices.Chunk(namesAndValues, 2) {
		o = append(o, member{pair[0].(string), pair[1]})
	}
	return o
}

// with returns a copy in which name has the value: in its old place, or at the end.
func (o object) with(name string, value any) object {
	o = slices.Clone(o)
	if i := o.index(name); i >= 0 {
		o[i].value = value
		return o
	}
	return append(o, member{name, value})
}

// without returns a copy without these names.
func (o object) without(names ...string) object {
	return slices.DeleteFunc(slices.Clone(o), func(m member) bool { return slices.Contains(names, m.name) })
}

func (o object) index(name string) int {
	return slices.IndexFunc(o, func(m member) bool { return m.name == name })
}

// get returns the value of name, or nil if there is none.
func (o object) get(name string) any {
	if i := o.index(name); i >= 0 {
		return o[i].value
	}
	return nil
}

// MarshalJSON is for objects inside of other values.
func (o object) MarshalJSON() ([]byte, error) { return encode(o), nil }

// encode writes a value as CloudTrail does: on one line, and with <, > and & as they are.
func encode(v any) []byte {
	var b bytes.Buffer
	encodeTo(&b, v)
	return b.Bytes()
}

func encodeTo(b *bytes.Buffer, v any) {
	switch v := v.(type) {
	case object:
		b.WriteByte('{')
		for i, m := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			encodeTo(b, m.name)
			b.WriteByte(':')
			encodeTo(b, m.value)
		}
		b.WriteByte('}')
	case []object:
		b.WriteByte('[')
		for i, o := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			encodeTo(b, o)
		}
		b.WriteByte(']')
	default:
		enc := json.NewEncoder(b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(v); err != nil {
			panic(err) // all values come from this program
		}
		b.Truncate(b.Len() - 1) // the encoder ends each value with a newline
	}
}

// float is an integer that is written with a fraction, as some services do.
func float(n string) json.RawMessage { return json.RawMessage(n + ".0") }
