package s3

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/logging"
	"github.com/aws/smithy-go/middleware"

	"trail403/ingest/source/retry"
)

// maxHeader is how many bytes the header of an answer may have. S3 sends at most
// about 10 KB, including the metadata of the object.
const maxHeader = 256 << 10

// load reads the configuration of AWS and gets credentials, once.
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
			t.MaxIdleConns, t.MaxIdleConnsPerHost = 0, 2*c.opts.InFlight // one for each request, kept
			t.MaxResponseHeaderBytes = maxHeader
		})),
		config.WithSharedConfigProfile(c.opts.Profile),
		config.WithLogger(logging.Nop{}), // what the SDK would log is for its authors
		config.WithAPIOptions([]func(*middleware.Stack) error{BoundBody}),
	}
	if c.opts.Region != "" {
		load = append(load, config.WithRegion(c.opts.Region))
	}
	cfg, err := config.LoadDefaultConfig(ctx, load...)
	if err != nil {
		return ConfigError(ctx, err)
	}
	built, ok := cfg.HTTPClient.(*awshttp.BuildableClient)
	if !ok {
		return errors.New("the AWS configuration brings an HTTP client of its own")
	}
	c.config = cfg
	c.config.APIOptions = nil // answers of S3 are read in answer.go
	c.transport.Store(built.GetTransport())
	if err := c.findEndpoint(); err != nil {
		return err
	}
	if cfg.Credentials == nil {
		return noCredentials()
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		return CredentialsError(ctx, err)
	}
	return nil
}

// findEndpoint finds out which server to ask if it is not one of AWS. It removes a
// user name and a password from the URL: requests are signed, so they have no use,
// and errors of the SDK would show them.
func (c *Client) findEndpoint() error {
	text := c.opts.Endpoint
	if text == "" {
		base := s3.NewFromConfig(c.config).Options().BaseEndpoint
		if base == nil {
			return nil
		}
		text = *base
	}
	u, err := url.Parse(text)
	if err != nil || !isEndpoint(u) {
		return &Error{Text: "the endpoint URL for S3 does not have the form https://HOST[:PORT][/PATH]",
			Hint: "check --endpoint-url, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, and endpoint_url in the AWS configuration"}
	}
	u.User = nil
	c.endpoint = u.String()
	return nil
}

func isEndpoint(u *url.URL) bool {
	return u.Hostname() != "" && (u.Scheme == "http" || u.Scheme == "https") && u.RawQuery == "" && u.Fragment == ""
}

// where returns the name of the server for a text.
func (c *Client) where() string {
	if u, err := url.Parse(c.endpoint); err == nil && u.Host != "" {
		return u.Scheme + "://" + u.Host
	}
	return "S3"
}
