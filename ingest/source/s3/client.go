// Package s3 lists and reads objects in S3, and creates some. It alone knows the AWS SDK.
//
// A request goes through these steps:
//
//  1. region.go finds the Region of the bucket, once.
//  2. gate.go waits until one more request may be made.
//  3. answer.go reads the answer in place of the SDK, since the server may be
//     broken or hostile: the pages of a listing (page.go) and errors (failure.go),
//     within bounds. watch.go ends a request that makes too little progress.
//  4. list.go checks that no page is missing. body.go reads the bytes of an object.
//  5. write.go creates and deletes objects, and part.go reads parts of them.
//  6. login.go bounds the answers that the SDK reads to get credentials.
//  7. explain.go says in plain words what went wrong, without secrets (text.go).
//
// Pages tries again by itself. Get makes one attempt to read an object. The
// retry.Kind of its error says whether another attempt makes sense.
package s3

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"trail403/ingest/source/retry"
)

// Options say how to reach S3. The standard configuration of AWS fills in what is
// empty: environment variables, shared files, and the metadata of an instance.
type Options struct {
	Profile      string
	Region       string // to ask first; the Region of each bucket is found
	Endpoint     string // URL of another S3 server
	RequestPayer bool   // the caller pays for the requests
	KMSKey       string // id of the key that encrypts what is written; empty: as the bucket says
	InFlight     int    // requests at a time; 0 stands for DefaultInFlight
	// Stall is how long a request may make no progress, and the time over which
	// an object must bring the minimum rate. 0 stands for DefaultStall.
	Stall time.Duration
	Retry retry.Policy // of listings
}

// DefaultInFlight is how many requests are made at a time. At 50 ms each this
// makes 1,280 a second, a quarter of what S3 promises for a prefix.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html
const DefaultInFlight = 64

// DefaultStall is how long a request may make no progress.
const DefaultStall = 30 * time.Second

// garbledAttempts is how often a request is made if something other than S3 seems
// to answer. A proxy may have had a bad moment, but more attempts rarely help.
const garbledAttempts = 3

// Client reads objects in any bucket. It is safe for concurrent use.
type Client struct {
	opts Options
	gate *gate

	loading   sync.Once
	loadErr   error
	config    aws.Config
	endpoint  string                         // URL of another S3 server, without a password
	transport atomic.Pointer[http.Transport] // Close may come while others load

	answered atomic.Bool // by anything at all
	lists    atomic.Int64

	mu      sync.Mutex
	buckets map[string]*bucket
}

// bucket is a bucket and the client for its Region.
type bucket struct {
	once   sync.Once
	api    *s3.Client
	region string // as the server says it, or empty
	err    error
}

// New returns a client. It makes no request before it is used. Close ends its
// connections.
func New(o Options) *Client {
	quiet()
	o.InFlight = cmp.Or(o.InFlight, DefaultInFlight)
	o.Stall = cmp.Or(o.Stall, DefaultStall)
	if o.Retry.Attempts == 0 {
		o.Retry = retry.Default
	}
	return &Client{opts: o, gate: newGate(o.InFlight), buckets: map[string]*bucket{}}
}

// Close ends the idle connections.
func (c *Client) Close() {
	if t := c.transport.Load(); t != nil {
		t.CloseIdleConnections()
	}
}

// Lists returns how many pages were asked for.
func (c *Client) Lists() int64 { return c.lists.Load() }

// api returns a client for a Region. The client does not try again, because that
// is done here, for complete objects and in step with the gate.
func (c *Client) api(region string) *s3.Client {
	return s3.NewFromConfig(c.config, func(o *s3.Options) {
		o.HTTPClient = &http.Client{
			Transport:     answerReader{c.transport.Load()},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
		o.Retryer = aws.NopRetryer{}
		o.Region = region
		if c.endpoint != "" {
			o.BaseEndpoint = &c.endpoint
		}
		o.UsePathStyle = o.BaseEndpoint != nil // other servers rarely have a host name for each bucket
		// CloudTrail delivers objects without checksums of S3, and gzip has its own.
		o.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
		o.DisableLogOutputChecksumValidationSkipped = true
	})
}

// try makes a small request, and makes it again if another attempt can help. While
// nothing has ever answered, it gives up early: there may be no server. Its errors
// are final.
func (c *Client) try(ctx context.Context, request func(ctx context.Context) error) error {
	n, broken := 0, 0
	err := c.opts.Retry.Do(ctx, func() error {
		t, err := c.gate.enter(ctx)
		if err != nil {
			return err
		}
		ctx, watch := startWatch(ctx, c.opts.Stall)
		err = request(watch.in(ctx))
		stalled := context.Cause(ctx) == errStalled
		watch.stop()
		c.gate.leave(t, retry.KindOf(err) == retry.Slow)
		var g *garbled
		if errors.As(err, &g) {
			broken++
		}
		n++
		switch {
		case broken >= garbledAttempts:
			return retry.As(retry.Fatal, fmt.Errorf("%w (gave up after %d attempts)", err, n))
		case !c.answered.Load() && retry.Temporary(err) && (n > 1 || stalled):
			return retry.As(retry.Fatal, err)
		}
		return err
	})
	if retry.Temporary(err) {
		return retry.As(retry.Fatal, err)
	}
	return err
}

func (c *Client) payer() types.RequestPayer {
	if c.opts.RequestPayer {
		return types.RequestPayerRequester
	}
	return ""
}
