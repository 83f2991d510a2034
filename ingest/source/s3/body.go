package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"trail403/ingest/source/retry"
)

// Get opens an object, in one attempt. The reader fails if the object ends
// before its length or makes no progress; that it has its whole length is sure
// only at io.EOF. length is -1 if the server does not tell.
func (c *Client) Get(ctx context.Context, name, key string) (body io.ReadCloser, length int64, err error) {
	b, err := c.bucket(ctx, name)
	if err != nil {
		return nil, 0, err
	}
	t, err := c.gate.enter(ctx)
	if err != nil {
		return nil, 0, err
	}
	ctx, watch := startWatch(ctx, c.opts.Stall)
	out, err := b.api.GetObject(ctx, &s3.GetObjectInput{Bucket: &name, Key: &key, RequestPayer: c.payer()})
	if err != nil {
		err = c.explain(ctx, err, "s3:GetObject", name, key)
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
	return &reader{ctx: ctx, body: out.Body, watch: watch, length: length, leave: func() { c.gate.leave(t, false) }}, length, nil
}

// reader reads one object.
type reader struct {
	ctx    context.Context
	body   io.ReadCloser
	watch  *watch
	length int64 // -1 if unknown
	n      int64 // read so far
	leave  func()
}

func (r *reader) Read(p []byte) (int, error) {
	r.watch.resume()
	n, err := r.body.Read(p)
	r.watch.pause()
	r.n += int64(n)
	switch {
	case err == nil:
		return n, nil
	case err == io.EOF && (r.length < 0 || r.n == r.length):
		return n, io.EOF
	case errors.Is(context.Cause(r.ctx), errStalled):
		return n, retry.As(retry.Again, r.watch.stalled())
	case r.ctx.Err() != nil:
		return n, context.Cause(r.ctx)
	case err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF):
		return n, retry.As(retry.Again, fmt.Errorf("the connection ended after %d of %d bytes", r.n, r.length))
	}
	return n, retry.As(retry.Again, fmt.Errorf("the connection broke after %d of %d bytes: %w", r.n, r.length, transportCause(err)))
}

// Close ends the request, whether all of it was read or not.
func (r *reader) Close() error {
	if r.n != r.length {
		r.watch.stop() // before the rest is read for the sake of the connection
	}
	r.body.Close() // what it could say was said when reading
	r.watch.stop()
	r.leave()
	return nil
}

var errStalled = errors.New("no progress")

// watch ends a request that makes no progress. It counts only while it waits
// for the network, not while the reader is busy elsewhere.
type watch struct {
	limit  time.Duration
	timer  *time.Timer
	cancel context.CancelCauseFunc
}

// startWatch returns a context that ends after the time, unless told otherwise.
func startWatch(ctx context.Context, limit time.Duration) (context.Context, *watch) {
	ctx, cancel := context.WithCancelCause(ctx)
	return ctx, &watch{limit, time.AfterFunc(limit, func() { cancel(errStalled) }), cancel}
}

func (w *watch) pause()  { w.timer.Stop() }
func (w *watch) resume() { w.timer.Reset(w.limit) }
func (w *watch) stop()   { w.timer.Stop(); w.cancel(context.Canceled) }

func (w *watch) stalled() error { return fmt.Errorf("no progress for %s", w.limit) }
