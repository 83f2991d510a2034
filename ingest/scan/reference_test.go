package scan

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// found is what a stream holds, in a form that can be compared.
type found struct {
	// "document RAW" or "element RAW", in order. Scalars at the top level are
	// left out: none can be a record, and where one ends in 00 is a matter of taste.
	parts []string
}

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
		var elements []json.RawMessage
		switch doc[0] {
		case '[':
			if err := json.Unmarshal(doc, &elements); err != nil {
				return f, err
			}
		case '{':
			var members map[string]json.RawMessage
			if err := json.Unmarshal(doc, &members); err != nil {
				return f, err
			}
			if !everHadRecords(doc) {
				f.parts = append(f.parts, "document "+string(doc))
				continue
			}
			if records := members["Records"]; records[0] == '[' {
				if err := json.Unmarshal(records, &elements); err != nil {
					return f, err
				}
			}
		}
		for _, e := range elements {
			f.parts = append(f.parts, "element "+string(e))
		}
	}
}

// everHadRecords says whether one of the members "Records" of the object is an
// array, even one that a later duplicate replaces.
func everHadRecords(object []byte) bool {
	dec := json.NewDecoder(bytes.NewReader(object))
	dec.Token()
	for dec.More() {
		key, _ := dec.Token()
		var value json.RawMessage
		dec.Decode(&value)
		if key == "Records" && value[0] == '[' {
			return true
		}
	}
	return false
}

// fast finds the same with Reader.
func fast(src io.Reader) (found, error) {
	var f found
	var r Reader
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
