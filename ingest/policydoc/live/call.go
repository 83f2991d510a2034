package live

import (
	"context"
	"errors"
	"fmt"

	"trail403/ingest/source/retry"
)

// What AWS answers with if there were too many requests, or if it has a fault.
// https://docs.aws.amazon.com/awssupport/latest/user/service-quotas.html
var (
	slowCodes = []string{
		"Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
		"RequestLimitExceeded", "TooManyRequestsException", "SlowDown", "BandwidthLimitExceeded", "LimitExceededException",
		"PriorRequestNotComplete",
	}
	wrongRegion = []string{"PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException"}
)

// downError says that a server does not answer.
type downError struct {
	host string
	err  error
}

func (e *downError) Error() string { return "no answer from " + e.host + ": " + e.err.Error() }
func (e *downError) Unwrap() error { return e.err }

// call makes a request, and again if the network or a busy service is why it failed.
func (c *client) call(ctx context.Context, s *session, r request) ([]byte, error) {
	body, err := c.callIn(ctx, s, r)
	var e *apiError
	if errors.As(err, &e) && e.region != "" && e.region != r.region && e.is(wrongRegion...) {
		r.region = e.region // S3 says where a bucket is
		return c.callIn(ctx, s, r)
	}
	return body, err
}

func (c *client) callIn(ctx context.Context, s *session, r request) (body []byte, err error) {
	to, err := c.placeOf(ctx, operations[r.operation].service, r.partition, r.region, r.account)
	if err != nil {
		return nil, err
	}
	if err := c.isDown(to.url.Host); err != nil {
		return nil, err
	}
	err = c.opts.Retry.Do(ctx, func() error {
		if err := c.budget.spend(); err != nil {
			return err
		}
		credentials, err := s.credentialsFor(ctx)
		if err != nil {
			return err
		}
		limited, cancel := context.WithTimeoutCause(ctx, c.opts.Patience, errSlow)
		defer cancel()
		body, err = c.send(limited, credentials, &r, to)
		if err != nil && errors.Is(context.Cause(limited), errSlow) {
			return errSlow // another attempt would wait as long
		}
		return kindOf(err)
	})
	var answered *apiError
	switch cause := context.Cause(ctx); {
	case err == nil, errors.As(err, &answered), isOver(err):
	case cause != nil:
		err = cause
	case errors.Is(err, errLong), errors.Is(err, errEndpoint):
	default:
		err = c.setDown(to.url.Host, err)
	}
	return body, err
}

var errSlow = errors.New("it took too long")

// kindOf says whether another attempt can help.
func kindOf(err error) error {
	var e *apiError
	switch {
	case err == nil || errors.Is(err, errLong) || errors.Is(err, errEndpoint):
		return err
	case !errors.As(err, &e):
		return retry.As(retry.Again, errors.New(clip(transportText(err))))
	case e.is(slowCodes...) || e.status == 429:
		return retry.As(retry.Slow, err)
	case e.status >= 500:
		return retry.As(retry.Again, err)
	}
	return err
}

// isDown returns the error of a server that did not answer before. To wait for it again
// and again would take the time from others.
func (c *client) isDown(host string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.down[host]
}

func (c *client) setDown(host string, err error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.down[host] == nil {
		c.down[host] = &downError{host, err}
	}
	return c.down[host]
}

// pages calls for all pages of a list. next reads an answer, and returns the marker of the next
// page.
func (c *client) pages(ctx context.Context, s *session, first request, parameter func(r request, marker string) request,
	next func(body []byte) (marker string, err error)) error {
	r := first
	for range maxPages {
		body, err := c.call(ctx, s, r)
		if err != nil {
			return err
		}
		marker, err := next(body)
		if err != nil || marker == "" {
			return err
		}
		r = parameter(first, marker)
	}
	return fmt.Errorf("the list has more than %d pages", maxPages)
}
