package scan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// found is what a stream holds, in a form that can be compared.
type found struct {
	// "document RAW" or "element RAW", in order. Scalars at the top level are
	// left out: none can be a record, and where one ends in 00 is a matter of taste.
	parts []string
}

// errUnclear stands for objects of which Reader does not promise anything: an
// array of records comes again, and another one lay between.
var errUnclear = errors.New("unclear")

// reference finds the same as Reader with encoding/json, level by level: exact
// keys, the last duplicate wins. It is slow, plain and the judge.
func reference(data []byte) (found, error) {
	var f found
	dec := json.NewDecoder(bytes.NewReader(data))
	for {
		var doc json.RawMessage
		if err := dec.Decode(&doc); err == io.EOF {
			return f, nil
		} else if err != nil {
			return f, err
		}
		switch doc[0] {
		case '[':
			f.elements(doc)
		case '{':
			lists, err := referenceArrays(doc)
			if err != nil {
				return f, err
			}
			if lists == nil {
				f.parts = append(f.parts, "document "+string(doc))
			}
			for _, list := range lists {
				f.elements(list)
			}
		}
	}
}

func (f *found) elements(array []byte) {
	var elements []json.RawMessage
	json.Unmarshal(array, &elements) // what is no array has none
	for _, e := range elements {
		f.parts = append(f.parts, "element "+string(e))
	}
}

// referenceArrays returns the values of the object's arrays of records in order;
// a value is no array if it replaced one. It returns nil if there was none.
func referenceArrays(object []byte) (lists []json.RawMessage, err error) {
	dec := json.NewDecoder(bytes.NewReader(object))
	dec.Token()
	var names []string
	for dec.More() {
		key, _ := dec.Token()
		var value json.RawMessage
		dec.Decode(&value)
		name := key.(string)
		i := slices.Index(names, name)
		switch {
		case i >= 0 && i < len(names)-1:
			return nil, errUnclear
		case i >= 0:
			lists[i] = value
		case slices.Contains(arrays[:], name) && value[0] == '[':
			names, lists = append(names, name), append(lists, value)
		}
	}
	return lists, nil
}

// reader serves all calls of fast: Reset must leave nothing.
var reader Reader

// fast finds the same with Reader.
func fast(src io.Reader) (found, error) {
	var f found
	r := &reader
	r.Reset(src)
	begin := 0
	for {
		p, err := r.Next()
		if err == io.EOF {
			return f, nil
		}
		if err != nil {
			return f, err
		}
		switch p.Kind {
		case Document:
			if p.Raw[0] != '{' {
				continue
			}
			f.parts = append(f.parts, "document "+string(p.Raw))
		case Element:
			f.parts = append(f.parts, "element "+string(p.Raw))
		case Array, Records:
			begin = len(f.parts)
		case RecordsAgain:
			f.parts = f.parts[:begin]
		default:
			panic(fmt.Sprint("unknown kind ", p.Kind))
		}
	}
}
