package cli

import (
	"bytes"
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"trail403/ingest/source/retry"
	"trail403/ingest/source/s3/s3test"
)

// s3Env is testEnv with little patience, and the demo behind a network.
func s3Env(t *testing.T, network *s3test.Network, args ...string) (Env, *bytes.Buffer, *bytes.Buffer) {
	t.Helper()
	server := demoServer(t)
	if server == nil {
		t.Skip("`make tools` installs the S3 server")
	}
	url, stop := network.Start(server.URL)
	t.Cleanup(stop)
	s3test.Setenv(t, url)
	env, out, errs := testEnv(args...)
	env.Retry = retry.Policy{Attempts: 8, First: time.Millisecond, Longest: 10 * time.Millisecond}
	env.Stall = 2 * time.Second // a busy machine answers late
	return env, out, errs
}

// Through a bad network the reports are those of the local files, byte for byte
// but for the names of objects.
func TestFaultyNetwork(t *testing.T) {
	const demo = "../../../testdata/demo"
	network := &s3test.Network{Latency: 50 * time.Millisecond, Faulty: true, Stall: func(n int64) bool { return n == 200 }}
	files := []string{"report.json", "report.md", "report.parquet"}
	reports := func(dir, source string) (args []string) {
		args = []string{"report", source}
		for _, name := range files {
			args = append(args, "-o", filepath.Join(dir, name))
		}
		return args
	}
	near, far := t.TempDir(), t.TempDir()
	env, _, errs := testEnv(reports(near, demo)...)
	if code := Run(t.Context(), env); code != OK {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	env, _, errs = s3Env(t, network, reports(far, "s3://demo-trail")...)
	if code := Run(t.Context(), env); code != OK || errs.Len() > 0 {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	for _, name := range files {
		want, got := readFile(t, filepath.Join(near, name)), readFile(t, filepath.Join(far, name))
		if strings.HasSuffix(name, ".parquet") { // holds names in its compressed metadata
			if len(got) < len(want)/2 {
				t.Errorf("%d bytes, want about %d", len(got), len(want))
			}
			continue
		}
		if got = strings.ReplaceAll(got, "s3://demo-trail", demo); got != want {
			t.Errorf("%s: the reports differ:\n%.3000s\nwant\n%.3000s", name, got, want)
		}
	}
	if network.Faults.Load() < 10 {
		t.Errorf("only %d faults", network.Faults.Load())
	}
}

// What S3 refuses: of a listing it ends the run, of an object it is a failure
// with its name and what to do.
func TestS3Refuses(t *testing.T) {
	f := func(what string, refuse func(r *http.Request) bool, status int, code, message string, exit int, said ...string) {
		t.Helper()
		network := &s3test.Network{Answer: func(w http.ResponseWriter, r *http.Request) bool {
			if !refuse(r) {
				return false
			}
			s3test.Refuse(w, status, code, message)
			return true
		}}
		env, out, errs := s3Env(t, network, "report", "s3://demo-trail/AWSLogs/o-exampleorgid/777788889999/")
		if got := Run(t.Context(), env); got != exit || (out.Len() > 0) != (exit == Incomplete) {
			t.Errorf("%s: exit code %d, %d bytes", what, got, out.Len())
		}
		for _, s := range said {
			if !strings.Contains(errs.String(), s) {
				t.Errorf("%s: said %s, want %q", what, errs, s)
			}
		}
	}
	const one = "svYq6r5DfXEwWBA8.json.gz"
	object := func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, one) }
	listing := func(r *http.Request) bool { return r.URL.Query().Has("list-type") }
	deeper := func(r *http.Request) bool { return strings.HasSuffix(r.URL.Query().Get("prefix"), "/eu-west-1/") }
	all := func(*http.Request) bool { return true }
	const name = "trail403: warning: s3://demo-trail/AWSLogs/o-exampleorgid/777788889999/CloudTrail/eu-west-1/2026/10/23/777788889999_CloudTrail_eu-west-1_20261023T2347Z_" + one + ": "
	f("an object", object, 403, "AccessDenied", "Access Denied", Incomplete, name+"access denied (AccessDenied: Access Denied): allow s3:GetObject on arn:aws:s3:::demo-trail/*")
	f("an archived object", object, 403, "InvalidObjectState", "x", Incomplete, name+"archived (InvalidObjectState): restore it first")
	f("a key", object, 403, "AccessDenied", "User: arn:aws:iam::111122223333:user/x is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:111122223333:key/k", Incomplete, name+"KMS refuses to decrypt it", "allow kms:Decrypt")
	f("an object that is gone", object, 404, "NoSuchKey", "x", Incomplete, name+"the object does not exist (any more)")
	f("an object that never comes", object, 500, "InternalError", "x", Incomplete, name+"InternalError: x (gave up after 8 attempts)")
	f("the listing", listing, 403, "AccessDenied", "Access Denied", Failed, "trail403: error: listing s3://demo-trail/AWSLogs/o-exampleorgid/777788889999/: access denied", "trail403: hint: allow s3:ListBucket on arn:aws:s3:::demo-trail")
	f("a listing further down", deeper, 403, "AccessDenied", "Access Denied", Failed, "trail403: error: listing s3://demo-trail/AWSLogs/o-exampleorgid/", "hint: allow s3:ListBucket")
	f("an expired token", object, 400, "ExpiredToken", "The provided token has expired.", Failed, "trail403: error: the AWS credentials have expired", "hint: get new credentials")
	f("a clock", all, 403, "RequestTimeTooSkewed", "x", Failed, "trail403: error: the clock of this machine is off", "hint: set the clock")
	f("everything", all, 503, "SlowDown", "Please reduce your request rate.", Failed, "trail403: error: finding the Region of bucket demo-trail: 503 Service Unavailable (gave up after 8 attempts)")
}

// When no object can be fetched for long, the run ends rather than fail a
// million of them one by one.
func TestS3Gone(t *testing.T) {
	network := &s3test.Network{Answer: func(w http.ResponseWriter, r *http.Request) bool {
		gone := strings.HasSuffix(r.URL.Path, ".gz")
		if gone {
			s3test.Refuse(w, 500, "InternalError", "We encountered an internal error.")
		}
		return gone
	}}
	env, _, errs := s3Env(t, network, "report", "--fetchers", "8", "s3://demo-trail")
	if code := Run(t.Context(), env); code != Failed || !strings.Contains(errs.String(), "16 objects in a row could not be fetched, the last of them s3://demo-trail/AWSLogs/") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

// Ctrl-C ends a run over a network at once.
func TestInterruptS3(t *testing.T) {
	for _, after := range []time.Duration{0, 30 * time.Millisecond, 300 * time.Millisecond} {
		network := &s3test.Network{Latency: 50 * time.Millisecond, Stall: func(n int64) bool { return n > 60 }}
		env, out, errs := s3Env(t, network, "report", "s3://demo-trail")
		env.Stall = time.Minute
		ctx, cancel := context.WithCancel(t.Context())
		var cancelled time.Time
		time.AfterFunc(after, func() {
			cancelled = time.Now()
			cancel()
		})
		if code := Run(ctx, env); code != Interrupted || out.Len() > 0 || time.Since(cancelled) > time.Second {
			t.Errorf("exit code %d after %s: %s", code, time.Since(cancelled), errs)
		}
	}
}
