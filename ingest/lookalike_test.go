package ingest

import (
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// Where a text looks like CloudTrail and cannot be read as such, the object fails and
// says so: its denials must not be lost in silence.
func TestLookalikes(t *testing.T) {
	f := func(want, text, content string) {
		t.Helper()
		for name, bytes := range map[string]string{"x": content, "gzip": gz(content)} {
			c, _ := run(t, Options{}, memory{name: bytes})
			if got := result(c); got != want || text != "" && !strings.Contains(c.Failures[0].Err.Error(), text) {
				t.Errorf("%s, %.200q: got %s, want %s: %v", name, content, got, want, c.Failures)
			}
		}
	}
	a := denied("a")
	const looks = "looks like CloudTrail"
	// Comments, and other words before the first value, are passed over.
	for _, before := range []string{
		"# exported by tool\n", "// exported by tool\n", "/* exported */ ", "exported by tool\n\n", "\"exported\"\n",
		"null\n", "<134>1 2026-10-05T10:00:00Z host cloudtrail - - - ", "cloudtrail = ",
		strings.Repeat("# exported by tool\n", 50_000),
	} {
		f("1 read, 1 kept", "", before+a)
		f("1 read, 2 kept", "", before+trail(a, denied("b"))+";\n")
		f("1 failed", looks, before+a[:len(a)-1]+"\n")
		f("1 failed", looks, before+strings.ReplaceAll(a, ",", ",\n"))
	}
	// A line that lost its start or its end, between those that have them.
	f("1 failed", looks, "# exported by tool\n"+a+"\n"+a[:len(a)/2]+"\n"+a+"\n")
	f("1 failed", looks, a[len(a)/2:]+"\n"+a+"\n"+a+"\n")
	// A broken line after a foreign one.
	f("1 failed", "invalid JSON at byte 18, and what follows looks like CloudTrail", `{"level":"info"}`+"\n{broken\n"+a+"\n"+a)
	f("1 failed", looks, `{"level":"info"}`+"\n{broken: "+a)
	f("1 failed", looks, `{"level":"info"}`+"\n"+a[:len(a)/2]+"}}}\n")
	f("1 failed", looks, `[{"level":"info"} {broken}, `+strings.Repeat(" ", 300_000)+a+"]")
	f("1 failed", looks, digestText+"\n{broken\n"+a)
	f("1 failed", "invalid JSON", a+"\n{broken\n"+a)
	f("1 failed", "garbage", a+"\n# comment\n"+a)
	// Records in what nobody knows, also beside records.
	quoted := `"` + strings.ReplaceAll(a, `"`, `\"`) + `"`
	cut := quoted[:len(quoted)-2] + `"`
	f("1 failed", looks, `{"payload":`+cut+`}`)
	f("1 failed", looks, `{"payload":[`+quoted+`,`+cut+`]}`)
	f("1 failed", looks, `{"payload":`+strings.Repeat("[", 40)+a+strings.Repeat("]", 40)+`}`)
	f("1 failed", looks, a+"\n"+`{"payload":`+cut+`}`)
	csv := "id,event\n1,\"" + strings.ReplaceAll(a, `"`, `""`) + "\"\n"
	f("1 failed", "invalid CSV in line 2", csv[:len(csv)-2])
	f("1 failed", looks, strings.ReplaceAll(a, `"`, `'`))
	// What is read.
	f("1 read, 1 kept", "", `{"audit":`+a+`}`)
	f("1 read, 1 kept", "", `{"payload":`+quoted+`}`)
	f("1 read, 1 kept", "", `{"message":"event: `+quoted[1:]+`}`)
	f("1 read, 2 kept", "", a+"\n"+`{"payload":`+quoted+`}`)
	f("1 read, 1 kept", "", csv)
	f("1 read, 1 kept, 1 not denied", "", `{"level":"info"}`+"\n"+a)
	f("1 read, 1 kept, 1 not denied, 1 malformed", "", `{"level":"info"}`+" 7 "+a)
	// What only mentions the words.
	f("1 not-cloudtrail", "", `{"level":"info"}`+"\n{broken\n")
	f("1 not-cloudtrail", "", "eventVersion, eventTime, eventSource and eventName of s3.amazonaws.com\n")
	f("1 not-cloudtrail", "", `{"source":["aws.s3"],"pattern":{"eventSource":["s3.amazonaws.com"],"eventName":["PutBucketPolicy"]}}`)
	f("1 not-cloudtrail", "", `{"eventVersion":"1.0","eventTime":"x","eventName":"x","eventSource":"aws:kinesis"}`)
	f("1 not-cloudtrail", "", `{"eventSource":"s3.amazonaws.com","text":"event"}`)
}

// The search in another kind of file ends somewhere.
func TestLookalikeSearchIsBounded(t *testing.T) {
	var b strings.Builder
	w, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	line := []byte(strings.Repeat("2 123456789010 eni-1235b8ca ", 1000))
	for range 17 << 20 / len(line) {
		w.Write(line)
	}
	w.Write([]byte(denied("a")))
	w.Close()
	c, _ := run(t, Options{}, memory{"flow.log.gz": b.String()})
	if got := result(c); got != "1 not-cloudtrail" {
		t.Errorf("got %s: %v", got, c.Failures)
	}
}
