package s3

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// clean makes a text from elsewhere fit to be shown. A server may send back what
// was sent to it, such as credentials.
func (c *Client) clean(text string, most int) string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	var secrets []string
	var keyID string
	if keys, err := c.config.Credentials.Retrieve(ctx); err == nil { // from the cache of the SDK
		secrets = []string{keys.SecretAccessKey, url.QueryEscape(keys.SecretAccessKey),
			keys.SessionToken, url.QueryEscape(keys.SessionToken)}
		keyID = keys.AccessKeyID
	}
	return clip(hide(text, secrets, keyID), most)
}

// said returns the error of an answer as a text, such as "AccessDenied: Access
// Denied" or "503 Service Unavailable".
func (c *Client) said(a *answer) string {
	code, message := c.clean(a.failed.code, maxCode), c.clean(a.failed.message, maxMessage)
	if code == "" {
		code = fmt.Sprintf("%d %s", a.status, http.StatusText(a.status))
	}
	if message = strings.TrimSuffix(message, "."); message == "" || message == code {
		return code
	}
	return code + ": " + message
}
