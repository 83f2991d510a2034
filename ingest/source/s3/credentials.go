package s3

import (
	"context"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/smithy-go"
)

// configError explains what is wrong with the shared configuration.
func configError(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	var missing config.SharedConfigProfileNotExistError
	if errors.As(err, &missing) {
		return &Error{"profile " + missing.Profile + " does not exist", "`aws configure list-profiles` lists those that do"}
	}
	return &Error{"cannot read the AWS configuration: " + err.Error(), "see ~/.aws/config and ~/.aws/credentials"}
}

// isCredentials says whether a request was never made, for want of credentials.
func isCredentials(err error) bool {
	var signing *v4.SigningError
	return errors.As(err, &signing) || strings.Contains(err.Error(), "get identity: get credentials")
}

// credentialsError explains why there are no credentials.
func credentialsError(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	var process *processcreds.ProviderError
	var sso *ssocreds.InvalidTokenError
	var api smithy.APIError
	switch {
	case errors.As(err, &sso), strings.Contains(err.Error(), "SSO token"):
		return &Error{"the AWS SSO session has expired or was never begun", "run `aws sso login`, with the same --profile, and then this again"}
	case errors.As(err, &process):
		// Not what it says: that may be all that the process wrote.
		return &Error{"the credential_process of the profile failed or wrote no credentials", "run its command by hand; see credential_process in ~/.aws/config"}
	case errors.As(err, &api) && strings.HasPrefix(api.ErrorCode(), "ExpiredToken"):
		return &Error{"the AWS credentials have expired (" + api.ErrorCode() + ")", "get new ones, for instance with `aws sso login`, and run again"}
	case errors.As(err, &api):
		return &Error{"AWS gives no credentials (" + api.ErrorCode() + ": " + api.ErrorMessage() + ")", "try `aws sts get-caller-identity` with the same profile"}
	case strings.Contains(err.Error(), "no EC2 IMDS role found"), strings.Contains(err.Error(), "access disabled to EC2 IMDS"), strings.Contains(err.Error(), "static credentials are empty"):
		return noCredentials()
	}
	return &Error{"cannot get AWS credentials: " + err.Error(), "try `aws sts get-caller-identity` with the same profile"}
}

func noCredentials() error {
	return &Error{"no AWS credentials found", "log in (`aws sso login`, `aws configure`), choose a --profile, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"}
}
