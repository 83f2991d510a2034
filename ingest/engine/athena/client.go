// Package athena runs queries on Athena, by the AWS SDK.
//
//  1. client.go connects to Athena, and makes one call. failure.go says what errors mean.
//  2. execution.go starts a query, and waits for its end.
//  3. query.go runs a query and reads the pages of its result. unload.go reads the answer
//     from S3 instead. columns.go asks about a table.
package athena

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/athena"
	"github.com/aws/smithy-go/logging"

	"trail403/ingest/engine/running"
	"trail403/ingest/source/retry"
	"trail403/ingest/source/s3"
)

// Options say how to reach Athena. The standard configuration of AWS fills in what is
// empty.
type Options struct {
	Profile, Region string
	Workgroup       string       // primary if empty
	Output          string       // where results are saved, s3://…, unless the workgroup says it
	Retry           retry.Policy // of a single call
	// Unload is where queries write their answers, s3://…, which are read from there by Get.
	// If it is empty, Athena hands them out in pages.
	Unload string
	Get    func(ctx context.Context, name string) (io.ReadCloser, error)

	// First and Longest are how long to wait between two looks at a query. Each wait is
	// half as long again as the one before. 0 stands for the default.
	First, Longest time.Duration
}

// Client runs queries. It is safe for concurrent use.
type Client struct {
	opts    Options
	running running.Queries

	loading sync.Once
	loadErr error
	api     *athena.Client
}

// New returns a client. It makes no call yet.
func New(opts Options) *Client {
	if opts.First == 0 {
		opts.First = 200 * time.Millisecond
	}
	if opts.Longest == 0 {
		opts.Longest = 3 * time.Second
	}
	return &Client{opts: opts}
}

// Close waits until queries whose context ended are stopped.
func (c *Client) Close() { c.running.Wait() }

// load reads the configuration of AWS, once.
func (c *Client) load(ctx context.Context) error {
	c.loading.Do(func() {
		load := []func(*config.LoadOptions) error{
			config.WithSharedConfigProfile(c.opts.Profile),
			config.WithLogger(logging.Nop{}), // what the SDK would log is for its authors
			config.WithRetryMaxAttempts(1),   // calls are repeated here
		}
		if c.opts.Region != "" {
			load = append(load, config.WithRegion(c.opts.Region))
		}
		cfg, err := config.LoadDefaultConfig(ctx, load...)
		switch {
		case err != nil:
			c.loadErr = retry.As(retry.Fatal, s3.ConfigError(ctx, err))
		case cfg.Region == "":
			c.loadErr = retry.As(retry.Fatal, errors.New("the Region of Athena is not configured: use --region or AWS_REGION"))
		default:
			c.api = athena.NewFromConfig(cfg)
		}
	})
	return c.loadErr
}

// call makes a call, and again where the network or a busy service is why it failed.
func call[In, Out any](
	ctx context.Context, c *Client, do func(context.Context, *In, ...func(*athena.Options)) (*Out, error), in *In,
) (out *Out, err error) {
	err = c.opts.Retry.Do(ctx, func() (err error) {
		if out, err = do(ctx, in); err != nil {
			return explain(ctx, err)
		}
		return nil
	})
	return out, err
}

// optional returns nil for an empty text.
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return aws.String(text)
}
