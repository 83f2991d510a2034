package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/ingest/scan"
	"trail403/report/advice"
)

// value reads one JSON value: a record, or a value that contains records. A comma
// after it is left over from the array from which it was copied.
func (q *questions) value(v *oneValue) error {
	q.isJSON = true
	q.scan.Reset(v)
	begin := q.line
	for {
		part, err := q.scan.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("the JSON that starts on line %d: %w", begin, err)
		}
		if part.Kind == scan.Document || part.Kind == scan.Element {
			if err := q.record(part.Raw); err != nil {
				return err
			}
		}
	}
	q.line += v.lines
	if q.peek(1) == "," {
		q.in.Discard(1)
	}
	return nil
}

// oneValue ends with the JSON object or array with which it starts, so that
// something else can follow. It does not wait for more input than it has: an
// answer is due as soon as its record is complete.
type oneValue struct {
	in       *bufio.Reader
	depth    int
	inString bool
	escaped  bool
	ended    bool
	lines    int
	read     []byte // the start of what was read
	total    int
}

func (v *oneValue) Read(p []byte) (int, error) {
	if v.ended {
		return 0, io.EOF
	}
	if _, err := v.in.Peek(1); err != nil {
		return 0, err
	}
	head, _ := v.in.Peek(min(len(p), v.in.Buffered()))
	n := 0
	for n < len(head) && !v.ended {
		v.step(head[n])
		n++
	}
	copy(p, head[:n])
	v.total += n
	if v.total <= maxText {
		v.read = append(v.read, head[:n]...)
	}
	v.in.Discard(n)
	return n, nil
}

func (v *oneValue) step(c byte) {
	switch {
	case c == '\n':
		v.lines++
	case v.escaped:
		v.escaped = false
	case v.inString:
		v.escaped, v.inString = c == '\\', c != '"'
	case c == '"':
		v.inString = true
	case c == '{' || c == '[':
		v.depth++
	case c == '}' || c == ']':
		v.depth--
		v.ended = v.depth == 0
	}
}

// record answers a record if it is an S3 denial. An element of an array can also
// be a message.
func (q *questions) record(raw []byte) error {
	q.records++
	if text, ok := scan.Text(raw); ok {
		if found := denial.OfText(text); len(found) > 0 {
			return q.pasted(found)
		}
		return q.send(unrecognized(text))
	}
	d, verdict, err := q.decode(raw)
	if verdict == denial.NotDenied && err == nil && bytes.Contains(raw, []byte(`"detail"`)) {
		for key, value := range scan.Members(raw) {
			if string(key) == "detail" { // an event of EventBridge
				raw = value
				d, verdict, err = q.decode(value)
			}
		}
	}
	switch {
	case err != nil:
		return fmt.Errorf("record %d: %w", q.records, where(raw, err))
	case verdict == denial.Denied:
		a := adviseOn(d, advice.Case{SetsACL: bytes.Contains(raw, []byte(`"x-amz-acl"`))})
		a.now, a.keys = q.now, contextKeys(&d, raw)
		q.policies.explain(a, raw)
		return q.send(a)
	case !bytes.Contains(raw, []byte("eventSource")):
		return q.pasted(denial.OfJSON(raw))
	}
	return nil
}

// decode reads a record, even one that somebody shortened by hand and that has no
// time.
func (q *questions) decode(raw []byte) (event.Denial, denial.Verdict, error) {
	d, verdict, err := q.decoder.Decode(raw)
	if verdict == denial.Malformed && err == nil && raw[0] == '{' {
		d, verdict, err = q.decoder.Decode(withTime(raw, q.now))
		d.Time = time.Time{}
	}
	return d, verdict, err
}

// where reports in which line of a record its JSON breaks.
func where(record []byte, err error) error {
	var syntax *json.SyntaxError
	if !errors.As(json.Unmarshal(record, new(json.RawMessage)), &syntax) {
		return err
	}
	before := record[:min(max(int(syntax.Offset)-1, 0), len(record))]
	return fmt.Errorf("invalid JSON in line %d of the record: %w", 1+bytes.Count(before, []byte("\n")), syntax)
}

// withTime returns the record with another eventTime. Of two members with the same
// name, the last one counts.
func withTime(record []byte, t time.Time) []byte {
	body := bytes.TrimSuffix(record, []byte("}"))
	return fmt.Appendf(bytes.Clone(body), `,"eventTime":%q}`, t.UTC().Format(time.RFC3339))
}
