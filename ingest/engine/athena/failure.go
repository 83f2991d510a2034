package athena

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/athena/types"
	"github.com/aws/smithy-go"

	"trail403/ingest/engine/running"
	"trail403/ingest/source/retry"
	"trail403/ingest/source/s3"
)

// explain says what an error of a call means.
func explain(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	if s3.IsCredentials(err) {
		return retry.As(retry.Fatal, s3.CredentialsError(ctx, err))
	}
	var api smithy.APIError
	if !errors.As(err, &api) {
		return retry.As(retry.Again, fmt.Errorf("no answer from Athena: %w", err))
	}
	text := fmt.Errorf("answer of Athena: %s: %s", api.ErrorCode(), api.ErrorMessage())
	switch code := api.ErrorCode(); {
	case code == "TooManyRequestsException", strings.Contains(code, "Throttl"):
		return retry.As(retry.Slow, text)
	case code == "InternalServerException", code == "ServiceUnavailable", api.ErrorFault() == smithy.FaultServer:
		return retry.As(retry.Again, text)
	}
	return retry.As(retry.Fatal, text) // what is wrong with this call is wrong with all
}

// isHopeless says whether every query would fail for a reason. Where permissions are
// missing, it may begin with words of Athena.
func isHopeless(reason string) bool {
	return running.IsHopeless(reason) ||
		strings.HasPrefix(reason, "Access denied") || strings.HasPrefix(reason, "Insufficient permissions")
}

// needsLess says whether a smaller query may succeed where the same one would fail again.
// https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html
func needsLess(reason string) bool {
	return strings.Contains(reason, "exhausted resources") || strings.HasPrefix(reason, "Query timeout")
}

// ended says why a query did not succeed.
func ended(status *types.QueryExecutionStatus) error {
	reason := ""
	if status.StateChangeReason != nil {
		reason = *status.StateChangeReason
	}
	if status.State == types.QueryExecutionStateCancelled {
		return fmt.Errorf("the query was canceled: %s", reason)
	}
	err := fmt.Errorf("the query failed: %s", reason)
	switch {
	case isHopeless(reason):
		return retry.As(retry.Fatal, err)
	case needsLess(reason):
		return err
	case status.AthenaError != nil && status.AthenaError.Retryable:
		return retry.As(retry.Again, err)
	}
	return err
}
