package s3

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// FuzzPage feeds pages of a hostile server. A page that is taken is sorted, each
// entry comes once, and its check and its use hold what they promise.
func FuzzPage(f *testing.F) {
	const begin, end = `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>`, "</ListBucketResult>"
	for _, seed := range []string{
		"", "<html>", "<Error><Code>a</Code><Message>b</Message></Error>",
		begin + "<IsTruncated>false</IsTruncated>" + end,
		begin + "<EncodingType>url</EncodingType><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken><Contents><Key>p/%01</Key><Size>1</Size></Contents><CommonPrefixes><Prefix>p/a/</Prefix></CommonPrefixes>" + end,
		begin + "<Contents><Key>p/b</Key></Contents><Contents><Key>p/a</Key><Size>-1</Size></Contents>" + end + "<x/>",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := parsePage(strings.NewReader(text))
		var g *garbled
		var r *failure
		if (err == nil) == (p == nil) || err != nil && !errors.As(err, &g) && !errors.As(err, &r) {
			t.Fatalf("got %v, %v", p, err)
		}
		if err != nil {
			if g != nil && len(g.what) > 500 {
				t.Errorf("%d bytes of error", len(g.what))
			}
			return
		}
		for i, e := range p.entries {
			if e.key == "" || len(e.key) > maxKey || e.size < -1 || e.size > maxSize || i > 0 && compareEntries(p.entries[i-1], e) >= 0 {
				t.Errorf("%+v in %+v", e, p.entries)
			}
		}
		for _, delimiter := range []string{"", "/"} {
			if p.check("p/", delimiter) != nil {
				continue
			}
			for _, e := range p.entries {
				rest, ok := strings.CutPrefix(e.key, "p/")
				if !ok || e.folder && (delimiter == "" || strings.Count(rest, "/") != 1 || !strings.HasSuffix(rest, "/")) {
					t.Errorf("%+v passed", e)
				}
			}
		}
		l := &listing{tokens: map[[32]byte]bool{}}
		if err := l.follow(p, func(item) {}); err == nil && l.token == "" && p.token != "" {
			t.Error("the end of the listing came too early")
		}
		var again []string
		if err := l.follow(&page{entries: p.entries}, func(i item) { again = append(again, i.Key) }); l.last != nil && (err != nil || again != nil) {
			t.Errorf("repeated: %q, %v", again, err)
		}
	})
}

// Reading a page must cost little beside fetching its thousand objects.
func BenchmarkPage(b *testing.B) {
	var text strings.Builder
	text.WriteString("<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>")
	for i := range 1000 {
		fmt.Fprintf(&text, "<Contents><Key>AWSLogs/o-exampleorg/111122223333/CloudTrail/us-east-1/2026/10/05/111122223333_CloudTrail_us-east-1_20261005T0005Z_%08d.json.gz</Key>"+
			"<LastModified>2026-10-05T00:05:00.000Z</LastModified><ETag>&quot;0123456789abcdef0123456789abcdef&quot;</ETag><Size>%d</Size><StorageClass>STANDARD</StorageClass></Contents>", i, i)
	}
	text.WriteString("</ListBucketResult>")
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		if p, err := parsePage(strings.NewReader(text.String())); err != nil || len(p.entries) != 1000 || !slices.IsSortedFunc(p.entries, compareEntries) {
			b.Fatal(err)
		}
	}
}
