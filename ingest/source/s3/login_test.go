package s3

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"trail403/ingest/source/retry"
	"trail403/ingest/source/s3/s3test"
)

// A service that gives credentials cannot fill the memory: of an answer without end, as
// one of success and as an error, little is read.
func TestEndlessLogin(t *testing.T) {
	const all = 64 << 20
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("token"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, status := range []int{http.StatusOK, http.StatusBadRequest} {
		var sent atomic.Int64
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPut { // the metadata service gives a token for its next answer
				w.Header().Set("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", "100")
			}
			w.WriteHeader(status)
			n, err := w.Write([]byte(`{"a":"<AssumeRoleWithWebIdentityResponse>`))
			for chunk := []byte(strings.Repeat("x", 1<<16)); err == nil && sent.Load() < all; n, err = w.Write(chunk) {
				sent.Add(int64(n))
			}
		}))
		for name, env := range map[string]map[string]string{
			"STS":       {"AWS_ROLE_ARN": "arn:aws:iam::111122223333:role/x", "AWS_WEB_IDENTITY_TOKEN_FILE": token, "AWS_ENDPOINT_URL_STS": server.URL},
			"container": {"AWS_CONTAINER_CREDENTIALS_FULL_URI": server.URL + "/creds"},
			"instance":  {"AWS_EC2_METADATA_DISABLED": "false", "AWS_EC2_METADATA_SERVICE_ENDPOINT": server.URL},
		} {
			t.Run(name, func(t *testing.T) {
				s3test.Setenv(t, "http://127.0.0.1:1")
				t.Setenv("AWS_ACCESS_KEY_ID", "")
				t.Setenv("AWS_SECRET_ACCESS_KEY", "")
				t.Setenv("AWS_MAX_ATTEMPTS", "1")
				for name, value := range env {
					t.Setenv(name, value)
				}
				sent.Store(0)
				c := New(Options{Retry: retry.Policy{Attempts: 1, First: time.Millisecond, Longest: time.Millisecond}})
				defer c.Close()
				if err := list(t, c); err == nil || len(err.Error()) > 1000 {
					t.Errorf("got %v", err)
				}
				if n := sent.Load(); n == 0 || n > all/2 {
					t.Errorf("%d of %d bytes were read", n, all)
				}
			})
		}
		server.CloseClientConnections()
		server.Close()
	}
}
