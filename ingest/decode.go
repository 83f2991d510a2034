package ingest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/klauspost/compress/gzip"

	"trail403/ingest/denial"
	"trail403/ingest/scan"
	"trail403/ingest/source"
)

// decoder turns objects into denials, one at a time. Each worker has its own,
// with all buffers that it needs.
type decoder struct {
	opts   *Options
	denial *denial.Decoder
	sink   Sink

	stored counter // bytes as stored
	plain  counter // bytes decompressed
	in     *bufio.Reader
	out    *bufio.Reader
	gzip   gzip.Reader
	scan   scan.Reader
}

func newDecoder(opts *Options, d *denial.Decoder, sink Sink) *decoder {
	return &decoder{
		opts:   opts,
		denial: d,
		sink:   sink,
		in:     bufio.NewReaderSize(nil, 64<<10),
		out:    bufio.NewReaderSize(nil, 64<<10),
	}
}

// object reads one object and counts it in c. Its denials reach the sink only
// once it was read to its end with its checksum right.
func (d *decoder) object(ctx context.Context, src source.Source, e source.Entry, c *Coverage) {
	records, skip, err := d.read(ctx, src, e)
	switch {
	case err != nil:
		d.sink.Discard()
		c.fail(e.Name, err)
	case skip != "":
		d.sink.Discard()
		c.skip(skip, 1)
	default:
		d.sink.Commit()
		c.Objects.Read++
		c.Records.add(records)
		c.Bytes.Compressed += d.stored.n
		c.Bytes.Decompressed += d.plain.n
	}
}

func (d *decoder) read(ctx context.Context, src source.Source, e source.Entry) (r Records, skip Reason, err error) {
	body, err := src.Open(ctx, e)
	if err != nil {
		return r, "", fmt.Errorf("cannot open: %w", err)
	}
	defer func() {
		if closeErr := body.Close(); err == nil && closeErr != nil {
			err = fmt.Errorf("cannot close: %w", closeErr)
		}
	}()
	d.stored = counter{Reader: body}
	d.in.Reset(&d.stored)
	text, err := d.decompress()
	if err != nil {
		return r, "", err
	}
	d.plain = counter{Reader: text}
	d.out.Reset(&d.plain)
	skip, err = d.sniff()
	if err == nil && skip == "" {
		r, skip, err = d.records()
	}
	return r, skip, explain(err)
}

// decompress returns the object's text, going by its first bytes.
func (d *decoder) decompress() (io.Reader, error) {
	head, err := d.in.Peek(2)
	if err != nil && err != io.EOF {
		return nil, explain(err)
	}
	if !bytes.Equal(head, []byte{0x1f, 0x8b}) {
		return d.in, nil
	}
	if err := d.gzip.Reset(d.in); err != nil {
		return nil, explain(err)
	}
	return &d.gzip, nil
}

// sniff looks at the first bytes of the text: what is empty or no JSON at all is
// skipped.
func (d *decoder) sniff() (Reason, error) {
	head, err := d.out.Peek(512)
	if err != nil && err != io.EOF {
		return "", err
	}
	if bom := []byte("\xef\xbb\xbf"); bytes.HasPrefix(head, bom) {
		d.out.Discard(len(bom))
		head = head[len(bom):]
	}
	switch {
	case len(bytes.TrimSpace(head)) > 0 && !looksLikeJSON(head):
		return SkipNotCloudTrail, nil
	case len(bytes.TrimSpace(head)) == 0 && err == io.EOF:
		return SkipEmpty, nil
	}
	return "", nil
}

// records reads the object's records to the end, and hands denials to the sink.
func (d *decoder) records() (r Records, skip Reason, err error) {
	d.scan.Reset(d.out)
	var known, isTrail bool // known: a first value said what the object is
	arrays := 0
	for {
		part, err := d.scan.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return r, "", err
		}
		switch part.Kind {
		case scan.Records:
			arrays++
			isTrail = true
			continue
		case scan.RecordsAgain:
			if arrays > 1 {
				return r, "", errors.New("an object behind the first has two Records arrays: which of them counts is unclear")
			}
			d.sink.Discard()
			r, known = Records{}, false
			continue
		case scan.Array:
			arrays++
			continue
		}
		if !known && part.Raw[0] == '{' {
			if skip := shape(part.Raw); skip != "" {
				return r, skip, nil
			}
			known, isTrail = true, true
		}
		if err := d.record(part.Raw, &r); err != nil {
			return r, "", err
		}
	}
	switch {
	case !isTrail && r.Seen == 0:
		return r, SkipEmpty, nil
	case !known && r.Seen > 0: // nothing but scalars
		return Records{}, SkipNotCloudTrail, nil
	}
	return r, "", nil
}

// record counts one record, and hands it to the sink if it is a denial in the
// window.
func (d *decoder) record(raw []byte, r *Records) error {
	r.Seen++
	den, verdict, err := d.denial.Decode(raw)
	switch {
	case err != nil:
		return fmt.Errorf("record %d: %w", r.Seen, err)
	case verdict == denial.Malformed:
		r.Malformed++
	case verdict == denial.NotDenied:
		r.NotS3Denied++
	case !d.opts.inWindow(den.Time):
		r.OutsideWindow++
	default:
		r.Kept++
		d.sink.Add(&den)
	}
	return nil
}

// explain says in plain words what the errors of reading and of gzip mean.
func explain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, gzip.ErrChecksum):
		return errors.New("gzip checksum does not match: the object is corrupt")
	case errors.Is(err, gzip.ErrHeader):
		return errors.New("gzip header is invalid: the object is corrupt or has trailing garbage")
	case err == io.ErrUnexpectedEOF:
		return errors.New("gzip stream ends early: the object is truncated")
	}
	var p *fs.PathError
	if errors.As(err, &p) { // its path is the object's name, which stands beside it
		return fmt.Errorf("cannot %s: %w", p.Op, p.Err)
	}
	return err
}

// counter counts the bytes that pass.
type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}
