package s3

import (
	"cmp"
	"context"
	"net/http"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// bucket is a bucket and the client for its Region.
type bucket struct {
	once   sync.Once
	api    *s3.Client
	region string // as the server tells; empty if it does not
	err    error
}

// Regions returns the Region of a bucket and the one that is configured. Each is
// empty if nobody tells.
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

// findRegion asks for the bucket's Region. S3 tells it even to those whom it
// refuses; what else it refuses shows with the first real request.
func (c *Client) findRegion(ctx context.Context, api *s3.Client, name string) (region string, err error) {
	err = c.try(ctx, func(ctx context.Context) error {
		out, err := api.HeadBucket(ctx, &s3.HeadBucketInput{Bucket: &name})
		if err == nil {
			c.answered.Store(true)
			region = aws.ToString(out.BucketRegion)
			return nil
		}
		status, header := response(err)
		if status > 0 {
			c.answered.Store(true)
		}
		region = header.Get("X-Amz-Bucket-Region")
		switch {
		case status == http.StatusNotFound:
			return noSuchBucket(name)
		case status >= 300 && status < 500 && status != http.StatusTooManyRequests:
			return nil
		}
		return c.explain(ctx, err, "s3:ListBucket", name, "")
	})
	return region, err
}
