package scan

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
)

// A Part is one thing that a [Reader] found.
type Part struct {
	Kind Kind
	// Name is the key of the array that a Records or RecordsAgain is about.
	Name string
	// Raw is the JSON text of a Document or Element: a slice of the reader's
	// buffer, valid until the next call of Next. It is nil for other kinds.
	Raw []byte
	// Hit says that Raw may hold the reader's needle, or a backslash and so words
	// that are written with escapes. Where it is not set, Raw holds neither.
	Hit bool
}

// Kind says what a [Part] is.
type Kind int

const (
	// Document is a complete top-level value that holds no records by its
	// structure: an object without an array of records, or a scalar.
	Document Kind = iota
	// Array says that a top-level array starts.
	Array
	// Records says that an array of records of a top-level object starts.
	Records
	// RecordsAgain says that the object has one more member of that name, which
	// replaces the one before: as in encoding/json, the last duplicate wins. No
	// elements follow where its value is no array.
	RecordsAgain
	// Element is an element of the array that started last.
	Element
)

// DefaultMaxElement is far above CloudTrail's own limit of 256 KB for one event
// (1 MB in some event data stores).
const DefaultMaxElement = 64 << 20

// arrays are the members of a top-level object whose elements are handed out one
// by one, as they hold records or envelopes of records: of trail files and
// Lambda's events, of lookup-events, of CloudWatch Logs subscriptions,
// filter-log-events and Insights, and of SQS.
var arrays = [...]string{"Records", "Events", "logEvents", "events", "results", "Messages"}

// window is how much of a stream is held at a time: most files fit completely, and
// a worker's buffer stays in the processor's cache.
const window = 256 << 10

// ErrTooLarge says that a value is larger than the reader's limit.
var ErrTooLarge = errors.New("JSON value is too large")

// Reader splits a stream of JSON values into what can be records: the elements
// of the array "Records" (or another of its kind) of a top-level object, those
// of a top-level array, and top-level objects that have no such array. Top-level
// values may follow one another with or without white space between them.
//
// It holds one element in memory at a time (and the members of an object that
// come before the array). A Reader is not safe for concurrent use. Its zero
// value is ready after Reset.
type Reader struct {
	// MaxElement is the size in bytes above which a value fails (0:
	// DefaultMaxElement).
	MaxElement int
	// MaxDepth is how deeply a value may nest (0: the constant MaxDepth).
	MaxDepth int
	// Needle is what to look for, two letters at least: see Part.Hit.
	Needle string

	src    io.Reader
	eof    bool
	buf    []byte
	keep   int   // if pinned, buf[keep:end] must stay: it holds a value that is not yet complete
	pos    int   // the next byte to look at
	end    int   // what has been read ends here
	base   int64 // offset of buf[0] in the stream
	pinned bool
	pair   [2]byte // of the needle

	state    state
	first    bool // nothing came yet in this object or array: it may close at once
	topArray bool // the array is a top-level one
	had      int  // which arrays of records the object had, a bit each
	hit      bool // what Hit says of the part that is being read
}

type state int

const (
	atDocument state = iota
	atKey
	afterValue
	atElement
	afterElement
)

// Reset makes the reader read from src. It forgets all but its limit and buffer.
func (r *Reader) Reset(src io.Reader) {
	// A buffer that one huge record blew up is not kept for the small ones.
	if len(r.buf) == 0 || len(r.buf) > 8*window {
		r.buf = make([]byte, window)
	}
	*r = Reader{
		MaxElement: r.MaxElement, MaxDepth: r.MaxDepth, Needle: r.Needle,
		pair: rarePair(r.Needle), src: src, buf: r.buf,
	}
}

// rarePair returns two bytes of the text that are rarely together where it is
// not: in keys such as errorCode the capital and the letter before it.
func rarePair(text string) (pair [2]byte) {
	for i := range len(text) - 1 {
		if i == 0 || text[i+1] >= 'A' && text[i+1] <= 'Z' {
			pair = [2]byte{text[i], text[i+1]}
		}
	}
	return pair
}

// Next returns the next part. It returns io.EOF at the end of the stream, an
// error that wraps io.ErrUnexpectedEOF where the stream ends within a value, an
// error with the offset where the structure breaks, and an error of the source
// as it is.
func (r *Reader) Next() (p Part, err error) {
	for {
		found, err := r.step(&p)
		switch {
		case found && err == nil:
			return p, nil
		case err == ErrSyntax || err == ErrDepth || err == ErrTooLarge:
			return Part{}, fmt.Errorf("%w at byte %d", err, r.base+int64(r.pos))
		case err == io.EOF && r.state != atDocument:
			return Part{}, r.endsWithin()
		case err != nil:
			return Part{}, err
		}
	}
}

// step goes one token further, and from a comma to the element after it. found
// says that a part came, which it stores in p.
func (r *Reader) step(p *Part) (found bool, err error) {
	c, err := r.token()
	if err != nil {
		return false, err
	}
	switch r.state {
	case atDocument:
		return r.document(c, p)
	case atKey:
		return r.member(c, p)
	case afterValue:
		return r.closeOr(c, '}', atKey, p)
	case afterElement:
		if found, err = r.closeOr(c, ']', atElement, p); err != nil || r.state != atElement {
			return found, err
		}
		if c, err = r.token(); err != nil {
			return false, err
		}
	}
	if c == ']' && r.first {
		return r.closeOr(c, ']', atElement, p)
	}
	r.hit = false
	raw, err := r.value()
	*p = Part{Kind: Element, Raw: raw, Hit: r.hit}
	r.state, r.first = afterElement, false
	return true, err
}

// document starts the top-level value at c.
func (r *Reader) document(c byte, p *Part) (found bool, err error) {
	r.first, r.had, r.topArray = true, 0, c == '['
	switch c {
	case '{':
		r.keep, r.pinned = r.pos, true // all of the object, if it turns out to be a Document
		r.pos++
		r.state = atKey
		return false, nil
	case '[':
		r.pos++
		r.state = atElement
		*p = Part{Kind: Array}
		return true, nil
	}
	raw, err := r.value()
	*p = Part{Kind: Document, Raw: raw, Hit: true}
	return true, err
}

// member reads a key of a top-level object and steps over its value, or into it
// where it is an array of records.
func (r *Reader) member(c byte, p *Part) (found bool, err error) {
	if c == '}' && r.first {
		return r.closeOr(c, '}', atKey, p)
	}
	if c != '"' {
		return false, ErrSyntax
	}
	raw, err := r.value()
	if err != nil {
		return false, err
	}
	array := slices.Index(arrays[:], string(keyText(raw)))
	if c, err = r.token(); err != nil || c != ':' {
		return false, orSyntax(err)
	}
	r.pos++
	if c, err = r.token(); err != nil {
		return false, err
	}
	r.first = false
	*p = Part{Kind: RecordsAgain}
	again := false
	if array >= 0 {
		p.Name = arrays[array]
		again = r.had>>array&1 == 1
	}
	if array < 0 || c != '[' {
		_, err = r.value()
		r.state = afterValue
		return again, err
	}
	if !again {
		p.Kind = Records
	}
	r.pos++
	r.had |= 1 << array
	r.first, r.state, r.pinned = true, atElement, false
	return true, nil
}

// closeOr ends the object or array if c is the bracket that closes it. A comma
// leads to the state more.
func (r *Reader) closeOr(c, bracket byte, more state, p *Part) (found bool, err error) {
	r.pos++
	switch {
	case c == ',' && !r.first:
		r.state = more
		return false, nil
	case c != bracket:
		r.pos--
		return false, ErrSyntax
	case bracket == ']' && !r.topArray:
		r.state, r.first = afterValue, false
		return false, nil
	}
	r.state, r.pinned = atDocument, false
	if bracket == '}' && r.had == 0 {
		*p = Part{Kind: Document, Raw: r.buf[r.keep:r.pos], Hit: true}
		return true, nil
	}
	return false, nil
}

func orSyntax(err error) error {
	if err == nil {
		return ErrSyntax
	}
	return err
}

// token steps over white space and returns the byte there, which it leaves.
func (r *Reader) token() (byte, error) {
	for {
		if r.pos = skipSpace(r.buf[:r.end], r.pos); r.pos < r.end {
			return r.buf[r.pos], nil
		}
		if err := r.fill(); err != nil {
			return 0, err
		}
	}
}

// value steps over the value that starts at pos and returns its text.
func (r *Reader) value() ([]byte, error) {
	if !r.pinned {
		r.keep, r.pinned = r.pos, true
		defer func() { r.pinned = false }()
	}
	start := r.pos - r.keep // unlike pos, it stays right when the buffer moves
	s := skipper{maxDepth: r.MaxDepth, pair: r.pair}
	for {
		n, done, err := s.skip(r.buf[r.pos:r.end])
		r.pos += n
		r.hit = r.hit || s.hit
		switch {
		case err != nil:
			return nil, err
		case done && r.pos-r.keep > r.limit():
			return nil, ErrTooLarge
		case done:
			return r.buf[r.keep+start : r.pos], nil
		case r.pos < r.end: // a delimiter where a value must be
			return nil, ErrSyntax
		}
		err = r.fill()
		if err == io.EOF && r.state == atDocument {
			if s.scalar { // only here the end of the stream ends a value
				return r.buf[r.keep+start : r.pos], nil
			}
			err = r.endsWithin()
		}
		if err != nil {
			return nil, err
		}
	}
}

func (r *Reader) endsWithin() error {
	return fmt.Errorf("JSON ends within a value at byte %d: %w", r.base+int64(r.end), io.ErrUnexpectedEOF)
}

func (r *Reader) limit() int {
	if r.MaxElement == 0 {
		return DefaultMaxElement
	}
	return r.MaxElement
}

// fill reads more of the stream, after end, and makes room for it. It returns
// io.EOF if nothing more comes.
func (r *Reader) fill() error {
	if r.eof {
		return io.EOF
	}
	if !r.pinned {
		r.keep = r.pos
	}
	if r.keep > 0 {
		copy(r.buf, r.buf[r.keep:r.end])
		r.base += int64(r.keep)
		r.pos -= r.keep
		r.end -= r.keep
		r.keep = 0
	}
	if r.end > r.limit() {
		return ErrTooLarge
	}
	if r.end == len(r.buf) {
		// Twice as much, but not much more than a value may need.
		more := min(len(r.buf), max(r.limit()+window-len(r.buf), window))
		r.buf = append(r.buf, make([]byte, more)...)
	}
	// A reader may return nothing for a while, but not forever.
	for range 100 {
		n, err := r.src.Read(r.buf[r.end:])
		r.end += n
		r.eof = err == io.EOF
		if n > 0 {
			return nil // an error comes again with the next read
		}
		if err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// Rest returns what follows after an error of the structure, from the start of the
// value that broke. The reader must be Reset after that.
func (r *Reader) Rest() io.Reader {
	return io.MultiReader(bytes.NewReader(r.buf[min(r.keep, r.pos):r.end]), r.src)
}
