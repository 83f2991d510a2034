package s3

import (
	"context"
	"errors"
	"strings"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/smithy-go"
)

// ConfigError explains what is wrong with the shared configuration.
func ConfigError(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	var missing config.SharedConfigProfileNotExistError
	if errors.As(err, &missing) {
		return &Error{Text: "profile " + clip(missing.Profile, 100) + " does not exist",
			Hint: "`aws configure list-profiles` lists those that do"}
	}
	return &Error{Text: "cannot read the AWS configuration: " + foreign(err.Error()),
		Hint: "see ~/.aws/config and ~/.aws/credentials"}
}

// IsCredentials says whether a request was never made because there were no
// credentials to sign it with.
func IsCredentials(err error) bool {
	var signing *v4.SigningError
	return errors.As(err, &signing) || strings.Contains(err.Error(), "get identity: get credentials")
}

// CredentialsError explains why there are no credentials.
func CredentialsError(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	var process *processcreds.ProviderError
	var sso *ssocreds.InvalidTokenError
	var api smithy.APIError
	switch {
	case errors.As(err, &sso), strings.Contains(err.Error(), "SSO token"):
		return &Error{Text: "the AWS SSO session has expired or was never started",
			Hint: "run `aws sso login` with the same --profile, and then trail403 again"}
	case errors.As(err, &process):
		// Its text may be everything that the process wrote, including credentials.
		return &Error{Text: "the credential_process of the profile failed or wrote no credentials",
			Hint: "run its command by hand; see credential_process in ~/.aws/config"}
	case errors.As(err, &api) && strings.HasPrefix(api.ErrorCode(), "ExpiredToken"):
		return &Error{Text: "the AWS credentials have expired (" + foreign(api.ErrorCode()) + ")", Hint: getCredentials}
	case errors.As(err, &api):
		return &Error{Text: "AWS gives no credentials (" + foreign(api.ErrorCode()+": "+api.ErrorMessage()) + ")",
			Hint: checkIdentity}
	case strings.Contains(err.Error(), "no EC2 IMDS role found"),
		strings.Contains(err.Error(), "access disabled to EC2 IMDS"),
		strings.Contains(err.Error(), "static credentials are empty"):
		return noCredentials()
	}
	return &Error{Text: "cannot get AWS credentials: " + foreign(err.Error()), Hint: checkIdentity}
}

const (
	checkIdentity  = "try `aws sts get-caller-identity` with the same profile"
	getCredentials = "get new credentials, for instance with `aws sso login`, and run trail403 again"
)

// foreign makes a text from elsewhere fit to be shown while there are no
// credentials yet that it could contain.
func foreign(text string) string { return clip(hide(text, nil, ""), maxMessage) }

func noCredentials() error {
	return &Error{Text: "no AWS credentials found",
		Hint: "log in (`aws sso login`, `aws configure`), choose a --profile, " +
			"or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"}
}
