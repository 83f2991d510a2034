package athena

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/athena"
	"github.com/aws/aws-sdk-go-v2/service/athena/types"
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
	if c.opts.Unload != "" {
		return c.unload(ctx, sql, row)
	}
	id, err := c.start(ctx, sql)
	if err != nil {
		return err
	}
	if _, err := c.wait(ctx, id); err != nil {
		return err
	}
	return c.results(ctx, id, row)
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
