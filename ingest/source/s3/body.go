package s3

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"trail403/ingest/source/retry"
)

// Get opens an object, in one attempt. The reader fails if the object ends before
// its length or arrives too slowly. Only io.EOF says that it is complete. length is
// -1 if the server does not say it.
func (c *Client) Get(ctx context.Context, name, key string) (body io.ReadCloser, length int64, err error) {
	b, err := c.bucket(ctx, name)
	if err != nil {
		return nil, 0, err
	}
	t, err := c.gate.enter(ctx)
	if err != nil {
		return nil, 0, err
	}
	a := &answer{}
	ctx, watch := startWatch(ctx, c.opts.Stall)
	out, err := b.api.GetObject(a.expect(ctx), &s3.GetObjectInput{Bucket: &name, Key: &key, RequestPayer: c.payer()})
	if err != nil {
		err = c.explain(ctx, request{getObject, name, key}, a, err)
		watch.stop()
		c.gate.leave(t, retry.KindOf(err) == retry.Slow)
		return nil, 0, err
	}
	watch.pause()
	c.answered.Store(true)
	length = -1
	if out.ContentLength != nil {
		length = aws.ToInt64(out.ContentLength)
	}
	broke := func(err error) string { return c.clean(transportCause(err).Error(), maxMessage) }
	leave := func() { c.gate.leave(t, false) }
	return &reader{ctx: ctx, body: out.Body, watch: watch, length: length, broke: broke, leave: leave}, length, nil
}

// reader reads one object.
type reader struct {
	ctx    context.Context
	body   io.ReadCloser
	watch  *watch
	length int64 // -1 if unknown
	n      int64 // read so far
	broke  func(error) string
	leave  func()
}

func (r *reader) Read(p []byte) (int, error) {
	r.watch.resume()
	n, err := r.body.Read(p)
	tooSlow := r.watch.took(n)
	r.n += int64(n)
	switch {
	case err == io.EOF && (r.length < 0 || r.n == r.length):
		return n, io.EOF
	case errors.Is(context.Cause(r.ctx), errStalled):
		return n, retry.As(retry.Again, r.watch.stalled())
	case tooSlow != nil && r.n != r.length:
		r.watch.stop()
		return n, retry.As(retry.Again, tooSlow)
	case err == nil:
		return n, nil
	case r.ctx.Err() != nil:
		return n, context.Cause(r.ctx)
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		return n, retry.As(retry.Again, fmt.Errorf("the connection ended after %d of %d bytes", r.n, r.length))
	}
	err = fmt.Errorf("the connection broke after %d bytes: %s", r.n, r.broke(err))
	return n, retry.As(retry.Again, err)
}

// Close ends the request, even if the object was not read to its end.
func (r *reader) Close() error {
	if r.n != r.length {
		r.watch.stop() // or else the rest would be read, to keep the connection
	}
	r.body.Close() // its error would only repeat one of reading
	r.watch.stop()
	r.leave()
	return nil
}
