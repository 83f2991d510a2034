package s3

import (
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"trail403/ingest/source/retry"
)

// ErrExists is the error of creating an object that exists.
var ErrExists = errors.New("the object exists already")

// Create creates an object, and fails with ErrExists if there is one. Of several that
// create the same object at once, exactly one succeeds. After a lost answer, the object
// that exists may be the one of this call: whoever must know compares it.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
func (c *Client) Create(ctx context.Context, name, key string, body io.ReadSeeker, size int64) error {
	b, err := c.bucket(ctx, name)
	if err != nil {
		return err
	}
	return c.try(ctx, func(ctx context.Context) error {
		if _, err := body.Seek(0, io.SeekStart); err != nil {
			return err
		}
		in := &s3.PutObjectInput{
			Bucket: &name, Key: &key, IfNoneMatch: aws.String("*"),
			Body: upload{body, ctx}, ContentLength: &size, RequestPayer: c.payer(),
		}
		if c.opts.KMSKey != "" {
			in.ServerSideEncryption, in.SSEKMSKeyId = types.ServerSideEncryptionAwsKms, &c.opts.KMSKey
		}
		a := &answer{}
		_, err := b.api.PutObject(a.expect(ctx), in)
		switch {
		case err == nil:
			c.answered.Store(true)
			return nil
		case a.status == http.StatusPreconditionFailed:
			return ErrExists
		}
		err = c.explain(ctx, request{putObject, name, key}, a, err)
		if a.status == http.StatusConflict {
			return retry.As(retry.Again, err) // S3 could not tell which of several came first
		}
		return err
	})
}

// upload is the body of a request. Each part of it that is sent is progress.
type upload struct {
	io.ReadSeeker
	ctx context.Context
}

func (u upload) Read(p []byte) (int, error) {
	progress(u.ctx)
	return u.ReadSeeker.Read(p)
}

// Delete deletes an object. Without one, nothing happens.
func (c *Client) Delete(ctx context.Context, name, key string) error {
	b, err := c.bucket(ctx, name)
	if err != nil {
		return err
	}
	return c.try(ctx, func(ctx context.Context) error {
		a := &answer{}
		_, err := b.api.DeleteObject(a.expect(ctx), &s3.DeleteObjectInput{Bucket: &name, Key: &key, RequestPayer: c.payer()})
		if err != nil {
			return c.explain(ctx, request{deleteObject, name, key}, a, err)
		}
		c.answered.Store(true)
		return nil
	})
}
