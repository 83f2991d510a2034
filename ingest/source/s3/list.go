package s3

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"trail403/ingest/source/retry"
)

// maxEmpty is how many pages without a key may follow each other. S3 sends such
// pages where many objects were deleted.
const maxEmpty = 1000

// Pages lists the keys that start with the prefix, in order, from the first one
// greater than after. With a delimiter, keys that contain it after the prefix are
// folded into folders, up to the delimiter. Each call of next asks for one page of
// about 1,000 keys. more says whether another page follows.
func (c *Client) Pages(name, prefix, delimiter, after string) (next nextPage) {
	return (&listing{client: c, bucket: name, prefix: prefix, delimiter: delimiter, after: after,
		tokens: map[[sha256.Size]byte]bool{}}).next
}

type (
	nextPage = func(ctx context.Context, found found) (more bool, err error)
	found    = func(item)
	item     = struct {
		Key     string
		Size    int64
		Version uint64
		Folder  bool
	}
)

// listing goes through the pages of one listing. It trusts no page: if one were
// missing or repeated, the report would be wrong and nothing would show it.
type listing struct {
	client                           *Client
	bucket, prefix, delimiter, after string

	token  string // of the next page
	tokens map[[sha256.Size]byte]bool
	last   []entry // of the last page that was not empty
	empty  int     // pages since then
}

func (l *listing) next(ctx context.Context, found found) (more bool, err error) {
	b, err := l.client.bucket(ctx, l.bucket)
	if err != nil {
		return false, err
	}
	var p *page
	err = l.client.try(ctx, func(ctx context.Context) (err error) {
		p, err = l.page(ctx, b.api)
		return err
	})
	if err != nil {
		return false, err
	}
	if err := l.follow(p, found); err != nil {
		return false, retry.As(retry.Fatal, &Error{
			Text: fmt.Sprintf("listing s3://%s/%s: %v (from %s)", l.bucket, l.prefix, err, l.client.where()),
			Hint: "objects could be missing, so nothing is reported. Run trail403 again. If the error stays, " +
				"the server does not list as S3 does: name the objects with --objects-from",
		})
	}
	return l.token != "", nil
}

// page asks for a page.
func (l *listing) page(ctx context.Context, api *s3.Client) (*page, error) {
	in := &s3.ListObjectsV2Input{
		Bucket:       &l.bucket,
		Prefix:       &l.prefix,
		EncodingType: types.EncodingTypeUrl, // keys may hold characters that XML cannot
		RequestPayer: l.client.payer(),
	}
	if l.delimiter != "" {
		in.Delimiter = &l.delimiter
	}
	if l.token != "" {
		in.ContinuationToken = &l.token
	} else if l.after != "" {
		in.StartAfter = &l.after
	}
	l.client.lists.Add(1)
	a := &answer{listing: true}
	_, err := api.ListObjectsV2(a.expect(ctx), in)
	if err == nil && a.page != nil && a.garbled == nil {
		a.garbled = a.page.check(l.prefix, l.delimiter)
	}
	if err != nil || a.page == nil || a.garbled != nil {
		return nil, l.client.explain(ctx, request{listBucket, l.bucket, l.prefix}, a, err)
	}
	l.client.answered.Store(true)
	return a.page, nil
}

// follow checks that a page continues where the last one ended and that its token
// leads to another page. Keys that the last page had too count once.
func (l *listing) follow(p *page, found found) error {
	isNew := false
	for _, e := range p.entries {
		if n := len(l.last); n > 0 && e.key <= l.last[n-1].key {
			if _, listed := slices.BinarySearchFunc(l.last, e, compareEntries); listed {
				continue
			}
			return fmt.Errorf("the key %q came after %q, so the listing is not in order",
				clip(e.key, maxShown), clip(l.last[n-1].key, maxShown))
		}
		isNew = true
		found(item{e.key, e.size, e.version, e.folder})
	}
	l.token = p.token
	if l.token == "" {
		return nil
	}
	if p.unordered {
		return errors.New("the keys are not in order and not all on one page, so some could be missed")
	}
	sum := sha256.Sum256([]byte(l.token))
	if l.tokens[sum] {
		return errors.New("the server sent the same continuation token twice, so the listing would never end")
	}
	l.tokens[sum] = true
	switch {
	case isNew:
		l.last, l.empty = p.entries, 0
		return nil
	case len(p.entries) > 0:
		return errors.New("a page repeats the keys of the page before it, so the listing would never end")
	}
	if l.empty++; l.empty > maxEmpty {
		return fmt.Errorf("%d pages without a key followed each other", l.empty)
	}
	return nil
}

// check returns what is wrong with a page, or nil.
func (p *page) check(prefix, delimiter string) *garbled {
	truncated, err := strconv.ParseBool(p.truncated)
	switch {
	case err != nil:
		return &garbled{"the listing does not say whether more keys follow (IsTruncated is missing or wrong)"}
	case truncated && p.token == "":
		return &garbled{"the server says that more keys follow, but not how to ask for them " +
			"(IsTruncated without NextContinuationToken)"}
	}
	for _, e := range p.entries {
		rest, ok := strings.CutPrefix(e.key, prefix)
		if !ok {
			return &garbled{fmt.Sprintf("the listing has the key %q, which does not start with the prefix",
				clip(e.key, maxShown))}
		}
		level := rest != "" && delimiter != "" && strings.Index(rest, delimiter) == len(rest)-len(delimiter)
		if e.folder && !level {
			return &garbled{fmt.Sprintf("the listing has the folder %q, which is not directly below the prefix",
				clip(e.key, maxShown))}
		}
	}
	return nil
}
