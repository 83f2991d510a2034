package ingest

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/iotest"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
)

// An object that fails is named with its reason and adds nothing else: not to
// the records, not to the denials. What lies beside it is read all the same.
func TestBroken(t *testing.T) {
	f := func(reason string, thing any) {
		t.Helper()
		c, ids := run(t, Options{}, memory{"a": trail(denied("a"), other("b")), "broken": thing, "c": gz(trail(denied("c")))})
		if got := result(c); got != "2 read, 1 failed, 2 kept, 1 not denied" || strings.Join(ids, " ") != "a c" {
			t.Errorf("%s: got %s: %v", reason, got, ids)
		}
		if len(c.Failures) != 1 || c.Failures[0].Object != "broken" || !strings.Contains(c.Failures[0].Err.Error(), reason) {
			t.Errorf("got %v, want %q", c.Failures, reason)
		}
	}
	var many []string
	for range 2000 {
		many = append(many, denied("lost"), other("lost"))
	}
	long := trail(many...)
	// Compressed data.
	packed := gz(long)
	f("gzip stream ends early: the object is truncated", packed[:len(packed)/2])
	f("gzip stream ends early", packed[:len(packed)-1])
	f("gzip stream ends early", packed[:len(packed)-8])
	f("gzip stream ends early", packed[:5])
	f("gzip stream ends early", packed[:2])
	f("gzip checksum does not match: the object is corrupt", flip(packed, len(packed)-8)) // CRC
	f("gzip checksum does not match", flip(packed, len(packed)-1))                        // length
	f("corrupt", flip(packed, 20))
	f("gzip header is invalid", flip(packed, 2))
	f("gzip checksum does not match", flip(gz("", trail(denied("lost"))), len(gz(""))-8))
	f("gzip stream ends early", gz(trail(denied("lost")))+gz(trail(denied("lost")))[:40])
	f("gzip stream ends early", gz(trail(denied("lost")))+"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\xffname without an end")
	f("gzip stream ends early", gz(trail(denied("lost")))+"\x1f\x8b\x08")
	f("gzip header is invalid", gz(trail(denied("lost")))+"\x1f\x8bgarbage garbage")
	f("gzip stream ends early", gz(trail(denied("lost")))+"\x1f")
	for _, garbage := range []string{"g", "\x1fg", "garbage that is longer than a header", "\x00\x00g", "\n", strings.Repeat("\x00", 70_000) + "g"} {
		f("gzip stream is followed by garbage: the object is corrupt", gz(trail(denied("lost")))+garbage)
	}
	// JSON.
	for _, pack := range []func(string) string{func(s string) string { return s }, func(s string) string { return gz(s) }} {
		f("JSON ends within a value", pack(long[:len(long)/2]))
		f("JSON ends within a value", pack(long[:len(long)-1]))
		f("JSON ends within a value", pack("{"))
		f("JSON ends within a value", pack(`{"Records":[`))
		f("invalid JSON at byte", pack(long+"}"))
		f("garbage follows the records", pack(trail(denied("lost"))+" garbage}"))
		f("garbage follows the records", pack(denied("lost")+"\n12\n"))
		f("invalid JSON at byte", pack(trail(denied("lost")+denied("lost"))))
		f("invalid JSON at byte", pack(trail(denied("lost"), "")))
		f("record 3: a record is not valid JSON", pack(trail(other("lost"), denied("lost"), strings.Replace(denied("lost"), `"1.11"`, `1.`, 1))))
		f("max-depth of 1000 exceeded", pack(trail(denied("lost"), strings.Repeat("[", 20_000))))
		f("two Records arrays", pack(trail(denied("lost"))+`{"Records":[`+denied("lost")+`],"Records":[]}`))
		f("two Records arrays", pack(denied("lost")+`{"Records":[`+denied("lost")+`],"Records":7}`))
	}
	// Reading.
	disk := errors.New("disk on fire")
	f("cannot open: disk on fire", disk)
	f("disk on fire", func() io.Reader { return iotest.ErrReader(disk) })
	for _, text := range []string{long, packed} {
		for _, n := range []int{1, 2, 100, len(text) / 2, len(text) - 1, len(text)} {
			f("disk on fire", func() io.Reader { return io.MultiReader(strings.NewReader(text[:n]), iotest.ErrReader(disk)) })
		}
	}
	f("disk on fire", func() io.Reader { return &once{text: long, err: disk} })
	f("data ends early: the object is truncated", func() io.Reader { return &once{text: long, err: io.ErrUnexpectedEOF} })
	f("cannot read: input/output error", func() io.Reader {
		return iotest.ErrReader(&fs.PathError{Op: "read", Path: "/secret/path", Err: errors.New("input/output error")})
	})
	f("no such file", source.Entry{Err: errors.New("no such file")})
}

// flip returns data with one byte changed.
func flip(data string, i int) string {
	return data[:i] + string(data[i]^0x55) + data[i+1:]
}

// once returns an error together with the last data, and then as if nothing had
// been: a gap must not be taken for the end.
type once struct {
	text string
	err  error
	done bool
}

func (o *once) Read(p []byte) (int, error) {
	if o.done {
		return 0, io.EOF
	}
	n := copy(p, o.text)
	o.text = o.text[n:]
	if o.text == "" {
		o.done = true
		return n, o.err
	}
	return n, nil
}

// The last duplicate of Records wins, as in encoding/json.
func TestTwoRecordsArrays(t *testing.T) {
	f := func(want, ids, content string) {
		t.Helper()
		c, got := run(t, Options{}, memory{"x": content})
		if result(c) != want || strings.Join(got, " ") != ids {
			t.Errorf("%s: got %s with %v, want %s with %s", content, result(c), got, want, ids)
		}
	}
	f("1 read, 1 kept", "b", `{"Records":[`+denied("a")+`],"Records":[`+denied("b")+`]}`)
	f("1 read, 1 kept", "c", `{"Records":[`+denied("a")+`],"x":1,"\u0052ecords":[`+denied("b")+`],"Records":[`+denied("c")+`]}`)
	f("1 read", "", `{"Records":[`+denied("a")+`],"Records":[]}`)
	f("1 read", "", `{"Records":[`+denied("a")+`],"Records":null}`)
	f("1 read, 1 kept", "a", `{"Records":null,"Records":[`+denied("a")+`]}`)
	f("1 read, 1 kept", "b", `{"Records":[]}{"Records":[`+denied("a")+`],"Records":[`+denied("b")+`]}`)
	f("1 digest", "", `{"Records":[`+denied("a")+`],"Records":[{"digestS3Object":"x"}]}`)
}

// Where there is one record, an object is read, whatever comes before it: a
// stray first value must not hide a log.
func TestStrayValues(t *testing.T) {
	f := func(want, content string) {
		t.Helper()
		c, ids := run(t, Options{}, memory{"x": content})
		if result(c) != want || strings.Join(ids, "") != strings.Repeat("a", c.Records.Kept) {
			t.Errorf("%.200q: got %s, %v, want %s", content, result(c), ids, want)
		}
	}
	a := denied("a")
	f("1 read, 1 kept, 1 not denied, 1 malformed", trail("7", `{"a":1}`, a))
	f("1 read, 1 kept, 1 not denied", `{"a":1}`+"\n"+a)
	f("1 read, 1 kept, 1 malformed", trail(`{}`, a))
	f("1 read, 1 kept, 1 not denied", trail(`{"eventSource":"aws:s3","eventName":"x"}`, a))
	f("1 read, 1 kept, 1 not denied", trail(`{"eventType":"AwsCloudTrailInsight"}`, a))
	f("1 read, 1 kept, 1 not denied", digestText+a)
	f("1 read, 1 kept, 1 malformed", trail("[]", a))
	f("1 read, 1 kept, 1 malformed", trail("[5]", a))
	f("1 read, 1 kept, 1 not denied", `{"events":[{"message":"START"},{"message":`+a+`}]}`)
	f("1 read, 1 kept, 1 not denied", `{"Events":[{"EventId":"x"},{"CloudTrailEvent":`+a+`}]}`)
	f("1 read, 1 kept", trail(a)+"\x00\x00\n\x00")
	f("1 digest", digestText+"}")
	f("1 not-cloudtrail", trail("7", `{"a":1}`))
	f("1 insight", trail(`{"eventType":"AwsCloudTrailInsight"}`, `{"eventType":"AwsCloudTrailInsight"}`))
}

// What is named like a compressed trail file and is neither compressed nor JSON
// is damaged.
func TestPromisedTrail(t *testing.T) {
	for _, name := range []string{"a.json.gz", "x/111122223333_CloudTrail_us-east-1_20261005T1200Z_AAAAAAAAAAAAAAAA.json"} {
		c, _ := run(t, Options{}, memory{name: "\x00\x8b\x08 damaged"})
		if c.Objects.Failed != 1 || !strings.Contains(c.Failures[0].Err.Error(), "the object is corrupt") {
			t.Errorf("%s: %s %v", name, result(c), c.Failures)
		}
	}
	c, _ := run(t, Options{}, memory{"flow.log.gz": gz("2 123456789010 eni-1235b8ca"), "a.json.gz": gz(`{"a":1}`)})
	if c.Objects.Skipped[coverage.SkipNotCloudTrail] != 2 {
		t.Errorf("%s %v", result(c), c.Failures)
	}
}

// Every object is closed once, whatever becomes of it. An error of closing counts.
func TestClose(t *testing.T) {
	f := func(want, content string, err error) {
		t.Helper()
		opened, closed := 0, 0
		c, _ := run(t, Options{}, memory{"x": func() io.Reader {
			opened++
			return closer{strings.NewReader(content), func() error { closed++; return err }}
		}})
		if result(c) != want || opened != 2 || closed != 2 { // run runs twice
			t.Errorf("got %s, opened %d and closed %d times", result(c), opened, closed)
		}
	}
	f("1 read, 1 kept", trail(denied("a")), nil)
	f("1 not-cloudtrail", "text", nil)
	f("1 failed", "{", nil)
	f("1 failed", trail(denied("a")), errors.New("cannot flush"))
	f("1 failed", "{", errors.New("cannot flush"))
}

type closer struct {
	io.Reader
	close func() error
}

func (c closer) Close() error { return c.close() }
