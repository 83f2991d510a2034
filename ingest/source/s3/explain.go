package s3

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"

	smithyhttp "github.com/aws/smithy-go/transport/http"

	"trail403/ingest/source/retry"
)

// explain says in plain words why a request failed. The kind of its error says
// whether another attempt can help. err is the error of the SDK.
func (c *Client) explain(ctx context.Context, r request, a *answer, err error) error {
	if a.status > 0 {
		c.answered.Store(true)
	}
	if cause := context.Cause(ctx); cause != nil {
		if !errors.Is(cause, errStalled) {
			return cause
		}
		text := fmt.Sprintf("no answer from %s for %s", c.where(), c.opts.Stall)
		if a.status > 0 {
			text = fmt.Sprintf("%sthe answer of %s did not end within %s", r.about(), c.where(), c.opts.Stall)
		}
		return retry.As(retry.Again, &Error{Text: text, Hint: checkEndpoint})
	}
	switch {
	case a.garbled != nil:
		return retry.As(retry.Again, c.explainGarbled(r, a.garbled))
	case a.failed != nil:
		return c.explainFailure(r, a)
	case IsCredentials(err):
		return retry.As(retry.Fatal, CredentialsError(ctx, err))
	}
	return c.explainTransport(err)
}

// explainGarbled explains an answer that is not one of S3.
func (c *Client) explainGarbled(r request, g *garbled) error {
	return &Error{
		Text: fmt.Sprintf("%s%s (from %s)", r.about(), c.clean(g.what, maxMessage), c.where()),
		Hint: otherServer,
		err:  g,
	}
}

// explainTransport explains an error of the network.
func (c *Client) explainTransport(err error) error {
	cause := c.clean(transportCause(err).Error(), maxMessage)
	var unknown *x509.UnknownAuthorityError
	var host *x509.HostnameError
	if errors.As(err, &unknown) || errors.As(err, &host) {
		return retry.As(retry.Fatal, &Error{Text: fmt.Sprintf("cannot reach %s: %s", c.where(), cause),
			Hint: "name the certificates to trust in AWS_CA_BUNDLE"})
	}
	format := "the request to %s failed: %s"
	var op *net.OpError
	if errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect") {
		format = "cannot reach %s: %s"
	}
	return retry.As(retry.Again, &Error{Text: fmt.Sprintf(format, c.where(), cause), Hint: checkEndpoint})
}

// transportCause returns an error of the transport without the request: its URL
// is long, and the key is named elsewhere.
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
