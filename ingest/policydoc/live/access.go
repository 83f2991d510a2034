package live

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"

	"trail403/ingest/source/s3"
)

// session is access to an account.
type session struct {
	once        sync.Once
	account     string // 12 digits
	partition   string
	credentials aws.CredentialsProvider
	err         error
}

// errNoRole says that an account is not the caller's own, and there is no role for it.
var errNoRole = errors.New("it is in another account than the credentials")

// accountError says why there is no access to an account.
type accountError struct {
	account string
	err     error
}

func (e *accountError) Error() string {
	if e.err == errNoRole {
		return errNoRole.Error()
	}
	return fmt.Sprintf("the role of `--live-role` cannot be assumed in account %s: %v", e.account, e.err)
}

func (e *accountError) Unwrap() error { return e.err }

// credentialsFor returns what a request is signed with.
func (s *session) credentialsFor(ctx context.Context) (aws.Credentials, error) {
	out, err := s.credentials.Retrieve(ctx)
	if err != nil {
		return out, s3.CredentialsError(ctx, err)
	}
	return out, nil
}
