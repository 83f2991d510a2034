package report

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"

	"trail403/report/outline"
)

// anchorTag, which is also the break within a cell, and foldTag are the only HTML of a report, as our own code writes it.
var (
	anchorTag = regexp.MustCompile(`^(<a id="([a-z][a-z0-9-]*)">|</a>|<br>)$`)
	foldTag   = regexp.MustCompile(`^(<details><summary>[0-9,]+ more rows</summary>|</details>)\n$`)
)

// consolePage is the only address in the web that a report leads to.
var consolePage = regexp.MustCompile(`^https://[a-z0-9-]+\.console\.aws\.amazon\.com/(s3|iam|kms|organizations|cloudtrailv2)/`)

// ownLink returns where a link leads to in its own document, or the id of an anchor.
// Any other link, HTML or image is an error: a text from a log made it.
func ownLink(tb testing.TB, n ast.Node, source []byte) (link, anchor string) {
	tb.Helper()
	switch n := n.(type) {
	case *ast.RawHTML:
		if tag := anchorTag.FindSubmatch(n.Segments.Value(source)); tag != nil {
			return "", string(tag[2])
		}
	case *ast.HTMLBlock:
		if foldTag.Match(n.Lines().Value(source)) {
			return "", ""
		}
	case *ast.Link:
		if consolePage.Match(n.Destination) && n.Title == nil {
			return "", ""
		}
		to, ok := strings.CutPrefix(string(n.Destination), "#")
		if ok && n.Title == nil {
			return to, ""
		}
	}
	tb.Fatalf("the report holds %s:\n%s", n.Kind(), source)
	return "", ""
}

// Every link leads to a place of the page, also where not everything is shown, and
// no two places have the same name. Text has none of it.
func TestLinks(t *testing.T) {
	links := 0
	for _, fixture := range fixtures {
		for _, top := range []int{0, 1, 25} {
			r := fixture.make()
			page := parse(t, write(t, Markdown, r, Options{Top: top, Suggest: true}))
			for _, to := range page.links {
				links++
				if n := count(page.anchors, to); n != 1 {
					t.Errorf("%s, top %d: a link leads to #%s, which %d places are called", fixture.name, top, to, n)
				}
			}
			text := string(write(t, Text, r, Options{Top: top, Suggest: true, Width: 120}))
			if strings.Contains(text, "](#") || strings.Contains(text, "<a id") {
				t.Errorf("%s, top %d: the text holds links", fixture.name, top)
			}
		}
	}
	if links == 0 {
		t.Error("no report has a link")
	}
}

// The contents link to every section, and what is left out to fit has no link.
func TestContents(t *testing.T) {
	out := write(t, Markdown, daily(), Options{})
	for limit := range len(out) {
		if limit < outline.Least || limit%97 != 0 {
			continue
		}
		short := write(t, Markdown, daily(), Options{Fit: limit})
		page := parse(t, short)
		for _, to := range page.contents {
			if !slices.Contains(page.anchors, to) {
				t.Errorf("to fit %d, the contents lead to %q, which is not in\n%s", limit, to, short)
			}
		}
		if sections := bytes.Count(short, []byte("\n## ")); sections > 2 && len(page.contents) < sections {
			t.Errorf("to fit %d, the contents of %d sections are %q", limit, sections, page.contents)
		}
	}
	if c := parse(t, out).contents; !slices.Contains(c, "incident-1") || !slices.Contains(c, "coverage") {
		t.Errorf("the contents are %q", c)
	}
}

func count(list []string, s string) (n int) {
	for _, one := range list {
		if one == s {
			n++
		}
	}
	return n
}

// What the news say about an incident that is not shown is no link. The third incident
// of this report is like the first.
func TestLinkToWhatIsShown(t *testing.T) {
	r := daily()
	other := r.Incidents[0]
	other.ID = "i-other"
	r.Incidents = append(r.Incidents, other)
	for top, want := range map[int]bool{0: true, 2: false, 3: true} {
		out := write(t, Markdown, r, Options{Top: top})
		links := parse(t, out).links
		if !slices.Contains(links, "incident-1") || slices.Contains(links, "incident-3") != want {
			t.Errorf("top %d: links lead to %q", top, links)
		}
		if !bytes.Contains(out, []byte("Incident\u00a03")) {
			t.Errorf("top %d: nothing names Incident 3", top)
		}
	}
}
