package object

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"trail403/ingest/coverage"
	"trail403/ingest/envelope"
	"trail403/ingest/envelope/flat"
	"trail403/ingest/scan"
)

// Content says what an object holds. The zero value stands for records.
type Content struct {
	Archive bool            // other objects: see [Reader.Members]
	Skip    coverage.Reason // why the object holds no records that could count, or empty
	Shape   coverage.Shape  // with coverage.SkipUnsupported
	Log     coverage.Log    // with coverage.SkipNotCloudTrail, where it is a log of a known kind
	IsText  bool            // it is not JSON, but may hold some
	Flat    []flat.Seen     // what its records carry that are in a flattened shape
}

// form is how the records of an object are written.
type form int

const (
	asValues form = iota // JSON values, one after another
	asLines              // a text with JSON in its lines
	asTable              // comma-separated values
	asParquet
)

// Reader reads objects, one at a time. It keeps its buffers for the next object.
type Reader struct {
	limits   Limits
	isMember bool // it reads members of archives, in which no further archive is read
	isZip    bool // the object that was opened last is a zip archive
	isTwice  bool // it is compressed twice

	stored   counter // bytes as stored
	in       *bufio.Reader
	unpack   unpacker
	packed   counter       // bytes decompressed that are compressed once more
	once     *bufio.Reader // unpacked once
	again    unpacker      // of what was compressed twice
	unpacked counter       // bytes decompressed
	archive  *total        // of the archive that was opened
	text     *bufio.Reader
	form     form
	header   header       // of a table
	log      coverage.Log // what its first line tells
	scan     scan.Reader
	opener   envelope.Opener
}

// textsPerRecord is how many times the size of a record the texts within a value may
// have, once they are decoded: a record may be a text in a text, and base64 is unpacked
// once more.
const textsPerRecord = 4

// NewReader returns a reader that looks for needle in records: see [Visitor].
func NewReader(limits Limits, needle string) *Reader {
	return &Reader{
		limits: limits,
		in:     bufio.NewReaderSize(nil, 64<<10),
		once:   bufio.NewReaderSize(nil, 4<<10),
		text:   bufio.NewReaderSize(nil, 64<<10),
		scan:   scan.Reader{MaxElement: limits.MaxRecord, MaxDepth: limits.MaxDepth, Needle: needle},
		opener: envelope.Opener{MaxText: textsPerRecord * limits.MaxRecord, Judge: judge},
	}
}

// NewMemberReader returns a reader of members of archives. An archive within an
// archive is skipped.
func NewMemberReader(limits Limits, needle string) *Reader {
	r := NewReader(limits, needle)
	r.isMember = true
	return r
}

// Open finds out what an object holds. [Reader.Records] reads its records then;
// [Reader.Members] reads the members of an archive.
func (r *Reader) Open(body io.Reader) (Content, error) {
	content, err := r.open(body)
	return content, r.explain(err)
}

func (r *Reader) open(body io.Reader) (Content, error) {
	r.stored, r.packed, r.unpacked = counter{Reader: body}, counter{}, counter{}
	r.archive, r.isTwice = &total{limit: r.limits.MaxArchive}, false
	r.in.Reset(&r.stored)
	if r.isZip = isZip(r.in); r.isZip {
		return r.archived(), nil
	}
	if err := r.decompress(body); err != nil {
		return Content{}, err
	}
	r.text.Reset(&r.unpacked)
	if isTar(r.text) {
		return r.archived(), r.startTar()
	}
	return r.sniff()
}

// decompress starts to decompress the object, at most twice: a subscription of
// CloudWatch Logs is gzip, and Firehose may pack it again.
func (r *Reader) decompress(body io.Reader) error {
	var archive *total
	if m, ok := body.(*memberBody); ok {
		archive = m.archive
	}
	text, err := r.unpack.open(r.in)
	if err != nil {
		return err
	}
	r.unpacked = counter{Reader: text, limit: r.limits.MaxObject}
	if text == io.Reader(r.in) {
		return nil
	}
	r.packed = counter{Reader: text, limit: r.limits.MaxObject, total: archive}
	r.once.Reset(&r.packed)
	if text, err = r.again.open(r.once); err != nil {
		return err
	}
	r.unpacked.Reader = text
	if r.isTwice = text != io.Reader(r.once); r.isTwice {
		r.unpacked.total = archive
	}
	return nil
}

// startTar makes the bytes of the object count as those of an archive. The limit of
// an object holds for each of its members instead.
func (r *Reader) startTar() error {
	r.packed.limit, r.unpacked.limit, r.unpacked.total = 0, 0, r.archive
	if r.isTwice {
		r.packed.total, r.archive.n = r.archive, r.packed.n
	}
	return r.archive.add(r.unpacked.n)
}

func (r *Reader) archived() Content {
	if r.isMember {
		return Content{Skip: coverage.SkipUnsupported, Shape: coverage.NestedArchive}
	}
	return Content{Archive: true}
}

// sniff looks at the first bytes of the text. What is empty or no JSON at all is
// skipped.
func (r *Reader) sniff() (Content, error) {
	head, err := r.text.Peek(sniffed)
	if err != nil && err != io.EOF {
		return Content{}, err
	}
	if isUTF16(head) {
		r.text = bufio.NewReaderSize(newUTF16(r.text), 64<<10)
		if head, err = r.text.Peek(sniffed); err != nil && err != io.EOF {
			return Content{}, err
		}
	}
	if bom := []byte("\xef\xbb\xbf"); bytes.HasPrefix(head, bom) {
		r.text.Discard(len(bom))
		head = head[len(bom):]
	}
	r.form, r.log = asValues, ""
	if bytes.HasPrefix(head, parquetMagic) {
		r.form = asParquet
		return Content{}, nil
	}
	if looksLikeJSON(head) {
		return Content{}, nil
	}
	if shape := knownShape(head); shape != "" {
		return Content{Skip: coverage.SkipUnsupported, Shape: shape}, nil
	}
	if len(bytes.TrimSpace(head)) == 0 {
		if err == io.EOF {
			return Content{Skip: coverage.SkipEmpty}, nil
		}
		return Content{}, nil // text may follow the white space
	}
	r.form, r.log = asLines, logOf(head)
	head, _ = r.text.Peek(headerSize)
	if header, ok := tableOf(head); ok {
		r.form, r.header = asTable, header
	}
	return Content{IsText: true}, nil
}

// Bytes returns how many bytes of the object were read.
func (r *Reader) Bytes() coverage.Bytes {
	return coverage.Bytes{Compressed: r.stored.n, Decompressed: r.unpacked.n}
}

// BodyErr returns the error that reading the object's body ended with, whatever
// the decoders made of it.
func (r *Reader) BodyErr() error { return r.stored.err }

// explain says in plain words what an error of the object means. Where a limit was
// exceeded, the decoder above it may have made another error of that.
func (r *Reader) explain(err error) error {
	if err == nil {
		return nil
	}
	var over coverage.LimitError
	if errors.As(r.packed.err, &over) || errors.As(r.unpacked.err, &over) {
		return over
	}
	return r.limits.explain(err)
}

// hand hands a member to found. What is in the member may exceed the limit of the
// archive.
func (r *Reader) hand(m Member, found func(Member) error) error {
	if err := found(m); err != nil {
		return err
	}
	return r.archive.add(0)
}

func (r *Reader) tooMany() error {
	return coverage.LimitError{Limit: coverage.MaxMembers, Value: int64(r.limits.MaxMembers)}
}
