package live

import (
	"errors"

	"trail403/ingest/event"
	"trail403/ingest/source/s3"
)

// denied are the codes with which services refuse a call.
var denied = []string{
	"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AllAccessDisabled", "AuthorizationError",
}

// badCredentials are those for credentials that no call can be made with.
var badCredentials = []string{
	"ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId",
	"SignatureDoesNotMatch", "AuthFailure", "InvalidToken", "RequestExpired",
}

// unread says what could not be read, and what to do about it.
func (c *client) unread(op int, of event.Target, account string, err error) event.Unread {
	u := event.Unread{Call: operations[op].permission, Of: of, Account: account, Why: err.Error()}
	var e *apiError
	var other *accountError
	var advised *s3.Error
	isAnswer := errors.As(err, &e)
	if isAnswer && e.message != "" {
		u.Why += ": " + clip(e.message)
	}
	if errors.As(err, &other) {
		u.Call = ""
	}
	switch {
	case errors.As(err, &advised):
		u.Call, u.Hint = "", advised.Hint
	case other != nil && errors.Is(err, errNoRole):
		u.Hint = "name a role of that account with `--live-role NAME`"
	case other != nil && isAnswer:
		u.Hint = "allow the credentials to assume the role, in their policies and in its trust policy"
	case isAnswer && e.is(badCredentials...):
		u.Hint = "get new credentials, for instance with `aws sso login`, and run trail403 again"
	case isAnswer && e.is(denied...) && u.Call != "":
		u.Hint = "allow " + u.Call
		if c.opts.Role != "" {
			u.Hint += " to the credentials, or to the role of `--live-role`"
		}
	case isOver(err):
		u.Call = ""
		u.Hint = "narrow the report with filters or a shorter time"
	}
	return u
}
