package ingest

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"trail403/ingest/denial"
	"trail403/ingest/scan"
	"trail403/ingest/source"
	"trail403/ingest/source/retry"
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
	unpack unpacker
	inner  unpacker // of what was compressed twice
	mid    *bufio.Reader
	scan   scan.Reader
	shape  string   // of the object, if it is skipped as unsupported
	isJSON bool     // the object, going by its first bytes
	member *decoder // decodes the members of archives; nil within one
}

// newDecoder returns a decoder of objects and of archives of objects.
func newDecoder(opts *Options, d *denial.Decoder, sink Sink) *decoder {
	dec := newMemberDecoder(opts, d, sink)
	dec.member = newMemberDecoder(opts, d, sink)
	return dec
}

func newMemberDecoder(opts *Options, d *denial.Decoder, sink Sink) *decoder {
	dec := &decoder{
		opts:   opts,
		denial: d,
		sink:   sink,
		in:     bufio.NewReaderSize(nil, 64<<10),
		out:    bufio.NewReaderSize(nil, 64<<10),
		mid:    bufio.NewReaderSize(nil, 4<<10),
	}
	dec.scan.MaxElement, dec.scan.MaxDepth = int(opts.MaxRecord), opts.MaxDepth
	dec.scan.Needle = denial.Needle
	return dec
}

// sinkError is an error of the sink: it ends the run, not only the object.
type sinkError struct{ error }

func (e sinkError) Unwrap() error { return e.error }

// object reads one object and counts it in c. Its denials reach the sink only
// once it was read to its end with its checksum right. The error ends the run:
// it is the sink's, or one that no other object would be spared.
func (d *decoder) object(ctx context.Context, j job, c *Coverage) error {
	name := j.entry.Name
	if f := j.fetched; f != nil {
		defer f.release()
		if f.err != nil {
			c.fail(name, f.err)
			return nil
		}
		return d.stream(name, bytes.NewReader(f.body), nothing, c)
	}
	if src, ok := j.src.(source.Remote); ok {
		err := d.opts.Retry.Do(ctx, func() error {
			body, _, err := src.Get(ctx, j.entry)
			if err != nil {
				return err
			}
			return d.stream(name, body, body.Close, c)
		})
		return final(ctx, err, name, c)
	}
	body, err := j.src.Open(ctx, j.entry)
	if err != nil {
		c.fail(name, fmt.Errorf("cannot open: %w", err))
		return nil
	}
	return d.stream(name, body, body.Close, c)
}

func nothing() error { return nil }

// final counts an object that could not be fetched, unless the error ends the
// run.
func final(ctx context.Context, err error, name string, c *Coverage) error {
	var fatal sinkError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &fatal), retry.KindOf(err) == retry.Fatal, context.Cause(ctx) != nil:
		return err
	}
	c.fail(name, err)
	return nil
}

// stream reads one object from body, to its end, and calls done, which closes
// it. Only when that has no error either does the object count. A temporary
// error of the body is returned: nothing was counted then.
func (d *decoder) stream(name string, body io.Reader, done func() error, c *Coverage) error {
	var found Coverage // in the members, if it is an archive
	records, skip, err := d.read(name, body, &found)
	if closeErr := done(); err == nil && closeErr != nil {
		err = fmt.Errorf("cannot close: %w", closeErr)
	}
	if skip == SkipNotCloudTrail && !d.isJSON && source.PromisesTrail(name) {
		err = errors.New("no JSON, though the name promises CloudTrail: the object is corrupt")
	}
	var fatal sinkError
	switch {
	case errors.As(err, &fatal):
		return fatal
	case retry.Temporary(d.stored.err): // whatever the decoders made of it
		d.sink.Discard()
		return d.stored.err
	case err != nil:
		d.sink.Discard()
		c.fail(name, err)
	case skip == isArchive:
		d.sink.Commit()
		c.Objects.Listed-- // its members count in its place
		c.add(&found)
	case skip != "":
		d.sink.Discard()
		c.skip(skip, 1)
		if skip == SkipUnsupported {
			c.Unsupported = append(c.Unsupported, Unsupported{Object: name, Shape: d.shape})
		}
	default:
		d.sink.Commit()
		c.Objects.Read++
		c.see(name)
		c.Records.add(records)
		c.Bytes.Compressed += d.stored.n
		c.Bytes.Decompressed += d.plain.n
	}
	return nil
}

// isArchive stands in for the reason to skip an object that holds others.
const isArchive Reason = "archive"

func (d *decoder) read(name string, body io.Reader, found *Coverage) (r Records, skip Reason, err error) {
	d.isJSON = false
	d.stored = counter{Reader: body}
	d.in.Reset(&d.stored)
	if isZip(d.in) {
		skip, err = d.zip(name, found)
		return r, skip, d.opts.explain(err)
	}
	text, err := d.unpack.open(d.in)
	if err != nil {
		return r, "", d.opts.explain(err)
	}
	if text != io.Reader(d.in) {
		// A subscription of CloudWatch Logs is gzip, and Firehose may pack it again.
		d.mid.Reset(text)
		if text, err = d.inner.open(d.mid); err != nil {
			return r, "", d.opts.explain(err)
		}
	}
	d.plain = counter{Reader: text, limit: d.opts.MaxObject}
	d.out.Reset(&d.plain)
	if isTar(d.out) {
		d.plain.limit = 0 // it holds for the members, one by one
		skip, err = d.tar(name, found)
		return r, skip, d.opts.explain(err)
	}
	skip, err = d.sniff()
	if err == nil && skip == "" {
		r, skip, err = d.records()
	}
	return r, skip, d.opts.explain(err)
}
