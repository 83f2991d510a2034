package live

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"

	"trail403/ingest/source/retry"
	"trail403/ingest/source/s3"
)

// Options say how to ask AWS. The standard configuration of AWS fills in what is empty.
type Options struct {
	Profile, Region string
	// Role is the name of a role that is assumed in every account but the caller's own;
	// empty: other accounts are not asked.
	Role  string
	Now   func() time.Time
	Retry retry.Policy
	// Patience is how long to wait for one answer; 0 stands for ten seconds.
	Patience time.Duration
}

// client makes calls. It is safe for concurrent use.
type client struct {
	opts   Options
	budget budget

	loading sync.Once
	loadErr error
	config  aws.Config
	http    *http.Client
	signer  *v4.Signer

	mu       sync.Mutex
	sessions map[string]*session // by account; "" is the caller's own
	down     map[string]error    // servers that do not answer
}

// maxHeader is how many bytes the header of an answer may have.
const maxHeader = 64 << 10

func newClient(opts Options) *client {
	opts.Patience = cmp.Or(opts.Patience, callTime)
	if opts.Retry.Attempts == 0 {
		opts.Retry = retry.Policy{Attempts: 4, First: 200 * time.Millisecond, Longest: 2 * time.Second}
	}
	log.SetOutput(io.Discard) // the HTTP client of the standard library writes to it what servers send
	return &client{opts: opts, sessions: map[string]*session{}, down: map[string]error{}}
}

// load reads the configuration of AWS and gets credentials, once.
func (c *client) load(ctx context.Context) error {
	c.loading.Do(func() { c.loadErr = c.configure(ctx) })
	return c.loadErr
}

func (c *client) configure(ctx context.Context) error {
	load := []func(*config.LoadOptions) error{
		config.WithHTTPClient(awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) {
			t.MaxResponseHeaderBytes = maxHeader
		})),
		config.WithSharedConfigProfile(c.opts.Profile),
		config.WithLogger(logging.Nop{}), // what the SDK would log is for its authors
		config.WithAPIOptions([]func(*middleware.Stack) error{s3.BoundBody}),
	}
	if c.opts.Region != "" {
		load = append(load, config.WithRegion(c.opts.Region))
	}
	cfg, err := config.LoadDefaultConfig(ctx, load...)
	if err != nil {
		return s3.ConfigError(ctx, err)
	}
	built, ok := cfg.HTTPClient.(*awshttp.BuildableClient)
	if !ok {
		return errors.New("the AWS configuration brings an HTTP client of its own")
	}
	c.config, c.signer = cfg, v4.NewSigner()
	c.http = &http.Client{
		Transport:     built.GetTransport(),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	if cfg.Credentials == nil {
		return s3.CredentialsError(ctx, errNone)
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		return s3.CredentialsError(ctx, err)
	}
	return nil
}

var errNone = errors.New("static credentials are empty")

// close ends the connections.
func (c *client) close() {
	if c.http != nil {
		c.http.CloseIdleConnections()
	}
}
