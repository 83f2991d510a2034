package athena

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"

	"trail403/ingest/engine/query"
	"trail403/ingest/source/retry"
)

// unload runs a query that writes its answer into a new place, and hands out its rows.
// Nothing of it is deleted: Athena's own results stay, too, until a rule of the bucket
// removes them.
func (c *Client) unload(ctx context.Context, sql string, row func(cells []string) error) error {
	place := strings.TrimSuffix(c.opts.Unload, "/") + "/" + rand.Text() + "/"
	sql, err := query.Unload(sql, place)
	if err != nil {
		return retry.As(retry.Fatal, fmt.Errorf("the place for answers: %w", err))
	}
	id, err := c.start(ctx, sql)
	if err != nil {
		return err
	}
	done, err := c.wait(ctx, id)
	if err != nil {
		return err
	}
	if done.Statistics == nil || done.Statistics.DataManifestLocation == nil {
		return fmt.Errorf("the query %s does not say which objects have its answer", id)
	}
	list, err := c.fetch(ctx, *done.Statistics.DataManifestLocation)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(list)) {
		name := strings.Trim(strings.TrimSpace(line), `"`)
		if name == "" {
			continue
		}
		if !strings.HasPrefix(name, place) {
			return fmt.Errorf("the query %s says that its answer is in another place than was asked for", id)
		}
		packed, err := c.fetch(ctx, name)
		if err != nil {
			return err
		}
		if err := rowsOf(packed, row); err != nil {
			return err
		}
	}
	return nil
}

// maxObject is how many bytes an object of an answer may have.
const maxObject = 1 << 30

// fetch reads an object completely, so that it can be read again where the network fails.
func (c *Client) fetch(ctx context.Context, name string) (content []byte, err error) {
	err = c.opts.Retry.Do(ctx, func() error {
		body, err := c.opts.Get(ctx, name)
		if err != nil {
			return err
		}
		defer body.Close()
		content, err = io.ReadAll(io.LimitReader(body, maxObject+1))
		return err
	})
	switch {
	case context.Cause(ctx) != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, fmt.Errorf("reading the answer: %w", err)
	case len(content) > maxObject:
		return nil, fmt.Errorf("an object of the answer has more than %d bytes", maxObject)
	}
	return content, nil
}

// rowsOf hands out the rows of an object. What is NULL is missing in it, and empty here.
func rowsOf(packed []byte, row func(cells []string) error) error {
	unpacked, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return fmt.Errorf("reading the answer: %w", err)
	}
	defer unpacked.Close()
	lines := json.NewDecoder(bufio.NewReader(unpacked))
	for {
		var named map[string]string
		err := lines.Decode(&named)
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("reading the answer: %w", err)
		}
		cells := make([]string, len(query.Names))
		for i, name := range query.Names {
			cells[i] = named[name]
		}
		if err := row(cells); err != nil {
			return err
		}
	}
}
