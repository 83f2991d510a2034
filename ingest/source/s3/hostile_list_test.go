package s3_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest/source/s3"
	"trail403/ingest/source/s3/s3test"
)

// page is how much of a page is read, and slop what sockets hold beyond it.
const (
	page = 4 << 20
	slop = 12 << 20
)

// Whatever a server sends as a listing: the keys are the right ones, or an error
// says what is wrong, where, and what to do. It never looks complete if it may
// not be.
func TestHostileListings(t *testing.T) {
	where := "listing s3://trail-bucket/logs/: "
	const unfinished = "<ListBucketResult><IsTruncated>false</IsTruncated>"
	cut := pageOf("", object("logs/a"), object("logs/b"))
	tests := []struct {
		name  string
		list  http.HandlerFunc
		pages func(n int) string // in place of list: the nth page that is asked for
		want  []string           // keys; if there are none, errors
		errs  []string
		lists int64 // most requests
		stall time.Duration
	}{
		{name: "an empty answer", list: always(""), errs: []string{where + "the answer is empty", "gave up after 3 attempts"}},
		{name: "blanks", list: always(" \r\n\t "), errs: []string{where + "the answer is empty"}},
		{name: "a declaration alone", list: always(`<?xml version="1.0"?>`), errs: []string{where + "the answer is not XML"}},
		{name: "a text", list: always("It works!"), errs: []string{where + "the answer is not XML"}},
		{name: "JSON", list: always(`{"Contents":[]}`), errs: []string{where + "the answer is not XML"}},
		{name: "HTML", list: always("<!DOCTYPE html><html><head><title>Log in</title></head><body><br></body></html>"),
			errs: []string{where + "the answer is an HTML page instead of a listing (from http://127.0.0.1:", "HTTPS_PROXY"}},
		{name: "HTML that is XML", list: always("<html><body/></html>"), errs: []string{where + "the answer is an HTML page"}},
		{name: "HTML with 503", list: status(503, "<html><body><h1>503</h1></body></html>"), lists: attempts,
			errs: []string{where + "503 Service Unavailable (gave up after 5 attempts)", "run trail403 again later"}},
		{name: "HTML with 403", list: status(403, "<html><body>no</body></html>"), lists: 1, errs: []string{where + "access denied (403 Forbidden)", "allow s3:ListBucket"}},
		{name: "HTML with 404", list: status(404, "<html>"), lists: 1, errs: []string{where + "404 Not Found"}},
		{name: "another root", list: always("<ListAllMyBucketsResult><Owner/></ListAllMyBucketsResult>"),
			errs: []string{where + `the answer is a document of another kind, "ListAllMyBucketsResult"`}},
		{name: "an error with 200", list: always("<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"), lists: 1,
			errs: []string{where + "access denied (AccessDenied: Access Denied)", "allow s3:ListBucket"}},
		{name: "a failure with 200", list: always("<Error><Code>InternalError</Code><Message>We failed.</Message></Error>"), lists: attempts,
			errs: []string{where + "InternalError: We failed (gave up after 5 attempts)"}},
		{name: "an error after the listing", list: always(pageOf("", object("logs/a")) + "<Error/>"), errs: []string{where + "something follows the listing"}},
		{name: "a cut listing", list: always(cut[:len(cut)-40]), errs: []string{where + "the answer ends in the middle of the listing"}},
		{name: "cut behind an entry", list: always(strings.TrimSuffix(cut, "</ListBucketResult>")), errs: []string{where + "the answer ends in the middle"}},
		{name: "broken XML", list: always(strings.Replace(cut, "</Key>", "</Kex>", 1)), errs: []string{where + "the answer is broken XML (line 1: "}},
		{name: "a character that XML cannot hold", list: always(pageOf("", object("logs/\x1b[31m"))), errs: []string{where + "the answer is broken XML"}},
		{name: "an entity of its own", list: always(`<!DOCTYPE x [<!ENTITY e "eeee">]>` + pageOf("", object("logs/&e;"))), errs: []string{where + "the answer is broken XML"}},
		{name: "no UTF-8", list: always(pageOf("", object("logs/\xff\xfe"))), errs: []string{where + "the answer is broken XML"}},
		{name: "UTF-16", list: always("\xfe\xff\x00<\x00L"), errs: []string{where + "the answer is "}},
		{name: "another charset", list: always(strings.Replace(cut, "UTF-8", "ISO-8859-1", 1)), errs: []string{where + `the answer is XML in the encoding "ISO-8859-1"`}},
		{name: "compressed", list: status(200, "\x1f\x8b\x08\x00\x00", "Content-Encoding", "gzip"), errs: []string{where + "the answer is compressed (gzip)"}},
		{name: "a name of a megabyte", list: always("<" + strings.Repeat("x", 1<<20) + "/>"), errs: []string{where + "the XML of the answer has a part of more than 64 KiB"}},
		{name: "deep", list: always("<ListBucketResult>" + strings.Repeat("<a>", 1<<20)), errs: []string{where + "the XML of the answer nests too deeply"}},

		{name: "no word whether more follows", list: always("<ListBucketResult>" + object("logs/a") + "</ListBucketResult>"), errs: []string{where + "the listing does not say whether more keys follow"}},
		{name: "truncated without a token", list: always(strings.Replace(cut, "false", "true", 1)), errs: []string{where + "the server says that more keys follow, but not how"}},
		{name: "the same token again", pages: func(n int) string { return pageOf("token", object(fmt.Sprintf("logs/%d", n))) }, lists: 2,
			errs: []string{where + "the server sent the same continuation token twice", "--objects-from"}},
		{name: "tokens in a circle", pages: func(n int) string { return pageOf(fmt.Sprint(n%3), object(fmt.Sprintf("logs/%d", n))) }, lists: 4,
			errs: []string{where + "the server sent the same continuation token twice"}},
		{name: "the same page again", pages: func(n int) string { return pageOf(fmt.Sprint(n), object("logs/a"), object("logs/b")) }, lists: 2,
			errs: []string{where + "a page repeats the keys of the page before it"}},
		{name: "empty pages without end", pages: func(n int) string { return pageOf(fmt.Sprint(n)) }, lists: 1001,
			errs: []string{where + "1001 pages without a key"}},
		{name: "some empty pages", pages: func(n int) string {
			if n < 20 {
				return pageOf(fmt.Sprint(n))
			}
			return pageOf("", object("logs/a"))
		}, want: []string{"a"}},
		{name: "a page behind the listing", pages: func(n int) string {
			return []string{pageOf("next", object("logs/m"), object("logs/n")), pageOf("", object("logs/b"))}[n%2]
		}, errs: []string{where + `the key "logs/b" came after "logs/n"`}},
		{name: "repeated keys", list: always(pageOf("", object("logs/a"), object("logs/a"), object("logs/b"), object("logs/a"))), want: []string{"a", "b"}},
		{name: "keys repeated on the next page", pages: func(n int) string {
			return []string{pageOf("next", object("logs/a"), object("logs/b")), pageOf("", object("logs/a"), object("logs/b"), object("logs/c"))}[n%2]
		}, want: []string{"a", "b", "c"}},
		{name: "no order over pages", pages: func(n int) string {
			return []string{pageOf("next", object("logs/z"), object("logs/a")), pageOf("", object("logs/m"))}[n%2]
		}, errs: []string{where + "the keys are not in order and not all on one page"}},
		{name: "no order within a page", list: always(pageOf("", object("logs/z"), object("logs/a"), object("logs/m"))), want: []string{"a", "m", "z"}},
		{name: "a key outside of the prefix", list: always(pageOf("", object("logs/a"), object("secrets/b"))), errs: []string{where + `the listing has the key "secrets/b"`}},
		{name: "folders that nobody asked for", list: always(pageOf("", "<CommonPrefixes><Prefix>logs/</Prefix></CommonPrefixes>")), errs: []string{where + `the listing has the folder "logs/"`}},
		{name: "an entry without a key", list: always(pageOf("", "<Contents><Size>7</Size></Contents>")), errs: []string{where + "the listing has an entry without a key"}},
		{name: "an entry with two keys", list: always(pageOf("", "<Contents><Key>logs/a</Key><Key>logs/b</Key></Contents>")), errs: []string{where + "the listing has an entry with two keys"}},
		{name: "a key of 5,000 bytes", list: always(pageOf("", object("logs/"+strings.Repeat("x", 5000)))), errs: []string{where + "the listing has a key of 5005 bytes"}},
		{name: "odd keys", list: always(pageOf("", "<EncodingType>url</EncodingType>", object("logs/%1B%5B31m%0A"), object("logs/..%2F..%2Fetc"), object("logs/%E3%85%A4"), object("logs/100%"), object("logs/%FF"))),
			want: []string{"\x1b[31m\n", "../../etc", "100%", "\u3164", "\xff"}},
		{name: "a negative size", list: always(pageOf("", "<Contents><Key>logs/a</Key><Size>-1</Size></Contents>")), errs: []string{where + `the listing has an object of an impossible size, "-1" bytes`}},
		{name: "a huge size", list: always(pageOf("", "<Contents><Key>logs/a</Key><Size>9223372036854775807</Size></Contents>")), errs: []string{where + "the listing has an object of an impossible size"}},
		{name: "a size of a thousand digits", list: always(pageOf("", "<Contents><Key>logs/a</Key><Size>"+strings.Repeat("9", 1000)+"</Size></Contents>")), errs: []string{where + "the listing has an object of an impossible size"}},
		{name: "no size", list: always(pageOf("", "<Contents><Key>logs/a</Key></Contents>")), want: []string{"a"}},

		{name: "endless keys", list: endless(unfinished, object("logs/a")), errs: []string{where + "one page of the listing has more than 10000 entries"}},
		{name: "endless elements", list: endless(unfinished, "<Owner>x</Owner>"), errs: []string{where + "one page of the listing is larger than 4 MiB"}},
		{name: "an endless key", list: endless(unfinished+"<Contents><Key>logs/", "x"), errs: []string{where + "the XML of the answer has a part of more than 64 KiB"}},
		{name: "an endless tag", list: endless(unfinished+"<x", "x"), errs: []string{where + "the XML of the answer has a part of more than 64 KiB"}},
		{name: "endless attributes", list: endless(unfinished+"<x ", ` a="b"`), errs: []string{where + "the XML of the answer has a part of more than 64 KiB"}},
		{name: "an endless comment", list: endless(unfinished+"<!--", "<a>"), errs: []string{where + "the XML of the answer has a part of more than 64 KiB"}},
		{name: "endless character data", list: endless(unfinished+"<![CDATA[", "<a>"), errs: []string{where + "the XML of the answer has a part of more than 64 KiB"}},
		{name: "an endless declaration", list: endless("<!DOCTYPE x [", "<!ENTITY a 'b'>"), errs: []string{where + "the XML of the answer has a part of more than 64 KiB"}},
		{name: "endless white space", list: endless(pageOf("", object("logs/a")), "    "), errs: []string{where + "the XML of the answer has a part of more than 64 KiB"}},
		{name: "endless comments at the end", list: endless(pageOf("", object("logs/a")), "<!-- -->"), errs: []string{where + "one page of the listing is larger than 4 MiB"}},
		{name: "an endless error", list: func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(400)
			endless("<Error><Code>Bad</Code><Message>", "x")(w, r)
		}, lists: 1, errs: []string{where + "Bad"}},
		{name: "endless headers", list: rawEndless("HTTP/1.1 200 OK\r\n", "X-Filler: "+strings.Repeat("x", 1000)+"\r\n"), errs: []string{"failed: "}},

		{name: "a redirect to itself", list: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.String(), http.StatusFound) }, lists: 1,
			errs: []string{where + "http://127.0.0.1:", "redirects to another path (302 Found), which is not followed"}},
		{name: "a redirect to another host", list: status(307, "", "Location", "https://user:"+password+"@evil.example.com/x"), lists: 1,
			errs: []string{"redirects to evil.example.com (307 Temporary Redirect)", "login page"}},
		{name: "301 without a Region", list: status(301, "<Error><Code>PermanentRedirect</Code><Message>elsewhere</Message></Error>"), lists: 1,
			errs: []string{"bucket trail-bucket is in another Region (PermanentRedirect: elsewhere)", "give the Region of the bucket"}},
		{name: "301 with a Region that is none", list: status(301, "<Error><Code>PermanentRedirect</Code></Error>", "X-Amz-Bucket-Region", "x/../evil.example.com"), lists: 1,
			errs: []string{"another Region", "give the Region of the bucket"}},
		{name: "301 with a Region", list: status(301, "<Error><Code>PermanentRedirect</Code></Error>", "X-Amz-Bucket-Region", "eu-west-1"), lists: 1,
			errs: []string{"another Region", "give --region eu-west-1"}},
		{name: "a long message", list: func(w http.ResponseWriter, _ *http.Request) {
			s3test.Refuse(w, 400, "InvalidRequest", strings.Repeat("no. ", 10_000))
		}, lists: 1,
			errs: []string{where + "InvalidRequest: no. no. "}},
		{name: "a huge message", list: func(w http.ResponseWriter, _ *http.Request) {
			s3test.Refuse(w, 400, "InvalidRequest", strings.Repeat("no. ", 1<<20))
		}, lists: 1,
			errs: []string{where + "InvalidRequest"}},
		{name: "a code that acts", list: func(w http.ResponseWriter, _ *http.Request) {
			s3test.Refuse(w, 400, "\u009b31mRED\u2028"+strings.Repeat("x", 500), "a\nb\tc\u0085d")
		}, lists: 1, errs: []string{where + "31mRED xxx", "…: a b c d"}},
		{name: "escapes in an error", list: func(w http.ResponseWriter, _ *http.Request) { s3test.Refuse(w, 400, "Bad\x1b[31m", "x") }, lists: 1, errs: []string{where + "400 Bad Request"}},
		{name: "what was sent", list: func(w http.ResponseWriter, r *http.Request) {
			s3test.Refuse(w, 403, "AccessDenied "+s3test.AccessKey, fmt.Sprint(r.Header, s3test.SecretKey, "http://trail:"+password+"@127.0.0.1/"))
		}, lists: 1, errs: []string{where + "access denied (AccessDenied [access-key]: "}},

		{name: "no HTTP", list: raw("\x00\x01\x02\r\n\r\n"), errs: []string{"the request to http://127.0.0.1:", "failed: "}},
		{name: "no header", list: raw(""), errs: []string{"the connection was closed"}},
		{name: "a length that is none", list: raw(plain(cut, "Content-Length: -5")), errs: []string{"failed: "}},
		{name: "longer than its length", list: raw(plain(cut+cut, fmt.Sprint("Content-Length: ", len(cut)))), want: []string{"a", "b"}},
		{name: "shorter than its length", list: raw(plain(cut, fmt.Sprint("Content-Length: ", len(cut)+9))), errs: []string{"the connection was closed"}},
		{name: "a listing in chunks that breaks", list: raw(plain("5\r\n<List\r\nzz", "Transfer-Encoding: chunked")), errs: []string{"failed: "}},

		{name: "no answer", list: func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, stall: 500 * time.Millisecond,
			errs: []string{"no answer from http://127.0.0.1:", "for 500ms"}},
		{name: "a listing that stops", list: slowly("<ListBucketResult>", time.Hour, ""), stall: 500 * time.Millisecond,
			errs: []string{where + "the answer of http://127.0.0.1:", "did not end within 500ms"}},
		{name: "a listing that drips", list: slowly("<ListBucketResult>", 20*time.Millisecond, " "), stall: 500 * time.Millisecond,
			errs: []string{where + "the answer of http://127.0.0.1:", "did not end within 500ms"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for how, list := range map[string]func(*testing.T, *s3.Client) ([]string, error){"by page": pagesOf, "as a run": foundIn} {
				if how == "as a run" && (test.stall > 0 || strings.Contains(test.name, "endless")) {
					continue // it takes time, and is no different
				}
				h := &hostile{list: test.list, stall: test.stall}
				if test.pages != nil {
					h.list = counted(test.pages)
				}
				keys, err := list(t, h.start(t))
				switch {
				case test.errs != nil && how == "as a run" && err == nil && test.name == "a page behind the listing":
					// A run starts a second listing. What that has before the first one's
					// page may have been created since.
				case test.errs != nil:
					checkError(t, err, test.errs...)
				case err != nil || !slices.Equal(keys, test.want):
					t.Errorf("%s: got %q, %v, want %q", how, keys, err, test.want)
				}
				if n := h.lists.Load(); how == "by page" && test.lists > 0 && n != test.lists || n > 1002 {
					t.Errorf("%s: %d requests, want %d", how, n, test.lists)
				}
				if sent := h.sent.Load(); sent > 3*(page+slop) {
					t.Errorf("%s: %d bytes were sent", how, sent)
				}
			}
		})
	}
	if len(tests) < 60 {
		t.Errorf("only %d behaviors", len(tests))
	}
}

// counted answers with a text that depends on the number of the request.
func counted(text func(n int) string) http.HandlerFunc {
	n := -1
	return func(w http.ResponseWriter, _ *http.Request) {
		n++
		io.WriteString(w, text(n))
	}
}

// rawEndless sends bytes that need not be HTTP, until nobody wants more of them.
func rawEndless(begin, again string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		_, err = io.WriteString(conn, begin)
		for err == nil {
			_, err = io.WriteString(conn, again)
		}
	}
}
