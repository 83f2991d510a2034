package s3

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// clean makes a text that came from elsewhere fit to be shown. A server may send
// back what was sent to it.
func (c *Client) clean(text string, most int) string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	var secrets []string
	if keys, err := c.config.Credentials.Retrieve(ctx); err == nil { // they are cached
		secrets = []string{keys.SecretAccessKey, url.QueryEscape(keys.SecretAccessKey),
			keys.SessionToken, url.QueryEscape(keys.SessionToken), keys.AccessKeyID}
	}
	return clip(hide(text, secrets), most)
}

// said is what a server says when it refuses, such as "AccessDenied: Access
// Denied" or "503 Service Unavailable".
func (c *Client) said(a *answer) string {
	code, message := c.clean(a.refused.code, maxCode), c.clean(a.refused.message, maxMessage)
	if code == "" {
		code = fmt.Sprintf("%d %s", a.status, http.StatusText(a.status))
	}
	if message = strings.TrimSuffix(message, "."); message == "" || message == code {
		return code
	}
	return code + ": " + message
}
