package words

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
	"trail403/report/page"
)

// asMarkdown lays texts out, one on a line.
func asMarkdown(t *testing.T, texts ...page.Text) string {
	t.Helper()
	var b strings.Builder
	m := page.NewMarkdown(&b)
	for _, one := range texts {
		m.Below(one)
	}
	if err := m.Flush(); err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(strings.TrimSpace(b.String()), "  - ", "")
}

func TestRevision(t *testing.T) {
	w := aggregate.Window{
		From: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), Interval: aggregate.Day,
	}
	at := time.Date(2026, 10, 2, 9, 30, 12, 0, time.UTC)
	held := aggregate.Held{Since: at, Document: &policydoc.Document{}}
	gone := aggregate.Held{Since: at, Gone: true}
	missing := aggregate.Held{Since: at}
	broken := aggregate.Held{Since: at, Problem: errors.New("not `JSON`")}
	one := []policydoc.Difference{{Op: policydoc.Added, Sid: "S", Statement: 2, After: "Deny s3:*"}}
	bucket := event.Target{Type: "bucket", Name: "b"}
	f := func(rv aggregate.Revision, want string) {
		t.Helper()
		if rv.Of.Type == "" {
			rv.Of = bucket
		}
		rv.Known = rv.Before.Known() && rv.After.Known()
		text, differences := Revision(&rv, w)
		got := asMarkdown(t, append([]page.Text{text}, differences...)...)
		got = strings.ReplaceAll(strings.TrimPrefix(got, "- "), "\u00a0", " ")
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	const unknown = ", so what this change did to it is not known"
	f(aggregate.Revision{After: held}, "The earlier version of the bucket policy of `b` is not in the records that were read"+unknown)
	f(aggregate.Revision{Before: missing, After: held},
		"The earlier version of the bucket policy of `b`, set on Oct 2 09:30:12 UTC, is missing in the record of the call that set it, or too large"+unknown)
	f(aggregate.Revision{Before: broken, After: held},
		"The earlier version of the bucket policy of `b`, set on Oct 2 09:30:12 UTC, cannot be read (`` not `JSON` ``)"+unknown)
	f(aggregate.Revision{Before: held, After: missing}, "The new version of the bucket policy of `b` is missing in the record of the call that set it, or too large"+unknown)
	f(aggregate.Revision{Before: held, After: broken}, "The new version of the bucket policy of `b` cannot be read (`` not `JSON` ``)"+unknown)
	f(aggregate.Revision{Before: held, After: held}, "The bucket policy of `b` says the same as the one that was set on Oct 2 09:30:12 UTC")
	f(aggregate.Revision{Before: gone, After: gone}, "The records show that there was no bucket policy of `b` before this change, and there is none after it")
	f(aggregate.Revision{Before: gone, After: held, Differences: one},
		"The records show that there was no bucket policy of `b` before this change:\nStatement 2 (`S`) was added: `Deny s3:*`")
	f(aggregate.Revision{Before: held, After: gone, Differences: []policydoc.Difference{{Op: policydoc.Removed, Statement: 1, Before: "Allow s3:*"}}},
		"This change removed the bucket policy of `b`. The version that was set on Oct 2 09:30:12 UTC had this content:\nStatement 1 was removed: `Allow s3:*`")
	f(aggregate.Revision{Before: held, After: held, Differences: one},
		"Compared with the version that was set on Oct 2 09:30:12 UTC, the bucket policy of `b` has 1 difference:\nStatement 2 (`S`) was added: `Deny s3:*`")

	// Names of documents.
	const arn = "arn:aws:iam::111122223333:"
	for _, x := range []struct {
		of   event.Target
		name string
		want string
	}{
		{event.Target{Type: "key", Name: "arn:aws:kms:eu-west-1:111122223333:key/k"}, "", "key policy of `k`"},
		{event.Target{Type: "vpc-endpoint", Name: "vpce-1"}, "", "policy of VPC endpoint `vpce-1`"},
		{event.Target{Type: "policy", Name: arn + "policy/p"}, "", "policy `p`"},
		{event.Target{Type: "role", Name: arn + "role/r"}, "in", "inline policy `in` of `r` role (account 111122223333)"},
		{event.Target{Type: "bucket", Name: "b"}, event.BlockPublicAccess, "Block Public Access configuration of bucket `b`"},
		{event.Target{Type: "permission-set", Name: "ps"}, "", "policy of permission set `ps`"},
	} {
		if got := asMarkdown(t, documentTitle(&aggregate.Revision{Of: x.of, Name: x.name})); got != "- "+x.want {
			t.Errorf("got  %s\nwant - %s", got, x.want)
		}
	}
}

// A document of any size takes a few lines, and what is left out is counted.
func TestRevisionIsShort(t *testing.T) {
	rv := aggregate.Revision{
		Of:     event.Target{Type: "bucket", Name: "b"},
		Before: aggregate.Held{Settings: "x"}, After: aggregate.Held{Settings: "x"}, Known: true, More: 1000,
	}
	for i := range 12 {
		rv.Differences = append(rv.Differences, policydoc.Difference{
			Op: policydoc.Changed, Sid: strings.Repeat("s", 5000), Statement: i + 1,
			Before: strings.Repeat("b", 5000), After: strings.Repeat("a\n", 5000),
		})
	}
	first, list := Revision(&rv, aggregate.Window{})
	if len(list) != maxDifferences+1 || !strings.HasSuffix(string(first), " has 1,012 differences:") {
		t.Errorf("%d lines below %q", len(list), first)
	}
	if got, want := string(list[maxDifferences]), fmt.Sprintf("%s more differences are not shown", Comma(1012-maxDifferences)); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, line := range list {
		if len(line) > 3*maxStatement || strings.Contains(string(line), "\n") {
			t.Errorf("a line of %d bytes: %.100q", len(line), line)
		}
	}
}
