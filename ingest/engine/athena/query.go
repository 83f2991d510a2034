package athena

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/athena"
	"github.com/aws/aws-sdk-go-v2/service/athena/types"

	"trail403/ingest/engine/running"
)

// pageRows is how many rows a page has. A row has all denials of an object, so that a page
// of the most that Athena allows, 1,000 rows, might be large.
const pageRows = 250

// Query runs a query whose columns are all texts, and hands out its rows. NULL is empty.
// The retry.Kind of an error says whether to run the query again. The query is stopped if
// the context ends, or if nobody can say what became of it.
func (c *Client) Query(ctx context.Context, sql string, row func(cells []string) error) error {
	defer c.running.Begin()()
	if err := c.load(ctx); err != nil {
		return err
	}
	id, err := c.start(ctx, sql)
	if err != nil {
		return err
	}
	if err := c.wait(ctx, id); err != nil {
		return err
	}
	return c.results(ctx, id, row)
}

// start starts a query. Results of earlier ones are not used: they lack objects that came
// since.
func (c *Client) start(ctx context.Context, sql string) (id string, err error) {
	in := &athena.StartQueryExecutionInput{
		QueryString: aws.String(sql),
		WorkGroup:   optional(c.opts.Workgroup),
		// The call is repeated with the same token, so that it starts one query only.
		ClientRequestToken: aws.String(rand.Text() + rand.Text()),
		ResultReuseConfiguration: &types.ResultReuseConfiguration{
			ResultReuseByAgeConfiguration: &types.ResultReuseByAgeConfiguration{Enabled: false},
		},
	}
	if c.opts.Output != "" {
		in.ResultConfiguration = &types.ResultConfiguration{OutputLocation: aws.String(c.opts.Output)}
	}
	out, err := call(ctx, c, c.api.StartQueryExecution, in)
	if err != nil {
		return "", err
	}
	return aws.ToString(out.QueryExecutionId), nil
}

// wait waits until a query has succeeded. It stops one that it cannot wait for, since that
// would cost, and another one may be started in its place.
func (c *Client) wait(ctx context.Context, id string) error {
	in := &athena.GetQueryExecutionInput{QueryExecutionId: aws.String(id)}
	for pause := c.opts.First; ; pause = min(pause*3/2, c.opts.Longest) {
		out, err := call(ctx, c, c.api.GetQueryExecution, in)
		switch {
		case err != nil:
			c.stop(id)
			return err
		case out.QueryExecution == nil || out.QueryExecution.Status == nil:
			c.stop(id)
			return fmt.Errorf("the state of the query %s is unknown", id)
		}
		switch status := out.QueryExecution.Status; status.State {
		case types.QueryExecutionStateSucceeded:
			return nil
		case types.QueryExecutionStateFailed, types.QueryExecutionStateCancelled:
			return ended(status)
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			c.stop(id)
			return context.Cause(ctx)
		}
	}
}

// stop ends a query. Where that fails, it ends by itself.
func (c *Client) stop(id string) {
	ctx, cancel := context.WithTimeout(context.Background(), running.Within)
	defer cancel()
	in := &athena.StopQueryExecutionInput{QueryExecutionId: aws.String(id)}
	_, _ = c.api.StopQueryExecution(ctx, in) // nothing is left to try
}

// results hands out the rows of a query. The first one of all holds the names of the
// columns.
func (c *Client) results(ctx context.Context, id string, row func(cells []string) error) error {
	in := &athena.GetQueryResultsInput{QueryExecutionId: aws.String(id), MaxResults: aws.Int32(pageRows)}
	for isFirst := true; ; isFirst = false {
		out, err := call(ctx, c, c.api.GetQueryResults, in)
		if err != nil {
			return err
		}
		if out.ResultSet == nil {
			return fmt.Errorf("the query %s has no result", id)
		}
		rows := out.ResultSet.Rows
		if isFirst && len(rows) > 0 {
			rows = rows[1:]
		}
		for _, r := range rows {
			if err := row(textsOf(r.Data)); err != nil {
				return err
			}
		}
		if in.NextToken = out.NextToken; aws.ToString(in.NextToken) == "" {
			return nil
		}
	}
}

func textsOf(cells []types.Datum) []string {
	texts := make([]string, len(cells))
	for i := range cells {
		texts[i] = aws.ToString(cells[i].VarCharValue)
	}
	return texts
}
