// Package s3 lists and reads objects in S3. It alone knows the AWS SDK.
//
// It tries listings again by itself. What it returns of a single object is one
// attempt; errors say by their retry.Kind what another can do.
package s3

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go/logging"

	"trail403/ingest/source/retry"
)

// Options say how to reach S3. What is left out follows from the standard
// configuration of AWS: environment, shared files, instance metadata.
type Options struct {
	Profile      string
	Region       string // to begin with; that of each bucket is found
	Endpoint     string // of an S3 server other than AWS's
	RequestPayer bool   // the requests are paid by the caller
	InFlight     int    // requests at a time; 0 stands for DefaultInFlight
	Stall        time.Duration
	Retry        retry.Policy // of listings
}

// DefaultInFlight is how many requests are made at a time. At 50 ms each it
// makes 1,280 a second, a quarter of what S3 promises for a prefix.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html
const DefaultInFlight = 64

// DefaultStall is how long a request may make no progress.
const DefaultStall = 30 * time.Second

// Client reads objects in any bucket. It is safe for concurrent use.
type Client struct {
	opts Options
	gate *gate

	loading   sync.Once
	loadErr   error
	config    aws.Config
	transport atomic.Pointer[http.Transport] // Close may come while others load

	answered atomic.Bool // by anything at all
	lists    atomic.Int64

	mu      sync.Mutex
	buckets map[string]*bucket
}

// New returns a client. Nothing is asked of anybody before it is used. Close ends
// its connections.
func New(o Options) *Client {
	o.InFlight = cmp.Or(o.InFlight, DefaultInFlight)
	o.Stall = cmp.Or(o.Stall, DefaultStall)
	if o.Retry.Attempts == 0 {
		o.Retry = retry.Default
	}
	return &Client{opts: o, gate: newGate(o.InFlight), buckets: map[string]*bucket{}}
}

// load reads the configuration of AWS, once, and gets credentials.
func (c *Client) load(ctx context.Context) error {
	c.loading.Do(func() {
		if err := c.configure(ctx); err != nil {
			c.loadErr = retry.As(retry.Fatal, err)
		}
	})
	return c.loadErr
}

func (c *Client) configure(ctx context.Context) error {
	load := []func(*config.LoadOptions) error{
		config.WithHTTPClient(awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) {
			t.MaxIdleConns, t.MaxIdleConnsPerHost = 0, 2*c.opts.InFlight // one for each, kept
		})),
		config.WithSharedConfigProfile(c.opts.Profile),
		config.WithLogger(logging.Nop{}), // what it would say on standard error is for its authors
	}
	if c.opts.Region != "" {
		load = append(load, config.WithRegion(c.opts.Region))
	}
	cfg, err := config.LoadDefaultConfig(ctx, load...)
	if err != nil {
		return configError(ctx, err)
	}
	built, ok := cfg.HTTPClient.(*awshttp.BuildableClient)
	if !ok {
		return errors.New("the AWS configuration brings an HTTP client of its own")
	}
	c.config = cfg
	c.transport.Store(built.GetTransport())
	if cfg.Credentials == nil {
		return noCredentials()
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		return credentialsError(ctx, err)
	}
	return nil
}

// Close ends the idle connections.
func (c *Client) Close() {
	if t := c.transport.Load(); t != nil {
		t.CloseIdleConnections()
	}
}

// Lists returns how many pages were asked for.
func (c *Client) Lists() int64 { return c.lists.Load() }

// api returns a client of a Region. Retries are ours, not the SDK's: of whole
// objects, and in step with the gate.
func (c *Client) api(region string) *s3.Client {
	return s3.NewFromConfig(c.config, func(o *s3.Options) {
		o.HTTPClient = &http.Client{
			Transport:     c.transport.Load(),
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
		o.Retryer = aws.NopRetryer{}
		o.Region = region
		if c.opts.Endpoint != "" {
			o.BaseEndpoint = &c.opts.Endpoint
		}
		o.UsePathStyle = o.BaseEndpoint != nil // other servers seldom have a name for each bucket
		// CloudTrail's objects have no checksums of S3; gzip has its own.
		o.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
		o.DisableLogOutputChecksumValidationSkipped = true
	})
}

// try makes a small request, again if it fails for now. While nothing ever
// answered, nothing may be there: it soon gives up then. Its errors are for good.
func (c *Client) try(ctx context.Context, request func(ctx context.Context) error) error {
	n := 0
	err := c.opts.Retry.Do(ctx, func() error {
		t, err := c.gate.enter(ctx)
		if err != nil {
			return err
		}
		ctx, watch := startWatch(ctx, c.opts.Stall)
		err = request(ctx)
		stalled := context.Cause(ctx) == errStalled
		watch.stop()
		c.gate.leave(t, retry.KindOf(err) == retry.Slow)
		if n++; !c.answered.Load() && retry.Temporary(err) && (n > 1 || stalled) {
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
