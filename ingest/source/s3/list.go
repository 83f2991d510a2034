package s3

import (
	"context"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Page lists up to 1,000 keys that begin with the prefix, in order: those
// greater than after, or those of the page that token stands for. With a
// delimiter, keys that have it behind the prefix are folded up to it and
// reported once, with size -1. It returns the token of the next page, empty
// behind the last.
func (c *Client) Page(ctx context.Context, name, prefix, delimiter, after, token string, found func(key string, size int64)) (next string, err error) {
	b, err := c.bucket(ctx, name)
	if err != nil {
		return "", err
	}
	in := &s3.ListObjectsV2Input{
		Bucket:       &name,
		Prefix:       &prefix,
		EncodingType: types.EncodingTypeUrl, // keys may hold what XML cannot
		RequestPayer: c.payer(),
	}
	if delimiter != "" {
		in.Delimiter = &delimiter
	}
	if token != "" {
		in.ContinuationToken = &token
	} else if after != "" {
		in.StartAfter = &after
	}
	var out *s3.ListObjectsV2Output
	err = c.try(ctx, func(ctx context.Context) error {
		c.lists.Add(1)
		if out, err = b.api.ListObjectsV2(ctx, in); err != nil {
			return c.explain(ctx, err, "s3:ListBucket", name, prefix)
		}
		c.answered.Store(true)
		return nil
	})
	if err != nil {
		return "", err
	}
	report(out, found)
	return aws.ToString(out.NextContinuationToken), nil
}

// report tells keys and folders in the one order that they have.
func report(out *s3.ListObjectsV2Output, found func(key string, size int64)) {
	decode := func(s *string) string {
		key := aws.ToString(s)
		if out.EncodingType != types.EncodingTypeUrl {
			return key
		}
		if plain, err := url.QueryUnescape(key); err == nil {
			return plain
		}
		return key
	}
	folders := out.CommonPrefixes
	for _, object := range out.Contents {
		key := decode(object.Key)
		for len(folders) > 0 {
			folder := decode(folders[0].Prefix)
			if strings.Compare(folder, key) > 0 {
				break
			}
			found(folder, -1)
			folders = folders[1:]
		}
		found(key, aws.ToInt64(object.Size))
	}
	for _, f := range folders {
		found(decode(f.Prefix), -1)
	}
}
