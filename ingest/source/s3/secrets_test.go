package s3

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"trail403/ingest/source/retry"
	"trail403/ingest/source/s3/s3test"
)

// A password in the URL of the server shows in no error, wherever the URL comes
// from and whatever is wrong with it.
func TestEndpointPasswords(t *testing.T) {
	const password = "hunter2"
	once := retry.Policy{Attempts: 1, First: time.Millisecond, Longest: time.Millisecond}
	f := func(endpoint, want string) {
		t.Helper()
		file := filepath.Join(t.TempDir(), "config")
		if err := os.WriteFile(file, []byte("[default]\nendpoint_url = "+endpoint+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, from := range []string{"--endpoint-url", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_CONFIG_FILE"} {
			s3test.Setenv(t, "")
			t.Setenv("AWS_ENDPOINT_URL_S3", "")
			o := Options{Retry: once}
			switch from {
			case "--endpoint-url":
				o.Endpoint = endpoint
			case "AWS_CONFIG_FILE":
				t.Setenv(from, file)
			default:
				t.Setenv(from, endpoint)
			}
			c := New(o)
			err := list(t, c)
			_, read := read(t, c)
			c.Close()
			for _, err := range []error{err, read} {
				var told *Error
				if !errors.As(err, &told) || !strings.Contains(err.Error(), want) || told.Hint == "" || strings.Contains(fmt.Sprint(err, told.Hint), password) {
					t.Errorf("%s %s: got %v, %+v, want %s", from, endpoint, err, told, want)
				}
			}
		}
	}
	const form = "the endpoint URL for S3 does not have the form https://HOST"
	f("http://trail:"+password+"@127.0.0.1:1", "cannot reach http://127.0.0.1:1: ")
	f("http://trail:"+password+"@127.0.0.1:1/path", "cannot reach http://127.0.0.1:1: ")
	f("http://trail:"+password+"@127.0.0.1:1/path?a=b", form)
	f("http://trail:"+password+"@127.0.0.1:port", form)
	f("http://trail:"+password+"@%zz", form)
	f("http://trail:"+password+"@", form)
	f("trail:"+password+"@127.0.0.1:1", form)
	f("ftp://trail:"+password+"@127.0.0.1:1", form)
	f("http://tr ail:"+password+"@127.0.0.1:1", form)
	f("//trail:"+password+"@127.0.0.1:1", form)
}

// Texts of others lose what nobody must see.
func TestHide(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		if got := hide(text, []string{"", "known+secret/="}, "admin-key"); got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
	f("plain text, of foo@example.com", "plain text, of foo@example.com")
	f("Get https://u:p@host/x: EOF", "Get https://[redacted]@host/x: EOF")
	f(`parse "http://us er:p@ss w@host": invalid`, `parse "http://[redacted]@host": invalid`)
	f("https://u:a/b@c?d@host", "https://[redacted]@host")
	f("x=known+secret/=&y", "x=[redacted]&y")
	f("key AKIAIOSFODNN7EXAMPLE here", "key [access-key] here")
	f("key admin-key here", "key [access-key] here")
	f("https://b.s3.amazonaws.com/k?X-Amz-Signature=0123456789", "https://b.s3.amazonaws.com/k?X-Amz-Signature=[redacted]")
}

// Texts of others become one short line.
func TestClip(t *testing.T) {
	f := func(text string, most int, want string) {
		t.Helper()
		if got := clip(text, most); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	f("", 5, "")
	f("12345", 5, "12345")
	f("123456", 5, "12345…")
	f("äöüßé", 5, "äöüßé")
	f("äöüßéx", 5, "äöüßé…")
	f(" a\r\n\tb\x00c\x1b[31m \u2028d ", 20, "a b c [31m d")
	f("\xff\xfe", 20, "\ufffd")
	f(strings.Repeat("ä", 1000), 3, "äää…")
}

// An answer of a login service, which may be hostile too, is clipped likewise.
func TestForeign(t *testing.T) {
	err := CredentialsError(t.Context(), errors.New(strings.Repeat("https://u:hunter2@h/ \x1b[31m ", 1000)))
	if s := err.Error(); len(s) > 700 || strings.Contains(s, "hunter2") || strings.Contains(s, "\x1b") {
		t.Errorf("got %q", s)
	}
}
