package s3_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"trail403/ingest/source/s3/s3test"
)

// Whatever a server sends as an object: its bytes are those of one answer, from
// beginning to end, or an error says why they are not.
func TestHostileObjects(t *testing.T) {
	const text = "1234567890"
	tests := []struct {
		name     string
		object   http.HandlerFunc
		want     string // the object; if it is empty, errors
		errs     []string
		requests int64
		stall    time.Duration
	}{
		{name: "plain", object: always(text), want: text, requests: 1},
		{name: "an encoding", object: status(200, text, "Content-Encoding", "gzip"), want: text, requests: 1},
		{name: "longer than its length", object: raw(plain(text+text, "Content-Length: 10")), want: text, requests: 1},
		{name: "bytes that nobody asked for", object: raw(plain(text, "Content-Length: 10") + "HTTP/1.1 200 OK\r\n\r\nmore"), want: text, requests: 1},
		{name: "shorter than its length", object: raw(plain(text, "Content-Length: 20")), errs: []string{"the connection ended after 10 of 20 bytes (gave up after 5 attempts)"}, requests: attempts},
		{name: "no length", object: raw(plain(text)), want: text, requests: 1},
		{name: "two lengths", object: raw(plain(text, "Content-Length: 10", "Content-Length: 5")), errs: []string{"the request to http://127.0.0.1:", "failed: "}, requests: attempts},
		{name: "a negative length", object: raw(plain(text, "Content-Length: -1")), errs: []string{"failed: "}, requests: attempts},
		{name: "a chunk that breaks", object: raw(plain("a\r\n"+text+"\r\n-1\r\n", "Transfer-Encoding: chunked")), errs: []string{"the connection broke after 10 bytes: "}, requests: attempts},
		{name: "no HTTP", object: raw("SSH-2.0-OpenSSH_9.2\r\n"), errs: []string{"failed: "}, requests: attempts},
		{name: "no answer", object: raw(""), errs: []string{"the connection was closed"}, requests: attempts},
		{name: "reset in the middle, then another object", object: changing(raw(plain("12345", "Content-Length: 10", `ETag: "1"`)), status(200, "abcdefghij", "ETag", `"2"`)),
			want: "abcdefghij", requests: 2},
		{name: "cut, and then shorter", object: changing(raw(plain("12345", "Content-Length: 10")), always("abc")), want: "abc", requests: 2},
		{name: "busy for a moment", object: changing(status(503, "<html>busy</html>"), always(text)), want: text, requests: 2},
		{name: "another answer to every attempt", object: changing(status(500, ""), raw(""), raw("x"), status(429, "slow"), always(text)), want: text, requests: attempts},

		{name: "403 without a word", object: status(403, ""), errs: []string{"access denied (403 Forbidden): allow s3:GetObject on arn:aws:s3:::trail-bucket/*"}, requests: 1},
		{name: "404 without a word", object: status(404, ""), errs: []string{"the object does not exist (any more)"}, requests: 1},
		{name: "404 in HTML", object: status(404, "<html><title>Not found</title></html>"), errs: []string{"the object does not exist (any more)"}, requests: 1},
		{name: "418", object: status(418, "<Error>teapot"), errs: []string{"418 I'm a teapot"}, requests: 1},
		{name: "a status of no name", object: status(799, ""), errs: []string{"799"}, requests: attempts},
		{name: "not modified", object: raw("HTTP/1.1 304 Not Modified\r\n\r\n"), errs: []string{"304 Not Modified"}, requests: 1},
		{name: "a redirect", object: status(302, "", "Location", "http://evil.example.com/?"+token), errs: []string{"redirects to evil.example.com (302 Found), which is not followed"}, requests: 1},
		{name: "a redirect to nowhere", object: status(302, "", "Location", "http://%zz/"), errs: []string{"redirects to nowhere"}, requests: 1},
		{name: "an error document in the middle of another", object: status(400, "<Errors><Error><Code>X</Code></Error></Errors>"), errs: []string{"400 Bad Request"}, requests: 1},
		{name: "a deep error document", object: status(400, "<Error><Code>Deep</Code>"+strings.Repeat("<a>", 1<<16)), errs: []string{"Deep"}, requests: 1},
		{name: "an endless error", object: func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(400)
			endless("<Error><Code>", "x")(w, r)
		}, errs: []string{"400 Bad Request"}, requests: 1},
		{name: "a huge message", object: func(w http.ResponseWriter, _ *http.Request) {
			s3test.Refuse(w, 403, "AccessDenied", strings.Repeat("kms:", 10_000))
		},
			errs: []string{"KMS refuses to decrypt it (AccessDenied: kms:kms:"}, requests: 1},
		{name: "a signature in the message", object: func(w http.ResponseWriter, _ *http.Request) {
			s3test.Refuse(w, 403, "AccessDenied", "https://b.s3.amazonaws.com/k?X-Amz-Security-Token="+token+"&X-Amz-Signature=abcdef")
		}, errs: []string{"access denied (AccessDenied: https://b.s3.amazonaws.com/k?X-Amz-Security-Token="}, requests: 1},
		{name: "the clock of a liar", object: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", strings.Repeat("Mon, ", 1000))
			s3test.Refuse(w, 403, "RequestTimeTooSkewed", "x")
		}, errs: []string{"the clock of this machine is off: it says ", "Mon, Mon, "}, requests: attempts},

		{name: "no headers", object: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, errs: []string{"no answer from http://127.0.0.1:"}, requests: 2, stall: 500 * time.Millisecond},
		{name: "headers without end", object: rawEndless("HTTP/1.1 200 OK\r\n", "X-Filler: "+strings.Repeat("x", 1000)+"\r\n"), errs: []string{"failed: "}, requests: attempts},
		{name: "headers that drip", object: rawSlowly("HTTP/1.1 200 OK\r\n", 20*time.Millisecond, "x"), errs: []string{"no answer from http://127.0.0.1:"}, requests: 2, stall: 500 * time.Millisecond},
		{name: "a body that stops", object: slowly(text, time.Hour, ""), errs: []string{"no progress for 500ms"}, requests: 2, stall: 500 * time.Millisecond},
		{name: "a body that drips", object: slowly(text, 20*time.Millisecond, "x"), errs: []string{"the answer is too slow: ", "the minimum is 1.0 KiB per second"}, requests: 2, stall: 500 * time.Millisecond},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := &hostile{object: test.object, stall: test.stall}
			got, err := h.readAll(t, h.start(t))
			if test.errs != nil {
				checkError(t, err, test.errs...)
			} else if err != nil || got != test.want {
				t.Errorf("got %q, %v, want %q", got, err, test.want)
			}
			// The HTTP client asks again by itself where a kept connection was closed.
			if n := h.objects.Load(); n != test.requests && n != test.requests+1 {
				t.Errorf("%d requests, want %d", n, test.requests)
			}
			if sent := h.sent.Load(); sent > attempts*slop {
				t.Errorf("%d bytes were sent", sent)
			}
		})
	}
}

// What answers to the first question of all, for the Region of the bucket, may
// be anything, too.
func TestHostileBuckets(t *testing.T) {
	f := func(name string, head http.HandlerFunc, errs ...string) {
		t.Run(name, func(t *testing.T) {
			h := &hostile{head: head, list: always(pageOf("", object("logs/a")))}
			keys, err := pagesOf(t, h.start(t))
			if errs != nil {
				checkError(t, err, errs...)
			} else if err != nil || len(keys) != 1 {
				t.Errorf("got %q, %v", keys, err)
			}
		})
	}
	f("an odd Region", status(200, "", "X-Amz-Bucket-Region", "x/../evil"))
	f("a huge Region", status(403, "", "X-Amz-Bucket-Region", strings.Repeat("x", 10_000)))
	f("a redirect", status(301, "", "Location", "http://evil.example.com/"))
	f("a teapot", status(418, ""))
	f("404", status(404, ""), "bucket trail-bucket does not exist")
	f("500", status(500, ""), "finding the Region of bucket trail-bucket: 500 Internal Server Error (gave up after 5 attempts)")
	f("no HTTP", raw("nonsense\r\n\r\n"), "the request to http://127.0.0.1:", "failed: ")
	f("no answer", raw(""), "the connection was closed")
}

// changing gives one answer after another, the last one for ever.
func changing(answers ...http.HandlerFunc) http.HandlerFunc {
	n := 0
	return func(w http.ResponseWriter, r *http.Request) {
		answer := answers[min(n, len(answers)-1)]
		n++
		answer(w, r)
	}
}

// rawSlowly sends bytes that need not be HTTP, one now and then.
func rawSlowly(begin string, pause time.Duration, each string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		_, err = io.WriteString(conn, begin)
		for err == nil {
			time.Sleep(pause)
			_, err = fmt.Fprint(conn, each)
		}
	}
}
