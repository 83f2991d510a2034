package s3

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"trail403/ingest/source/retry"
)

// Error is an error with advice on what to do.
type Error struct {
	Text string
	Hint string
}

func (e *Error) Error() string { return e.Text }

// explain says in plain words what an error of a request means, and by its kind
// what another attempt can do. Of an object that is lost, the advice stands in
// the text: it is named in the report.
func (c *Client) explain(ctx context.Context, err error, action, bucket, key string) error {
	if cause := context.Cause(ctx); cause != nil {
		if errors.Is(cause, errStalled) {
			return retry.As(retry.Again, &Error{fmt.Sprintf("no answer from %s for %s", c.where(), c.opts.Stall),
				"check the network, a proxy (HTTPS_PROXY), and --endpoint-url or AWS_ENDPOINT_URL"})
		}
		return cause
	}
	status, header := response(err)
	if status > 0 {
		c.answered.Store(true)
	}
	var api smithy.APIError
	if errors.As(err, &api) && status > 0 {
		return c.explainAnswer(status, header, api, action, bucket, key)
	}
	if isCredentials(err) {
		return retry.As(retry.Fatal, credentialsError(ctx, err))
	}
	if status >= 500 {
		return retry.As(retry.Again, fmt.Errorf("%s", http.StatusText(status)))
	}
	var cert *x509.UnknownAuthorityError
	var host *x509.HostnameError
	if errors.As(err, &cert) || errors.As(err, &host) {
		return retry.As(retry.Fatal, &Error{fmt.Sprintf("cannot reach %s: %s", c.where(), transportCause(err)),
			"name the certificates to trust in AWS_CA_BUNDLE"})
	}
	return retry.As(retry.Again, &Error{fmt.Sprintf("cannot reach %s: %s", c.where(), c.clean(transportCause(err).Error())),
		"check the network, a proxy (HTTPS_PROXY), and --endpoint-url or AWS_ENDPOINT_URL"})
}

// explainAnswer explains an error that S3 answered with.
// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
func (c *Client) explainAnswer(status int, header http.Header, api smithy.APIError, action, bucket, key string) error {
	code, message := api.ErrorCode(), strings.TrimSuffix(c.clean(api.ErrorMessage()), ".")
	said := code
	if message != "" && message != code {
		said += ": " + message
	}
	run := func(hint, format string, args ...any) error {
		return retry.As(retry.Fatal, &Error{fmt.Sprintf(format, args...), hint})
	}
	switch code {
	case "SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded", "BandwidthLimitExceeded", "TooManyRequests", "ServiceUnavailable":
		return retry.As(retry.Slow, errors.New(said))
	case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired":
		return run("get new ones, for instance with `aws sso login`, and run again", "the AWS credentials have expired (%s)", said)
	case "InvalidAccessKeyId", "InvalidToken", "InvalidClientTokenId", "UnrecognizedClientException":
		return run("check with `aws sts get-caller-identity`; --profile chooses others", "S3 does not know these AWS credentials (%s)", said)
	case "SignatureDoesNotMatch":
		return run("the secret access key is wrong, or a proxy changes requests", "S3 refuses the signature (%s)", said)
	case "RequestTimeTooSkewed", "RequestInTheFuture", "RequestExpired":
		return retry.As(retry.Again, &Error{fmt.Sprintf("the clock of this machine is off: it says %s, and S3 %s", time.Now().UTC().Format(time.RFC1123), header.Get("Date")),
			"set the clock, for instance with `timedatectl set-ntp true`"})
	case "NoSuchBucket":
		return noSuchBucket(bucket)
	case "AuthorizationHeaderMalformed", "PermanentRedirect", "TemporaryRedirect", "IllegalLocationConstraintException":
		hint := "give the Region of the bucket with --region"
		if m := expecting.FindStringSubmatch(message); m != nil {
			hint = "give --region " + m[1]
		}
		return run(hint, "bucket %s is in another Region (%s)", bucket, said)
	case "NoSuchKey", "NotFound":
		return errors.New("the object does not exist (any more)")
	case "InvalidObjectState":
		return errors.New("archived (InvalidObjectState): restore it first (aws s3api restore-object), or copy it to another storage class")
	}
	switch {
	case status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable:
		return retry.As(retry.Slow, errors.New(said))
	case status >= 500 || code == "RequestTimeout":
		return retry.As(retry.Again, errors.New(said))
	case strings.HasPrefix(code, "KMS.") || strings.Contains(message, "kms:") || strings.Contains(message, "KMS"):
		return fmt.Errorf("KMS refuses to decrypt it (%s): allow kms:Decrypt on the key of the trail, in the key's policy too if it is in another account", said)
	case status == http.StatusForbidden || code == "AccessDenied":
		if action == "s3:GetObject" {
			return fmt.Errorf("access denied (%s): allow s3:GetObject on %s/*", said, c.arn(bucket))
		}
		return run(fmt.Sprintf("allow %s on %s; docs/s3.md has the whole policy", action, c.arn(bucket)),
			"listing s3://%s/%s: access denied (%s)", bucket, key, said)
	}
	if action == "s3:GetObject" {
		return errors.New(said)
	}
	return run("", "listing s3://%s/%s: %s", bucket, key, said)
}

// expecting is what S3 says of the Region that it wants.
var expecting = regexp.MustCompile(`expecting ["']([a-z0-9-]+)["']`)

func noSuchBucket(name string) error {
	return retry.As(retry.Fatal, &Error{fmt.Sprintf("bucket %s does not exist", name),
		"check the name, and the profile: `aws s3 ls` lists the buckets of an account; in China and GovCloud give --region, too"})
}

func (c *Client) arn(bucket string) string {
	partition := "aws"
	switch region := c.config.Region; {
	case strings.HasPrefix(region, "cn-"):
		partition = "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		partition = "aws-us-gov"
	}
	return "arn:" + partition + ":s3:::" + bucket
}

// where names the server.
func (c *Client) where() string {
	endpoint := c.opts.Endpoint
	if endpoint == "" {
		if base := s3.NewFromConfig(c.config).Options().BaseEndpoint; base != nil {
			endpoint = *base
		}
	}
	if u, err := url.Parse(endpoint); err == nil && u.Host != "" {
		return u.Scheme + "://" + u.Host // without a password
	}
	return "S3"
}

// clean takes the credentials out of a text that came from elsewhere: a server
// may show what was sent to it.
func (c *Client) clean(text string) string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if keys, err := c.config.Credentials.Retrieve(ctx); err == nil { // they are cached
		for _, secret := range []string{keys.SecretAccessKey, keys.SessionToken, url.QueryEscape(keys.SessionToken), keys.AccessKeyID} {
			if secret != "" {
				text = strings.ReplaceAll(text, secret, "(removed)")
			}
		}
	}
	return text
}

// response returns what of the answer an error of the SDK tells.
func response(err error) (status int, header http.Header) {
	var r *smithyhttp.ResponseError
	if errors.As(err, &r) && r.Response != nil && r.Response.Response != nil {
		return r.Response.StatusCode, r.Response.Header
	}
	return 0, http.Header{}
}

// transportCause strips what an error of the transport says of the request:
// its URL is long and its key named elsewhere.
func transportCause(err error) error {
	var sent *smithyhttp.RequestSendError
	if errors.As(err, &sent) {
		err = sent.Err
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the connection was closed")
	}
	return err
}
