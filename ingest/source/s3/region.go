package s3

import (
	"cmp"
	"context"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// Regions returns the Region of a bucket and the one that is configured. Each is
// empty where it is unknown.
func (c *Client) Regions(ctx context.Context, name string) (bucket, home string, err error) {
	b, err := c.bucket(ctx, name)
	if err != nil {
		return "", "", err
	}
	return b.region, c.config.Region, nil
}

// bucket returns the client for a bucket, in its Region.
func (c *Client) bucket(ctx context.Context, name string) (*bucket, error) {
	if err := c.load(ctx); err != nil {
		return nil, err
	}
	c.mu.Lock()
	b := c.buckets[name]
	if b == nil {
		b = &bucket{}
		c.buckets[name] = b
	}
	c.mu.Unlock()
	b.once.Do(func() {
		home := cmp.Or(c.config.Region, "us-east-1")
		if b.region, b.err = c.findRegion(ctx, c.api(home), name); b.err == nil {
			b.api = c.api(cmp.Or(b.region, home))
		}
	})
	return b, b.err
}

// findRegion asks for the Region of a bucket. S3 tells it even to those whom it
// denies access. Other errors show with the first real request.
func (c *Client) findRegion(ctx context.Context, api *s3.Client, name string) (region string, err error) {
	err = c.try(ctx, func(ctx context.Context) error {
		a := &answer{}
		_, err := api.HeadBucket(a.expect(ctx), &s3.HeadBucketInput{Bucket: &name})
		region = regionIn(a.header)
		switch {
		case err == nil:
			c.answered.Store(true)
			return nil
		case a.status == http.StatusNotFound:
			return noSuchBucket(name)
		case a.status >= 300 && a.status < 500 && a.status != http.StatusTooManyRequests:
			c.answered.Store(true)
			return nil
		}
		return c.explain(ctx, request{headBucket, name, ""}, a, err)
	})
	return region, err
}
