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
	gunzip gunzip
	scan   scan.Reader
	shape  string // of the object, if it is skipped as unsupported
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
		if skip == SkipUnsupported {
			c.Unsupported = append(c.Unsupported, Unsupported{Object: e.Name, Shape: d.shape})
		}
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
	head, err := d.in.Peek(len(gzipMagic))
	if err != nil && err != io.EOF {
		return nil, explain(err)
	}
	if !bytes.Equal(head, gzipMagic) {
		return d.in, nil
	}
	if err := d.gunzip.reset(d.in); err != nil {
		return nil, explain(err)
	}
	return &d.gunzip, nil
}

// explain says in plain words what the errors of reading and of gzip mean.
func explain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, gzip.ErrChecksum):
		return errors.New("gzip checksum does not match: the object is corrupt")
	case errors.Is(err, gzip.ErrHeader):
		return errors.New("gzip header is invalid: the object is corrupt")
	case err == io.ErrUnexpectedEOF:
		return errors.New("data ends early: the object is truncated")
	}
	var p *fs.PathError
	if errors.As(err, &p) { // its path is the object's name, which stands beside it
		return fmt.Errorf("cannot %s: %w", p.Op, p.Err)
	}
	return err
}

// counter counts the bytes that pass. After an error nothing passes any more:
// a reader that would go on behind it must not make a gap look like a whole.
type counter struct {
	io.Reader
	n   int64
	err error
}

func (c *counter) Read(p []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	c.err = err
	return n, err
}
