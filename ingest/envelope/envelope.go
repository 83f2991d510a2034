// Package envelope finds CloudTrail records in whatever wraps them, and tells what
// else looks like them.
//
// People hold CloudTrail not only as trail files. `aws cloudtrail lookup-events`,
// EventBridge, CloudWatch Logs, SNS, SQS, Kinesis, Splunk, Fluent Bit, Elasticsearch
// and others each put a record into an envelope of their own, as an object or as
// text, and they nest. One rule reads all of them: descend through objects, arrays
// and texts to whatever is a record. What is a record in another form becomes one
// (package flat).
//
//  1. members.go judges an object by its members.
//  2. row.go makes an object of a row that is an array of its columns.
//  3. text.go finds JSON in a text, and unpacks what is in base64.
//  4. envelope.go descends.
package envelope

import (
	"bytes"

	"trail403/ingest/envelope/flat"
	"trail403/ingest/scan"
)

// maxNesting is how deeply values may lie in one another above a record. A record in
// OpenTelemetry's format lies 9 levels deep, and an SQS message with an SNS message
// with an EventBridge event in it takes 7.
const maxNesting = 32

// DefaultMaxText is the default of [Opener.MaxText].
const DefaultMaxText = 256 << 20

// Opener opens values. It is used by one goroutine.
type Opener struct {
	// MaxText bounds how many bytes all texts in a value decode and decompress to.
	// Above that, opening the value ends with [scan.ErrTooLarge].
	MaxText int
	// Judge returns an error for a text that holds no record and looks as if it should, so
	// that no record is lost in silence. Opening the value then ends with it. Without
	// Judge, no text is suspect.
	Judge func(text []byte) error

	// Flat says what the flattened records carry that were found, since somebody emptied
	// it: one element a shape.
	Flat []flat.Seen

	found func(record []byte) error
	left  int // bytes that texts may still decode to
	gunzip
}

// Open calls found for each record that value is or holds, in order, and says
// what value is. An empty object in the place of a record is one of them. An error
// of found ends it. The records are valid as long as
// value and are valid JSON if value is.
func (o *Opener) Open(value []byte, found func(record []byte) error) (Kind, error) {
	o.start(found)
	return o.open(value, maxNesting, true)
}

func (o *Opener) start(found func(record []byte) error) {
	o.found, o.left = found, o.MaxText
	if o.left == 0 {
		o.left = DefaultMaxText
	}
}

// open opens a value. Only where a record is expected, because of the name of the
// member that holds the value, do an empty object and an empty array say anything.
func (o *Opener) open(value []byte, nesting int, expected bool) (Kind, error) {
	switch {
	case len(value) == 0:
		return Foreign, nil
	case nesting == 0:
		return Foreign, o.judge(value)
	}
	switch value[0] {
	case '{':
		return o.openObject(value, nesting, expected)
	case '[':
		return o.openAll(value, nesting, expected)
	case '"':
		return o.openText(value, nesting, expected)
	}
	return Foreign, nil
}

func (o *Opener) openObject(value []byte, nesting int, expected bool) (Kind, error) {
	if scan.IsEmpty(value) {
		if expected {
			return Empty, o.found(value)
		}
		return Foreign, nil
	}
	var m members
	m.parse(value)
	kind := m.kind()
	switch {
	case kind == Records && m.whole && !m.dotted:
		return kind, o.found(value)
	case kind == Records && !expected && !m.aws:
		kind = "" // words that others use, too
	case kind != "" && kind != Records:
		return kind, nil
	}
	if string(m.inner) == "null" && m.rank == wrappers["Records"] {
		return Control, nil // a trail file without records, as some tools write it
	}
	inside, err := o.unwrap(value, &m, nesting)
	if inside == Records || err != nil {
		return inside, err
	}
	if kind == Records && !m.dotted {
		return kind, o.found(value)
	}
	if record, seen, ok := flat.Record(value); ok {
		o.note(seen)
		return Records, o.found(record)
	}
	if kind == Records {
		return kind, o.found(value)
	}
	return inside, nil
}

// note notes what a flattened record carries.
func (o *Opener) note(seen flat.Seen) {
	for i := range o.Flat {
		if o.Flat[i].Shape == seen.Shape {
			o.Flat[i].Add(seen)
			return
		}
	}
	o.Flat = append(o.Flat, seen)
}

// unwrap opens every member of an object: any of them may hold records, and some
// wrappers hold one record twice, which the event ID tells. Without a record, the
// object is what the member with a known name is.
func (o *Opener) unwrap(value []byte, m *members, nesting int) (Kind, error) {
	all := Foreign
	if m.inner != nil {
		kind, err := o.open(m.inner, nesting-1, true)
		if err != nil {
			return kind, err
		}
		all = kind
	}
	for _, member := range scan.Members(value) {
		if m.inner != nil && &member[0] == &m.inner[0] {
			continue
		}
		kind, err := o.open(member, nesting-1, false)
		if err != nil {
			return kind, err
		}
		switch {
		case kind == Records, all == Foreign && isUnread(kind):
			all = kind
		}
	}
	if all == Foreign {
		return m.unread(), nil
	}
	return all, nil
}

// openAll opens the elements of an array. It is of the kind of its first
// element that is not empty, unless a later one holds records.
func (o *Opener) openAll(array []byte, nesting int, expected bool) (Kind, error) {
	if row := rowOf(array); row != nil {
		return o.open(row, nesting-1, false)
	}
	all := Kind("")
	for element := range scan.Elements(array) {
		kind, err := o.open(element, nesting-1, expected)
		if err != nil {
			return kind, err
		}
		if all == "" || all == Empty || kind == Records {
			all = kind
		}
	}
	switch {
	case all != "":
		return all, nil
	case expected:
		return Control, nil
	}
	return Foreign, nil
}

// openText opens a value that is written into a string: JSON, or JSON in base64, which
// may be compressed with gzip, as CloudWatch Logs hands it to Lambda and Kinesis.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
func (o *Opener) openText(value []byte, nesting int, expected bool) (Kind, error) {
	const shortest = len(`"{}"`)
	if len(value) < shortest {
		return Foreign, nil
	}
	if expected && bytes.HasPrefix(value, []byte(`"CWL CONTROL MESSAGE`)) {
		return Control, nil
	}
	inner := value[1 : len(value)-1]
	if startsPacked(inner) {
		plain, err := o.unpack(inner, o.left)
		if err != nil {
			return Foreign, err
		}
		o.left -= len(plain)
		return o.openPlain(plain, nesting, expected)
	}
	if bytes.IndexByte(inner, '{') < 0 {
		return Foreign, nil
	}
	s, _ := scan.Text(value)
	if o.left -= len(s); o.left < 0 {
		return Foreign, scan.ErrTooLarge
	}
	return o.openPlain([]byte(s), nesting, expected)
}

// openPlain opens a text that holds JSON, alone or in lines that may say something
// else before and after it. A text that does not holds no record.
func (o *Opener) openPlain(text []byte, nesting int, expected bool) (Kind, error) {
	text = bytes.TrimSpace(text)
	if len(text) > 0 && (text[0] == '{' || text[0] == '[') && scan.Valid(text) {
		return o.open(text, nesting-1, expected)
	}
	all := Foreign
	if bytes.IndexByte(text, '{') < 0 {
		return all, nil
	}
	for line := range bytes.Lines(text) {
		kind, err := o.openLine(line, nesting)
		if err != nil {
			return kind, err
		}
		if kind != Foreign && all != Records {
			all = kind
		}
	}
	if all == Foreign {
		return all, o.judge(text)
	}
	return all, nil
}

// OpenLine opens a line of a text that is not JSON, such as one of syslog's, which
// holds one JSON value and may say something else before and after it.
func (o *Opener) OpenLine(line []byte, found func(record []byte) error) (Kind, error) {
	o.start(found)
	return o.openLine(line, maxNesting)
}

func (o *Opener) openLine(line []byte, nesting int) (Kind, error) {
	if value := jsonIn(line, '{', '}'); value != nil {
		return o.open(value, nesting-1, false)
	}
	if value := jsonIn(line, '[', ']'); value != nil {
		return o.open(value, nesting-1, false)
	}
	return Foreign, nil
}

// isUnread says whether a kind stands for CloudTrail in a form that is not read.
func isUnread(kind Kind) bool { return kind == LakeResults || kind == Elastic || kind == Splunk }

// judge judges a text from which no record was read.
func (o *Opener) judge(text []byte) error {
	if o.Judge == nil {
		return nil
	}
	return o.Judge(text)
}
