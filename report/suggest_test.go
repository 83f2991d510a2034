package report

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"

	"trail403/aggregate"
	"trail403/ingest/coverage"
	reportjson "trail403/report/json"
	"trail403/report/page"
	"trail403/report/suggest"
)

// suggestible is a result of one role that lacks an Allow, for keys that begin
// with s.
func suggestible(s string) *aggregate.Result {
	w := aggregate.Window{From: date(2026, 10, 1), To: date(2026, 10, 8), Interval: aggregate.Day}
	var groups []aggregate.Group
	for _, action := range []string{"s3:GetObject", "s3:PutObject"} {
		groups = append(groups, aggregate.Group{
			Principal: "arn:aws:iam::111122223333:role/app/reader", PrincipalType: "role", PrincipalAccount: "111122223333",
			Action: action, Bucket: "corp-data", BucketAccount: "111122223333", FirstSeen: day(1, 2, 3), LastSeen: day(4, 5, 6),
			Causes: []aggregate.Cause{{Cause: "identity-implicit", DeniedAction: action, Denials: 5}, {Cause: "scp-explicit", PolicyARN: s, Denials: 1}},
			Series: []aggregate.Point{{Start: date(2026, 10, 1), Denials: 6}},
			Keys:   []aggregate.Keys{{Cause: "identity-implicit", DeniedAction: action, Common: "k" + s, One: action == "s3:GetObject"}},
		})
	}
	r := result(w, groups, coverage.Coverage{})
	r.Accounts = []string{"111122223333"}
	return r
}

// documents returns the listings of a page, and the parts that it has.
func documents(tb testing.TB, source string) (listings []string, skeleton []string) {
	tb.Helper()
	md := goldmark.New(goldmark.WithExtensions(extension.GFM))
	ast.Walk(md.Parser().Parse(text.NewReader([]byte(source))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text, *ast.String, *ast.CodeSpan:
			return ast.WalkContinue, nil
		case *ast.RawHTML, *ast.HTMLBlock, *ast.Link, *ast.AutoLink, *ast.Image:
			ownLink(tb, n, []byte(source))
		case *ast.FencedCodeBlock:
			if entering {
				listings = append(listings, string(n.Lines().Value([]byte(source))))
			}
		}
		skeleton = append(skeleton, n.Kind().String())
		return ast.WalkContinue, nil
	})
	return listings, skeleton
}

// Whatever a log holds, the suggested policy is one listing that is JSON, and the
// page around it stays as it is.
func FuzzSuggestions(f *testing.F) {
	for _, s := range hostileTexts {
		f.Add(s)
	}
	_, plain := documents(f, string(writeMarkdownOf(f, suggestible("x"), Options{Suggest: true})))
	f.Fuzz(func(t *testing.T, s string) {
		source := string(writeMarkdownOf(t, suggestible(s), Options{Suggest: true}))
		for _, c := range source {
			if c != '\n' && c != '\u00a0' && (page.IsHostile(c) || unicode.IsControl(c)) {
				t.Fatalf("the report holds %U", c)
			}
		}
		listings, skeleton := documents(t, source)
		if !slices.Equal(skeleton, plain) {
			t.Fatalf("the report has another structure:\n%s", source)
		}
		var d suggest.Document
		if len(listings) != 1 || json.Unmarshal([]byte(listings[0]), &d) != nil || d.Version != "2012-10-17" || len(d.Statement) == 0 {
			t.Fatalf("listings %q", listings)
		}
	})
}

func writeMarkdownOf(tb testing.TB, r *aggregate.Result, o Options) []byte {
	tb.Helper()
	var out strings.Builder
	if err := Write(&out, Markdown, r, o); err != nil {
		tb.Fatal(err)
	}
	return []byte(out.String())
}

// Suggestions are there only if they are asked for, and then with the warning, in
// each format.
func TestSuggest(t *testing.T) {
	r := suggestible("s")
	for _, f := range []Format{Markdown, JSON} {
		without, with := string(write(t, f, r, Options{})), string(write(t, f, r, Options{Suggest: true}))
		if strings.Contains(without, "2012-10-17") || strings.Contains(without, "may be right. These") {
			t.Errorf("%s has suggestions that nobody asked for", f)
		}
		if !strings.Contains(with, "2012-10-17") || !strings.Contains(with, suggest.Warning) {
			t.Errorf("%s lacks suggestions or the warning:\n%s", f, with)
		}
	}
	var got struct {
		Suggestions []reportjson.Suggestion
		Warnings    []string
	}
	if err := json.Unmarshal(write(t, JSON, r, Options{Suggest: true}), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Suggestions) != 1 || got.Suggestions[0].Denials != 10 || len(got.Suggestions[0].Policies) != 1 || len(got.Warnings) != 1 {
		t.Errorf("got %+v, warnings %q", got.Suggestions, got.Warnings)
	}
	checkGolden(t, "suggest.md", write(t, Markdown, r, Options{Suggest: true}))
	checkGolden(t, "suggest.json", write(t, JSON, r, Options{Suggest: true}))
}
