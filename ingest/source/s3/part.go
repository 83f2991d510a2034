package s3

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"trail403/ingest/source/retry"
)

// Part reads the bytes of an object from an offset into p, all of them.
func (c *Client) Part(ctx context.Context, name, key string, p []byte, offset int64) error {
	if len(p) == 0 {
		return nil
	}
	b, err := c.bucket(ctx, name)
	if err != nil {
		return err
	}
	span := fmt.Sprintf("bytes=%d-%d", offset, offset+int64(len(p))-1)
	return c.try(ctx, func(ctx context.Context) error {
		a := &answer{}
		out, err := b.api.GetObject(a.expect(ctx), &s3.GetObjectInput{
			Bucket: &name, Key: &key, Range: &span, RequestPayer: c.payer(),
		})
		if err != nil {
			return c.explain(ctx, request{getObject, name, key}, a, err)
		}
		defer out.Body.Close()
		c.answered.Store(true)
		isAll := offset == 0 && aws.ToInt64(out.ContentLength) == int64(len(p))
		if !isAll && a.status != http.StatusPartialContent {
			return fmt.Errorf("%s answered with the complete object, and a part was asked for", c.where())
		}
		if _, err := io.ReadFull(pace(ctx, out.Body), p); err != nil {
			cause := c.clean(transportCause(err).Error(), maxMessage)
			return retry.As(retry.Again, fmt.Errorf("the connection broke: %s", cause))
		}
		return nil
	})
}

// Stat returns the size and the version of an object, as a listing does.
func (c *Client) Stat(ctx context.Context, name, key string) (size int64, version uint64, err error) {
	b, err := c.bucket(ctx, name)
	if err != nil {
		return 0, 0, err
	}
	err = c.try(ctx, func(ctx context.Context) error {
		a := &answer{}
		out, err := b.api.HeadObject(a.expect(ctx), &s3.HeadObjectInput{Bucket: &name, Key: &key, RequestPayer: c.payer()})
		if err != nil {
			return c.explain(ctx, request{getObject, name, key}, a, err)
		}
		c.answered.Store(true)
		size, version = -1, versionOf(aws.ToString(out.ETag), aws.ToTime(out.LastModified))
		if out.ContentLength != nil {
			size = *out.ContentLength
		}
		return nil
	})
	return size, version, err
}
