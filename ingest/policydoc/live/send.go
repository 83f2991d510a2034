package live

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// send signs and sends a request, once.
func (c *client) send(ctx context.Context, credentials aws.Credentials, r *request, to place) ([]byte, error) {
	name := operations[r.operation].service
	u := *to.url
	u.Path = strings.TrimSuffix(u.Path, "/") + r.path
	u.RawQuery = r.query
	if r.query != "" {
		u.RawQuery += "="
	}
	out, err := http.NewRequestWithContext(ctx, r.method, u.String(), strings.NewReader(r.body))
	if err != nil {
		return nil, errEndpoint
	}
	for key, value := range r.header {
		out.Header.Set(key, value)
	}
	out.Header.Set("User-Agent", "trail403")
	sum := sha256.Sum256([]byte(r.body))
	hash := hex.EncodeToString(sum[:])
	signed := services[name].signed
	if signed == "s3" {
		out.Header.Set("X-Amz-Content-Sha256", hash)
	}
	err = c.signer.SignHTTP(ctx, credentials, out, hash, signed, to.region, time.Now(), func(o *v4.SignerOptions) {
		o.DisableURIPathEscaping = signed == "s3"
	})
	if err != nil {
		return nil, err
	}
	response, err := c.http.Do(out)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return readAnswer(response)
}
