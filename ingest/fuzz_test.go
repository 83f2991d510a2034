package ingest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"testing"

	"trail403/ingest/denial"
	"trail403/ingest/envelope"
	"trail403/ingest/source"
)

// reference counts the records and denials of a stream of JSON values with
// encoding/json. ok is false where the stream is no CloudTrail that both take
// for such: another shape, two Records arrays, broken JSON.
func reference(data []byte) (seen, kept int, ok bool) {
	dec := json.NewDecoder(bytes.NewReader(data))
	first := true
	for {
		var doc json.RawMessage
		if err := dec.Decode(&doc); err == io.EOF {
			return seen, kept, !first
		} else if err != nil {
			return 0, 0, false
		}
		records := []json.RawMessage{doc}
		var object map[string]json.RawMessage
		if json.Unmarshal(doc, &object) == nil && object != nil {
			if list := object["Records"]; len(list) > 0 && list[0] == '[' {
				json.Unmarshal(list, &records)
			}
			if bytes.Count(doc, []byte(`ecords"`)) > 1 || isEnvelope(object) {
				return 0, 0, false
			}
		} else if doc[0] == '[' {
			json.Unmarshal(doc, &records)
		} else {
			return 0, 0, false // where one scalar ends in 00 is a matter of taste
		}
		for _, r := range records {
			if plain := isPlain(r); first && !plain || !plain && r[0] == '{' {
				return 0, 0, false
			}
			first = false
			seen++
			if _, verdict, _ := denial.NewDecoder().Decode(r); verdict == denial.Denied {
				kept++
			}
		}
	}
}

// isPlain says whether a value is itself a record.
func isPlain(value []byte) (plain bool) {
	new(envelope.Opener).Open(value, func(record []byte) error {
		plain = bytes.Equal(record, value)
		return nil
	})
	return plain
}

// isEnvelope says whether an object may hold records in another array.
func isEnvelope(object map[string]json.RawMessage) bool {
	for _, name := range []string{"Events", "logEvents", "events", "results", "Messages"} {
		if _, ok := object[name]; ok {
			return true
		}
	}
	return false
}

// Whatever an object holds, plain or packed: no panic, coverage that adds up,
// and the counts of the reference.
func FuzzRun(f *testing.F) {
	f.Add([]byte(trail(denied("a"), other("b"))))
	f.Add([]byte(denied("a") + "\n" + denied("b")))
	f.Add([]byte("[" + denied("a") + "]"))
	f.Add([]byte(`{"x":1,"Records":[` + other("a") + `,7],"y":{}}{"Records":[` + denied("a") + `]}`))
	f.Add([]byte(`{"Records":[` + denied("a") + `],"Records":[]}`))
	f.Add([]byte(gz(trail(denied("a"))) + "\x00"))
	f.Add([]byte(gz("[", denied("a"), "]")))
	f.Add([]byte(digestText))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, bytes := range []string{string(data), gz(string(data))} {
			sink := &collector{}
			c, err := Run(context.Background(), []source.Source{memory{"x": bytes}}, Options{Workers: 1}, func() Sink { return sink })
			if err != nil {
				t.Fatal(err)
			}
			addsUp(t, c, len(sink.denials))
			if len(sink.pending) > 0 {
				t.Error("denials hang in the air")
			}
			if bytes == string(data) && len(data) > 1 && string(data[:2]) == "\x1f\x8b" {
				continue
			}
			if seen, kept, ok := reference(data); ok && (c.Objects.Read != 1 || c.Records.Seen != seen || c.Records.Kept != kept) {
				t.Errorf("%q: got %s, want %d records and %d denials: %v", data, result(c), seen, kept, c.Failures)
			}
		}
	})
}
