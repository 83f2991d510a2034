package source

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestNoticed(t *testing.T) {
	f := func(text string, known bool, want string) {
		t.Helper()
		var value any
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		objects, ok := noticed(value, 0)
		if got := fmt.Sprint(objects); ok != known || got != "["+want+"]" {
			t.Errorf("%s: got %s, %v", text, got, ok)
		}
	}
	const trail = `{"s3Bucket":"b","s3ObjectKey":["k1","k+2"]}`
	quote := func(s string) string { q, _ := json.Marshal(s); return string(q) }
	f(trail, true, "{b k1} {b k+2}")
	f(`{"Type":"Notification","Message":`+quote(trail)+`}`, true, "{b k1} {b k+2}")
	f(`{"Messages":[{"Body":`+quote(`{"Message":`+quote(trail)+`}`)+`}]}`, true, "{b k1} {b k+2}")
	f(`{"Records":[{"Sns":{"Message":`+quote(trail)+`}}]}`, true, "{b k1} {b k+2}")
	f(`{"Records":[{"body":`+quote(trail)+`}]}`, true, "{b k1} {b k+2}")
	f(`{"Records":[{"eventName":"ObjectCreated:CompleteMultipartUpload","s3":{"bucket":{"name":"b"},"object":{"key":"a+b%2Bc%C3%A9"}}}]}`, true, "{b a b+cé}")
	f(`{"Records":[{"eventName":"ObjectRemoved:Delete","s3":{"bucket":{"name":"b"},"object":{"key":"a"}}}]}`, true, "")
	f(`{"source":"aws.s3","detail-type":"Object Created","detail":{"bucket":{"name":"b"},"object":{"key":"a+b"}}}`, true, "{b a+b}")
	f(`{"source":"aws.s3","detail-type":"Object Deleted","detail":{"bucket":{"name":"b"},"object":{"key":"a+b"}}}`, true, "")
	f(`{"Event":"s3:TestEvent"}`, true, "")
	f(`{"Type":"SubscriptionConfirmation","Message":"You have chosen to subscribe"}`, true, "")
	f(`{"Messages":[]}`, true, "")
	f(`[]`, true, "")
	for _, unknown := range []string{`{}`, `{"Message":"hello"}`, `{"Records":[{"eventVersion":"1.11"}]}`, `{"Message":"{broken"}`, `[1]`, `{"s3Bucket":"b"}`} {
		f(unknown, false, "")
	}
	deep := trail
	for range 20 {
		deep = `{"Message":` + quote(deep) + `}`
		if len(deep) > 1<<20 {
			break
		}
	}
	f(deep, false, "")
}

// FuzzListed feeds lists that somebody else wrote.
func FuzzListed(f *testing.F) {
	f.Add("s3://bucket/key\n{\"s3Bucket\":\"bucket\",\n\"s3ObjectKey\":[\"a\"]}\nhttps://bucket.s3.amazonaws.com/x")
	f.Add("key\n[[{}]]")
	f.Fuzz(func(t *testing.T, text string) {
		lines, n := strings.Count(text, "\n")+1, 0
		for e, err := range (Listed{Lines: strings.NewReader(text), Name: "list", Bucket: "bucket"}).List(t.Context(), Query{}) {
			n++
			var line int
			if err != nil {
				if k, _ := fmt.Sscanf(err.Error(), "list:%d:", &line); k != 1 || line < 1 || line > lines {
					t.Errorf("%d lines, but %v", lines, err)
				}
			} else if !strings.HasPrefix(e.Name, "s3://") || !e.Pruned && e.Size != -1 {
				t.Errorf("%+v", e)
			}
		}
		if n > len(text)+1 {
			t.Errorf("%d entries of %d bytes", n, len(text))
		}
	})
}

// A list is read as it comes, and a line is bounded.
func TestListedBounds(t *testing.T) {
	never, feed := io.Pipe()
	go feed.Write([]byte("first\n"))
	for e, err := range (Listed{Lines: never, Bucket: "bucket"}).List(t.Context(), Query{}) {
		if err != nil || e.Name != "s3://bucket/first" {
			t.Errorf("got %+v, %v", e, err)
		}
		break
	}
	f := func(list io.Reader, want string) {
		t.Helper()
		var got error
		for _, err := range (Listed{Lines: list, Name: "list", Bucket: "bucket"}).List(t.Context(), Query{}) {
			got = err
		}
		if got == nil || !strings.Contains(got.Error(), want) {
			t.Errorf("got %v, want %s", got, want)
		}
	}
	f(strings.NewReader("x\n"+strings.Repeat("y", maxNotice+1)), "list:2: the line is too long")
	f(strings.NewReader("{\n"+strings.Repeat(" \n", maxNotice)), "list:1: broken JSON: it is too long")
	f(strings.NewReader(`{"a":1} {"a":2}`), "list:1: something follows")
	f(strings.NewReader(`{"s3Bucket":"b","s3ObjectKey":["x"]}`), "list:1: this notification names an object without a bucket or a key")
}
