package s3

import (
	"context"
	"errors"
	"io"

	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// maxLogin is how many bytes an answer of a service may have that gives credentials:
// STS, SSO, or the metadata of an instance or a container. They have some kilobytes,
// and the SDK would read them to their end.
const maxLogin = 1 << 20

var errLongLogin = errors.New("the answer is larger than 1 MiB")

// BoundBody bounds the answers that the SDK reads by itself.
func BoundBody(stack *middleware.Stack) error {
	return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("trail403-bound", func(
		ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler,
	) (middleware.DeserializeOutput, middleware.Metadata, error) {
		out, metadata, err := next.HandleDeserialize(ctx, in)
		if response, ok := out.RawResponse.(*smithyhttp.Response); ok && response.Body != nil {
			response.Body = &boundedBody{response.Body, maxLogin}
		}
		return out, metadata, err
	}), middleware.After)
}

type boundedBody struct {
	io.ReadCloser
	left int
}

func (b *boundedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left+1)])
	if b.left -= n; b.left < 0 {
		return 0, errLongLogin
	}
	return n, err
}
