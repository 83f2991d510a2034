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
func (c *Client) wait(ctx context.Context, id string) (*types.QueryExecution, error) {
	in := &athena.GetQueryExecutionInput{QueryExecutionId: aws.String(id)}
	for pause := c.opts.First; ; pause = min(pause*3/2, c.opts.Longest) {
		out, err := call(ctx, c, c.api.GetQueryExecution, in)
		switch {
		case err != nil:
			c.stop(id)
			return nil, err
		case out.QueryExecution == nil || out.QueryExecution.Status == nil:
			c.stop(id)
			return nil, fmt.Errorf("the state of the query %s is unknown", id)
		}
		switch status := out.QueryExecution.Status; status.State {
		case types.QueryExecutionStateSucceeded:
			return out.QueryExecution, nil
		case types.QueryExecutionStateFailed, types.QueryExecutionStateCancelled:
			return nil, ended(status)
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			c.stop(id)
			return nil, context.Cause(ctx)
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
