package s3

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"trail403/ingest/source/retry"
	"trail403/ingest/source/s3/s3test"
)

const emptyPage = `<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>`

const sessionToken = "IQoJb3JpZ2luX2VjEXAMPLE+TOKEN/=="

// serve returns a client of a server that answers so.
func serve(t *testing.T, answer http.HandlerFunc) *Client {
	t.Helper()
	return serveWithin(t, time.Minute, answer) // a busy machine is no stall
}

// serveWithin returns a client that waits so long for progress.
func serveWithin(t *testing.T, stall time.Duration, answer http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	s3test.Setenv(t, server.URL)
	t.Setenv("AWS_SESSION_TOKEN", sessionToken)
	c := New(Options{Stall: stall, Retry: retry.Policy{Attempts: 3, First: time.Millisecond, Longest: time.Millisecond}})
	t.Cleanup(c.Close)
	return c
}

// refuse refuses all but HeadBucket.
func refuse(status int, code, message string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodHead {
			s3test.Refuse(w, status, code, message)
		}
	}
}

func list(t *testing.T, c *Client) error {
	t.Helper()
	_, err := c.Pages("trail-bucket", "AWSLogs/", "/", "")(t.Context(), func(item) {})
	return err
}

// read reads an object in one attempt.
func read(t *testing.T, c *Client) (text []byte, err error) {
	t.Helper()
	body, length, err := c.Get(t.Context(), "trail-bucket", "AWSLogs/x.json.gz")
	if err != nil {
		return nil, err
	}
	defer body.Close()
	if text, err = io.ReadAll(body); err == nil && length >= 0 && int64(len(text)) != length {
		t.Errorf("got %d bytes of %d", len(text), length)
	}
	return text, err
}

// What S3 refuses is told in plain words, with what to do about it: of a
// listing it ends the run, of an object only where all others fare the same.
func TestAnswers(t *testing.T) {
	f := func(status int, code, message string, listing, hint string, kind retry.Kind, object string) {
		t.Helper()
		c := serve(t, refuse(status, code, message))
		err := list(t, c)
		var told *Error
		if err == nil || !strings.Contains(err.Error(), listing) || listing != "" && retry.KindOf(err) != retry.Fatal {
			t.Errorf("%s: listing: got %v, kind %d, want %q", code, err, retry.KindOf(err), listing)
		}
		if hint != "" && (!errors.As(err, &told) || !strings.Contains(told.Hint, hint)) {
			t.Errorf("%s: hint: got %+v, want %q", code, told, hint)
		}
		if _, err = read(t, c); err == nil || retry.KindOf(err) != kind || !strings.Contains(err.Error(), object) {
			t.Errorf("%s: object: got %v, kind %d, want %q, %d", code, err, retry.KindOf(err), object, kind)
		}
	}
	f(403, "AccessDenied", "Access Denied", "listing s3://trail-bucket/AWSLogs/: access denied (AccessDenied: Access Denied)", "allow s3:ListBucket on arn:aws:s3:::trail-bucket;", retry.Final, "allow s3:GetObject on arn:aws:s3:::trail-bucket/*")
	f(403, "AccessDenied", "User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:111122223333:key/k because no identity-based policy allows the kms:Decrypt action",
		"", "", retry.Final, "allow kms:Decrypt on the key of the trail")
	f(400, "KMS.DisabledException", "arn:aws:kms:us-east-1:111122223333:key/k is disabled.", "", "", retry.Final, "KMS refuses to decrypt it (KMS.DisabledException: arn:aws:kms:us-east-1:111122223333:key/k is disabled)")
	f(403, "InvalidObjectState", "The operation is not valid for the object's storage class", "", "", retry.Final, "restore it first")
	f(404, "NoSuchKey", "The specified key does not exist.", "", "", retry.Final, "the object does not exist (any more)")
	f(404, "NoSuchBucket", "The specified bucket does not exist", "bucket trail-bucket does not exist", "aws s3 ls", retry.Fatal, "does not exist")
	f(400, "ExpiredToken", "The provided token has expired.", "the AWS credentials have expired", "aws sso login", retry.Fatal, "expired")
	f(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", "S3 does not know these AWS credentials", "--profile", retry.Fatal, "does not know")
	f(403, "SignatureDoesNotMatch", "The request signature we calculated does not match.", "S3 refuses the signature", "secret access key is wrong", retry.Fatal, "signature")
	f(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", "the clock of this machine is off: it says", "timedatectl", retry.Again, "clock")
	f(400, "AuthorizationHeaderMalformed", "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'", "bucket trail-bucket is in another Region", "give --region eu-west-1", retry.Fatal, "expecting 'eu-west-1'")
	f(301, "PermanentRedirect", "The bucket you are attempting to access must be addressed using the specified endpoint.", "bucket trail-bucket is in another Region", "--region", retry.Fatal, "another Region")
	f(503, "SlowDown", "Please reduce your request rate.", "SlowDown", "", retry.Slow, "SlowDown: Please reduce your request rate")
	f(500, "InternalError", "We encountered an internal error. Please try again.", "gave up after 3 attempts", "", retry.Again, "InternalError")
	f(503, "ServiceUnavailable", "", "ServiceUnavailable", "", retry.Slow, "ServiceUnavailable")
	f(400, "RequestTimeout", "Your socket connection to the server was not read from or written to within the timeout period.", "RequestTimeout", "", retry.Again, "RequestTimeout")
	f(405, "MethodNotAllowed", "The specified method is not allowed against this resource.", "MethodNotAllowed", "", retry.Final, "MethodNotAllowed")
}

// A server may show what was sent to it.
func TestNoCredentialsInErrors(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodHead {
			s3test.Refuse(w, 403, "AccessDenied", fmt.Sprint(r.Header, s3test.SecretKey))
		}
	})
	for _, err := range []error{list(t, c), func() error { _, err := read(t, c); return err }()} {
		if s := err.Error(); !strings.Contains(s, "[redacted]") || strings.Contains(s, sessionToken) || strings.Contains(s, s3test.AccessKey) || strings.Contains(s, s3test.SecretKey) {
			t.Errorf("got %s", s)
		}
	}
}

// What a network does to an object is told apart from its end.
func TestBodies(t *testing.T) {
	f := func(want string, answer http.HandlerFunc) {
		t.Helper()
		stall := time.Minute
		if strings.HasPrefix(want, "no ") {
			stall = 200 * time.Millisecond
		}
		c := serveWithin(t, stall, func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodHead {
				answer(w, r)
			}
		})
		begin := time.Now()
		text, err := read(t, c)
		if want == "" && (err != nil || string(text) != "1234567890") {
			t.Errorf("got %q, %v", text, err)
		}
		if want != "" && (err == nil || !strings.Contains(err.Error(), want) || retry.KindOf(err) != retry.Again) {
			t.Errorf("got %q, %v, kind %d, want %q", text, err, retry.KindOf(err), want)
		}
		if time.Since(begin) > 20*time.Second {
			t.Errorf("took %s", time.Since(begin))
		}
	}
	begin := func(w http.ResponseWriter) {
		w.Header().Set("Content-Length", "10")
		io.WriteString(w, "12345")
		w.(http.Flusher).Flush()
	}
	f("", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "1234567890") })
	f("", func(w http.ResponseWriter, _ *http.Request) { // of unknown length
		io.WriteString(w, "12345")
		w.(http.Flusher).Flush()
		io.WriteString(w, "67890")
	})
	f("the connection ended after 5 of 10 bytes", func(w http.ResponseWriter, _ *http.Request) { begin(w) })
	f("no progress for 200ms", func(w http.ResponseWriter, r *http.Request) {
		begin(w)
		<-r.Context().Done()
	})
	f("no answer from http://127.0.0.1", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	f("the connection was closed", func(w http.ResponseWriter, _ *http.Request) {
		c, _, _ := w.(http.Hijacker).Hijack()
		c.Close()
	})
}

// The Region of a bucket is found, also by those who may not ask for it.
func TestRegion(t *testing.T) {
	f := func(status int, header, want string) {
		t.Helper()
		var signed atomic.Value
		c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodHead {
				if header != "" {
					w.Header().Set("X-Amz-Bucket-Region", header)
				}
				w.WriteHeader(status)
				return
			}
			signed.Store(r.Header.Get("Authorization"))
			io.WriteString(w, emptyPage)
		})
		if err := list(t, c); err != nil {
			t.Fatalf("%d: %v", status, err)
		}
		if s := signed.Load().(string); !strings.Contains(s, "/"+want+"/s3/") {
			t.Errorf("%d: asked as %s, want %s", status, s, want)
		}
		if bucket, home, err := c.Regions(t.Context(), "trail-bucket"); bucket != header || home != "us-east-1" || err != nil {
			t.Errorf("%d: Regions %q, %q, %v", status, bucket, home, err)
		}
	}
	f(200, "eu-west-1", "eu-west-1")
	f(301, "ap-southeast-3", "ap-southeast-3")
	f(403, "eu-west-1", "eu-west-1")
	f(400, "eu-west-1", "eu-west-1")
	f(403, "", "us-east-1")
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) })
	if err := list(t, c); err == nil || err.Error() != "bucket trail-bucket does not exist" || retry.KindOf(err) != retry.Fatal {
		t.Errorf("got %v", err)
	}
}

// A server that is not there is not tried for long.
func TestUnreachable(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	url := server.URL
	server.Close()
	s3test.Setenv(t, url)
	c := New(Options{Stall: time.Minute, Retry: retry.Policy{Attempts: 1000, First: time.Millisecond, Longest: time.Minute}})
	defer c.Close()
	err := list(t, c)
	var told *Error
	if !errors.As(err, &told) || retry.KindOf(err) != retry.Fatal || !strings.Contains(err.Error(), "cannot reach "+url) || !strings.Contains(err.Error(), "connection refused") || told.Hint == "" {
		t.Errorf("got %v", err)
	}

	hangs := serveWithin(t, 200*time.Millisecond, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	if err := list(t, hangs); err == nil || !strings.Contains(err.Error(), "no answer from http://127.0.0.1") || !strings.HasSuffix(err.Error(), "for 200ms") {
		t.Errorf("got %v", err)
	}
}

// A clock that is off is corrected by what the server says.
func TestClock(t *testing.T) {
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", time.Now().Add(2*time.Hour).UTC().Format(http.TimeFormat))
		if r.Method == http.MethodHead {
			return
		}
		if at, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date")); err != nil || time.Since(at) > -time.Hour {
			s3test.Refuse(w, 403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
			return
		}
		io.WriteString(w, emptyPage)
	})
	if err := list(t, c); err != nil {
		t.Error(err)
	}
}

func TestCredentials(t *testing.T) {
	f := func(o Options, want, hint string, env ...string) {
		t.Helper()
		s3test.Setenv(t, "http://127.0.0.1:1")
		for i := 0; i < len(env); i += 2 {
			t.Setenv(env[i], env[i+1])
		}
		err := list(t, New(o))
		var told *Error
		if !errors.As(err, &told) || strings.Contains(fmt.Sprint(err, told), sessionToken) || !strings.Contains(told.Text, want) || !strings.Contains(told.Hint, hint) || retry.KindOf(err) != retry.Fatal {
			t.Errorf("got %v, %+v", err, told)
		}
	}
	f(Options{}, "no AWS credentials found", "aws sso login", "AWS_ACCESS_KEY_ID", "", "AWS_SECRET_ACCESS_KEY", "")
	shared := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(shared, []byte("[profile prints]\ncredential_process = echo "+sessionToken+"\n[profile fails]\ncredential_process = false\n"+
		"[profile sso]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = r\n[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://example.com/start\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, profile := range []string{"prints", "fails"} {
		f(Options{Profile: profile}, "the credential_process of the profile failed", "by hand", "AWS_ACCESS_KEY_ID", "", "AWS_SECRET_ACCESS_KEY", "", "AWS_CONFIG_FILE", shared)
	}
	f(Options{Profile: "sso"}, "the AWS SSO session has expired or was never started", "aws sso login", "AWS_ACCESS_KEY_ID", "", "AWS_SECRET_ACCESS_KEY", "", "AWS_CONFIG_FILE", shared, "HOME", t.TempDir())
	f(Options{Profile: "nobody"}, "profile nobody does not exist", "list-profiles", "AWS_ACCESS_KEY_ID", "")
}

// Listings are asked again, and a refused page is not taken for the end.
func TestPage(t *testing.T) {
	n := 0
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			return
		}
		q := r.URL.Query()
		if n++; n%2 == 1 {
			s3test.Refuse(w, 503, "SlowDown", "Please reduce your request rate.")
			return
		}
		if q.Get("encoding-type") != "url" || q.Get("prefix") != "p/" || q.Get("x-amz-request-payer") != "" {
			t.Errorf("asked %s", r.URL)
		}
		if q.Get("continuation-token") == "" {
			io.WriteString(w, `<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><NextContinuationToken>t+1</NextContinuationToken>`+
				`<Contents><Key>p/a+b%2Bc%01</Key><Size>3</Size></Contents><Contents><Key>p/z</Key><Size>4</Size></Contents><CommonPrefixes><Prefix>p/m%25/</Prefix></CommonPrefixes></ListBucketResult>`)
			return
		}
		if q.Get("continuation-token") != "t+1" || q.Get("start-after") != "" {
			t.Errorf("asked %s", r.URL)
		}
		io.WriteString(w, `<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>p/zz+%41</Key><Size>5</Size></Contents></ListBucketResult>`)
	})
	var got []string
	next := c.Pages("trail-bucket", "p/", "/", "p/0")
	for more := true; more; {
		var err error
		more, err = next(t.Context(), func(i item) {
			got = append(got, fmt.Sprintf("%q %d %v", i.Key, i.Size, i.Folder))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if s := strings.Join(got, ", "); s != `"p/a b+c\x01" 3 false, "p/m%/" -1 true, "p/z" 4 false, "p/zz+%41" 5 false` {
		t.Errorf("got %s", s)
	}
}

func TestRequestPayer(t *testing.T) {
	n := 0
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			if n++; r.Header.Get("X-Amz-Request-Payer") != "requester" {
				t.Errorf("%s: %v", r.URL, r.Header)
			}
		}
		io.WriteString(w, emptyPage)
	})
	c.opts.RequestPayer = true
	if err := list(t, c); err != nil {
		t.Error(err)
	}
	if _, err := read(t, c); err != nil || n != 2 {
		t.Errorf("%d requests, %v", n, err)
	}
}

// A part may take longer than the longest wait, if it arrives steadily.
func TestPartSteady(t *testing.T) {
	const size = 100_000
	c := serveWithin(t, 600*time.Millisecond, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			return
		}
		w.Header().Set("Content-Length", strconv.Itoa(size))
		w.Header().Set("Content-Range", "bytes 1-100000/200000")
		w.WriteHeader(http.StatusPartialContent)
		for range 10 {
			w.Write(make([]byte, size/10))
			w.(http.Flusher).Flush()
			time.Sleep(100 * time.Millisecond)
		}
	})
	if err := c.Part(t.Context(), "bucket", "key", make([]byte, size), 1); err != nil {
		t.Error(err)
	}
}
