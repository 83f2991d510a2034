package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"trail403/aggregate"
	"trail403/aggregate/evaluate"
	"trail403/aggregate/rows"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
	reportjson "trail403/report/json"
	"trail403/report/page"
	"trail403/report/words"
)

// hostileTexts are what somebody may write into a log or call a file.
var hostileTexts = []string{
	"x", "", " ", "   ", " x", "x ", " x ", "\u00a0x\u3000", "–",
	"a|b", `a\|b`, `a\\|b`, `\`, `x\`, `\\`, "|", "||", `\|`, "| a | b |\n| --- | --- |", `\x7c|`,
	"`", "``", "`x", "x`", "`x`", "``x`y``", "` `", " ` ", "a`b``c```d````e", strings.Repeat("`", 200), "`|`", "|`|", "\\`",
	"<script>alert(1)</script>", "</code>", "<code>", "<!-- x", "-->", "&lt;b&gt;", "&#124;", "<https://example.com>", "</td></tr></table><h1>",
	"[x](javascript:alert(1))", "](javascript:alert(1))", "![x](https://example.com/x.png)", "[x]: https://example.com", "[^1]", "[x][y]",
	"https://example.com/a?b=c&d", "www.example.com", "a@example.com", "mailto:a@example.com", "@octocat", "#123", "owner/repo#1", ":smile:", "$x$",
	"---", "===", "# x", "> x", "- x", "1. x", "```\nx\n```", "~~~", "***", "**x**", "__x__", "~~x~~", "*", "_",
	"a\nb", "a\r\nb", "\n\n# forged\n\n", "\t", "a\tb", "\v\f", "\x00", "\x1b[31mred\x1b[0m", "\x1b]8;;https://example.com\x07x\x1b]8;;\x07", "\x7f",
	"\u0085", "\u009b31m", "\u2028\u2029", "\u202eevil\u202c", "\u2066x\u2069", "\u200b", "a\u200bb", "\ufeff", "\u00ad", "\u2060", "\u200f", "\u061c",
	"\u3164", "\u115f", "\u180b", "\ufe0f", "\U000e0041", "\U000e0100", "\u2800", "\ue000", "\U0010ffff", "\u034f",
	"\xff", "a\xc3", "\xed\xa0\x80", "\ufffd", "x\xf0\x9f\x98", "😀", "é", "e\u0301", "שלום", "日本語",
	"🇩🇪🇫", "🇩", "👍🏽", "🏽", "\u0301", "x" + strings.Repeat("\u0301", 300), "\u1100\u1161", "\u1161", "\u0e33", "\u0903", "ﷺ", "⚠", "｜", strings.Repeat("日本", 60),
	strings.Repeat("x", 5000), strings.Repeat("é", 200), strings.Repeat("|", 150), strings.Repeat("a`|", 100),
	"arn:aws:iam::111122223333:role/a/b", "arn:aws:iam::111122223333:role/", "arn:aws:iam::111122223333:root", "arn:aws:iam::aws:policy/", ":::::", "/", "a/", "/a", "..",
	"AWSReservedSSO_x|y_9f8e7d6c5b4a3210", "unknown", "anonymous", "identity-implicit", "not-told", "s3:GetObject", "GetObject", "kms:Decrypt",
}

// hostile is a result with s in every place where a text from a log or a file
// system can stand.
func hostile(s string) *aggregate.Result {
	w := aggregate.Window{From: date(2026, 10, 1), To: date(2026, 10, 8), Interval: aggregate.Day}
	causes := []aggregate.Cause{
		{Cause: event.Cause("?" + s), DeniedAction: s, PolicyARN: s, WhyNotTold: "?" + s, Denials: 5},
		{Cause: "scp-explicit", DeniedAction: "kms:" + s, PolicyARN: "arn:aws:iam::111122223333:policy/p/x" + s, Denials: 4},
		{Cause: "not-told", WhyNotTold: "?" + s, Denials: 3},
	}
	top := aggregate.Top{List: []aggregate.Count{{Value: s, Denials: 3}}}
	group := func(principal, kind, account string, cause aggregate.Cause) aggregate.Group {
		return aggregate.Group{
			Principal: principal, PrincipalType: kind, PrincipalAccount: account, Action: "a" + s, Bucket: "b" + s, BucketAccount: s,
			FirstSeen: day(1, 2, 3), LastSeen: day(4, 5, 6),
			EventNames: []aggregate.Count{{Value: s, Denials: cause.Denials}},
			Causes:     []aggregate.Cause{cause},
			Series:     []aggregate.Point{{Start: date(2026, 10, 1), Denials: cause.Denials}},
			Examples:   []aggregate.Example{{EventID: s, EventTime: day(1, 2, 3), ErrorCode: s, Message: rows.PlainMessage(s), Key: s, Session: s, SourceIP: s, UserAgent: s}},
			From:       aggregate.From{SourceIPs: top, UserAgents: top, Regions: top, VPCEndpoints: top, KeyPrefixes: top},
		}
	}
	r := result(w, []aggregate.Group{
		group(s, "unknown", "", causes[0]),
		group("arn:aws:iam::111122223333:role/p/x"+s, "role", "111122223333", causes[1]),
		group("p"+s, "?"+s, s, causes[2]),
		group("q"+s, "?"+s, s, aggregate.Cause{Cause: "resource-explicit", Denials: 1}),
	}, coverage.Coverage{
		Objects:  coverage.Objects{Listed: 2, Failed: 2},
		Folders:  1,
		Pruned:   []string{"logs/p" + s},
		Failures: []coverage.Failure{{Object: s, Err: errors.New(s)}, {Object: "o" + s, Err: errors.New("e" + s)}},
	})
	// What advice there is depends on the kind of the caller, on KMS, and on the call: of
	// a caller without a reason, GetObject would mean that objects may be missing.
	r.Groups[2].EventNames[0].Value = "c" + s
	r.Policies[1].Actions.List = []aggregate.Count{{Value: "a" + s, Denials: 4}}
	r.Policies[2].PrincipalType = "role"
	r.Coverage.Unsupported = []coverage.Unsupported{{Object: s, Shape: coverage.XZ, Objects: 1}, {Object: "w" + s, Shape: coverage.Splunk, Objects: 1}}
	hostileIncident(r, s)
	return r
}

// hostileIncident makes the last group an ongoing incident, which a change came
// before, so that the news names them.
func hostileIncident(r *aggregate.Result, s string) {
	g := &r.Groups[3]
	g.IncidentID = "i-1"
	g.Examples[0].EventID, g.Examples[0].Message = "e"+s, rows.PlainMessage("m"+s)
	r.Changes = []event.Change{{
		EventID: s, Time: day(1, 2, 0), Source: s, Name: "n" + s, Actor: "arn:aws:iam::111122223333:role/x" + s, Session: "v" + s, Account: s, Region: s,
		SourceIP: s, Targets: []event.Target{{Type: "bucket", Name: s}},
	}}
	r.Revisions = map[int][]aggregate.Revision{0: {{
		Of: event.Target{Type: "role", Name: "arn:aws:iam::111122223333:role/x" + s}, Name: "i" + s,
		Before: aggregate.Held{Settings: "x"}, After: aggregate.Held{Settings: "x"}, Known: true,
		Differences: []policydoc.Difference{
			{Op: policydoc.Changed, Sid: "s" + s, Statement: 1, Before: "b" + s, After: "a" + s},
			{Op: policydoc.Added, Sid: "s" + s, Statement: 2, After: "a" + s},
			{Op: policydoc.Removed, Sid: "s" + s, Statement: 2, Before: "b" + s},
		},
	}, {
		Of:     event.Target{Type: "key", Name: "k" + s},
		Before: aggregate.Held{Settings: "x"}, After: aggregate.Held{Problem: errors.New("p" + s)},
	}}}
	r.ChangesSeen = 1
	r.Incidents = []aggregate.Incident{{
		Cause: "resource-explicit",
		ID:    "i-1", Onset: day(1, 2, 3), OnsetLow: day(1, 2, 3), OnsetHigh: day(1, 2, 3), LastSeen: day(4, 5, 6),
		Shared: aggregate.Shared{Bucket: "b" + s, Cause: "resource-explicit"}, Groups: []string{g.ID}, Denials: 1, Principals: 1, Buckets: 1,
		Changes: []aggregate.Link{{Change: 0, Lag: 3 * time.Minute}},
	}}
	// Of the statements, one is that of the incident, and one that of another group.
	statement := aggregate.Statement{
		Kind: event.ResourcePolicy, Name: "n" + s, On: "o" + s, Sid: "q" + s, Number: 1, Effect: policydoc.Deny,
		Text: "t" + s, Condition: "u" + s, Matches: evaluate.MayRefuse, Why: "w" + s, Unseen: []string{"x" + s}, Denials: 3,
		Had: []aggregate.Count{{Value: "h" + s, Denials: 1}},
	}
	r.Groups[2].Statements = []aggregate.Statement{statement}
	r.Incidents[0].Proof = &aggregate.Proof{Statement: statement, Explained: 1, Of: 1}
}

// What [page.Code] and [page.Name] show of a text at most.
const maxText, maxName, maxCondition = 1024, 100, 300

// shown is what a reader of the Markdown sees of a text.
func shown(s string, limit int) string {
	if s == "" {
		return "–"
	}
	return strings.ReplaceAll(page.Shorten(page.Visible(s), limit), `\|`, `\\x7c`)
}

func FuzzMarkdownHostile(f *testing.F) {
	for _, s := range hostileTexts {
		f.Add(s)
	}
	plain := parse(f, writeHostile(f, "x"))
	f.Fuzz(func(t *testing.T, s string) {
		out := writeHostile(t, s)
		if !utf8.Valid(out) {
			t.Fatalf("the report is no UTF-8")
		}
		for _, c := range string(out) {
			if c != '\n' && c != '\u00a0' && (page.IsHostile(c) || unicode.Is(unicode.Cf, c) || unicode.IsControl(c)) {
				t.Fatalf("the report holds %U", c)
			}
		}
		got := parse(t, out)
		if !slices.Equal(got.skeleton, plain.skeleton) {
			t.Fatalf("the report has another structure:\n%v\ninstead of\n%v\n\n%s", got.skeleton, plain.skeleton, out)
		}
		if !slices.Equal(got.links, plain.links) {
			t.Fatalf("the report links to %q, not %q\n\n%s", got.links, plain.links, out)
		}
		checkCells(t, s, got)
	})
}

// checkCells looks for the whole text in each place.
func checkCells(t *testing.T, s string, p *parsed) {
	t.Helper()
	is := func(got, want string) {
		t.Helper()
		if got != want {
			t.Fatalf("got  %q\nwant %q", got, want)
		}
	}
	// Before these come the numbers, what to fix first, and the incident. The policy
	// of the incident is the first.
	policies, groups := p.tables[3][1:], p.tables[4]
	what := shown("a"+s, maxName) + " on " + shown("b"+s, maxName)
	is(groups[1][3], shown(s, maxName))
	is(groups[1][4], what)
	is(groups[1][5], shown("?"+s, maxName))
	if !strings.HasSuffix(s, "/") && !strings.HasSuffix(groups[2][3], "role (account 111122223333)") {
		t.Fatalf("a role is called %q", groups[2][3])
	}
	if !strings.Contains(s, "/") {
		is(groups[2][3], shown("x"+s, maxName)+" role (account 111122223333)")
	}
	if !strings.ContainsAny(s, "/:") {
		is(groups[2][5], "a Deny in SCP "+shown("x"+s, words.MaxPolicy)+" blocks "+shown("kms:"+s, maxName))
		is(policies[2][3], "SCP "+shown("x"+s, maxName)+" (account 111122223333)")
	}
	is(groups[3][3], shown("p"+s, maxName))
	is(groups[3][4], what)
	is(groups[3][5], "AWS gives no reason ("+shown("?"+s, maxName)+")")
	if s != "" {
		is(policies[1][4], shown("?"+s, maxName))
	}
	is(policies[3][3], "unnamed policy for "+shown("b"+s, maxName))
	is(policies[3][5], shown("p"+s, maxName)+": "+shown("a"+s, maxName))

	if !strings.HasPrefix(p.paragraphs[0], "Since Oct\u00a01 02:03 UTC, "+shown("q"+s, maxName)+" is denied access to "+shown("b"+s, maxName)+
		". Statement "+shown("q"+s, maxName)+" of the bucket policy of "+shown("o"+s, maxName)+" blocks these requests "+
		shown("u"+s, maxCondition)+". "+shown("v"+s, maxName)+" changed access ("+shown("n"+s, maxName)+") 3 minutes earlier.") {
		t.Fatalf("the news is %q", p.paragraphs[0])
	}
	n := len(p.items)
	if !strings.Contains(s, "/") {
		is(p.items[n-4], "Folders skipped because they contain no requested records: "+shown("p"+s, maxText)+": 1")
	}
	is(p.items[n-2], shown(s, maxText)+": "+shown(s, maxText))
	is(p.items[n-1], shown("o"+s, maxText)+": "+shown("e"+s, maxText))
	for i, w := range words.Warnings(hostile(s)) {
		is(p.quotes[1+i], "Note: "+shown(w, maxText))
	}
}

// Text from a log acts on no terminal, makes no line of prose wider than the page, and
// begins no line, so that it passes for nothing that is ours.
func FuzzTextHostile(f *testing.F) {
	for _, s := range hostileTexts {
		for _, more := range []byte{0, 40, 81, 255} {
			f.Add(s, more)
		}
	}
	write := func(tb testing.TB, s string, o Options) string {
		tb.Helper()
		var out bytes.Buffer
		if err := Write(&out, Text, hostile(s), o); err != nil {
			tb.Fatal(err)
		}
		if o.Color {
			return string(colorCode.ReplaceAll(out.Bytes(), nil))
		}
		return out.String()
	}
	margins := map[int][]string{}
	f.Fuzz(func(t *testing.T, s string, more byte) {
		o := Options{Width: 40 + int(more), Color: more%2 == 1}
		if more == 255 {
			o.Width = wide
		}
		if margins[o.Width] == nil {
			margins[o.Width] = leftMargin(write(t, "x", o))
		}
		text := write(t, s, o)
		if !utf8.ValidString(text) {
			t.Fatal("the report is no UTF-8")
		}
		for _, c := range text {
			if c != '\n' && (page.IsHostile(c) || unicode.Is(unicode.Cf, c) || unicode.IsControl(c)) {
				t.Fatalf("the report holds %U", c)
			}
		}
		for line := range strings.Lines(text) {
			if n := uniseg.StringWidth(strings.TrimSuffix(line, "\n")); n > o.Width && !isArgument(line) {
				t.Fatalf("a line is %d wide, not %d: %q", n, o.Width, line)
			}
		}
		if got := leftMargin(text); !slices.Equal(got, margins[o.Width]) {
			t.Fatalf("at width %d lines begin with\n%q\ninstead of\n%q\n\n%s", o.Width, got, margins[o.Width], text)
		}
		checkRunning(t, s, text, o.Width)
	})
}

// isArgument says whether a line is one argument of a command, which is never broken.
func isArgument(line string) bool {
	text := strings.TrimLeft(line, " ")
	text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), ` \`)
	return len(line)-len(text) > 5 && (!strings.Contains(text, " ") || strings.ContainsAny(text, `'"`))
}

// wide is a page on which no name is cut.
const wide = 2000

// leftMargin returns how the lines begin that are not indented.
func leftMargin(text string) (list []string) {
	for line := range strings.Lines(text) {
		if line[0] != ' ' && line[0] != '\n' {
			list = append(list, string([]rune(line)[:3]))
		}
	}
	return list
}

// checkRunning looks for the texts that a page of any width shows whole, and if
// it is wide enough for tables, for those that are names.
func checkRunning(t *testing.T, s, text string, width int) {
	t.Helper()
	texts := []string{
		page.Shorten(page.Visible("o"+s), maxText), page.Shorten(page.Visible("e"+s), maxText),
		page.Shorten(page.Visible("v"+s), maxName), page.Shorten(page.Visible("n"+s), maxName), page.Shorten(page.Visible("q"+s), maxName),
	}
	for _, w := range words.Warnings(hostile(s)) {
		texts = append(texts, page.Shorten(page.Visible(w), maxText))
	}
	if width == wide {
		for _, first := range []string{"a", "b", "?", "kms:"} {
			texts = append(texts, page.Shorten(page.Visible(first+s), maxName))
		}
	}
	blanks := strings.NewReplacer(" ", "", "\n", "")
	text = blanks.Replace(text)
	for _, want := range texts {
		if !strings.Contains(text, blanks.Replace(want)) {
			t.Fatalf("at width %d the report does not hold %q", width, want)
		}
	}
}

func writeHostile(tb testing.TB, s string) []byte {
	tb.Helper()
	var out bytes.Buffer
	if err := Write(&out, Markdown, hostile(s), Options{}); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// parsed is a report as GitHub understands it.
type parsed struct {
	skeleton []string     // all of its parts but texts
	tables   [][][]string // tables, rows, text of cells
	items    []string     // text of list items without those below them
	quotes   []string

	paragraphs []string // text of those outside lists and quotes
	links      []string // targets
	contents   []string // those of the links in the contents
	anchors    []string // ids
}

func parse(tb testing.TB, source []byte) *parsed {
	tb.Helper()
	md := goldmark.New(goldmark.WithExtensions(extension.GFM))
	p := &parsed{}
	depth := 0
	err := ast.Walk(md.Parser().Parse(text.NewReader(source)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		depth++
		switch n := n.(type) {
		case *ast.Text, *ast.String, *ast.CodeSpan:
			// How many there are depends on the text; what is in them does not matter.
			return ast.WalkContinue, nil
		case *ast.RawHTML, *ast.HTMLBlock, *ast.Link, *ast.AutoLink, *ast.Image:
			link, anchor := ownLink(tb, n, source)
			if link != "" {
				p.links = append(p.links, link)
				if strings.HasPrefix(plainText(n.Parent(), source), "Contents: ") {
					p.contents = append(p.contents, link)
				}
			} else if anchor != "" {
				p.anchors = append(p.anchors, anchor)
			}
		case *extast.Table:
			p.tables = append(p.tables, nil)
		case *extast.TableHeader, *extast.TableRow:
			last := &p.tables[len(p.tables)-1]
			*last = append(*last, nil)
		case *extast.TableCell:
			rows := p.tables[len(p.tables)-1]
			rows[len(rows)-1] = append(rows[len(rows)-1], strings.Split(plainText(n, source), cellBreak)...)
		case *ast.ListItem:
			p.items = append(p.items, plainText(n.FirstChild(), source))
		case *ast.Paragraph:
			if n.Parent().Kind() == ast.KindDocument {
				p.paragraphs = append(p.paragraphs, plainText(n, source))
			}
		case *ast.Blockquote:
			p.quotes = append(p.quotes, plainText(n, source))
		}
		p.skeleton = append(p.skeleton, fmt.Sprintf("%d %s", depth, n.Kind()))
		return ast.WalkContinue, nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

// cellBreak is between the texts that share a cell. No text contains it, because it would
// be escaped.
const cellBreak = "\x00"

// plainText is what a reader sees of a node.
func plainText(n ast.Node, source []byte) string {
	var b strings.Builder
	ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			b.Write(t.Segment.Value(source))
		} else if t, ok := n.(*ast.String); ok && entering {
			b.Write(t.Value)
		} else if t, ok := n.(*ast.RawHTML); ok && entering && string(t.Segments.Value(source)) == "<br>" {
			b.WriteString(cellBreak)
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

func FuzzJSON(f *testing.F) {
	for _, s := range hostileTexts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var out bytes.Buffer
		if err := Write(&out, JSON, hostile(s), Options{}); err != nil {
			t.Fatal(err)
		}
		if !utf8.Valid(out.Bytes()) {
			t.Fatal("the report is no UTF-8")
		}
		for _, c := range out.String() {
			if c != '\n' && (page.IsHostile(c) || unicode.Is(unicode.Cf, c) || unicode.IsControl(c)) {
				t.Fatalf("the report holds %U", c)
			}
		}
		var got struct {
			Schema   string
			Coverage reportjson.Coverage
			Groups   []reportjson.Group
			Warnings []string
		}
		decoder := json.NewDecoder(&out)
		if err := decoder.Decode(&got); err != nil {
			t.Fatal(err)
		}
		if decoder.More() {
			t.Fatal("the report goes on behind its end")
		}
		checkJSON(t, string([]rune(s)), got.Coverage, got.Groups, got.Warnings) // bytes that are no UTF-8 become U+FFFD
	})
}

func checkJSON(t *testing.T, s string, c reportjson.Coverage, groups []reportjson.Group, warnings []string) {
	t.Helper()
	want := hostile(s)
	if !slices.Equal(c.Pruned, want.Coverage.Pruned) || !slices.Equal(warnings, words.Warnings(want)) {
		t.Fatalf("got pruned %q, warnings %q", c.Pruned, warnings)
	}
	for i, f := range want.Coverage.Failures {
		if c.Failures[i] != (reportjson.Failure{Object: f.Object, Error: f.Err.Error()}) {
			t.Fatalf("got failure %q, want %q", c.Failures[i], f)
		}
	}
	for i, w := range want.Groups {
		g := groups[i]
		if g.Principal != w.Principal || g.PrincipalType != w.PrincipalType || g.PrincipalAccount != w.PrincipalAccount ||
			g.Action != w.Action || g.Bucket != w.Bucket || g.BucketAccount != w.BucketAccount || g.Denials != w.Denials ||
			!g.FirstSeen.Equal(w.FirstSeen) || !g.LastSeen.Equal(w.LastSeen) {
			t.Fatalf("got group %+v\nwant %+v", g, w)
		}
		if len(g.EventNames) != 1 || g.EventNames[w.EventNames[0].Value] != w.Denials {
			t.Fatalf("got event names %v, want %v", g.EventNames, w.EventNames)
		}
		c := w.Causes[0]
		if want := (reportjson.Cause{Cause: c.Cause, DeniedAction: c.DeniedAction, PolicyARN: c.PolicyARN, WhyNotTold: c.WhyNotTold, Denials: c.Denials}); g.Causes[0] != want {
			t.Fatalf("got cause %+v, want %+v", g.Causes[0], want)
		}
		if e := reportjson.ExampleOf(&w.Examples[0]); e != g.Examples[0] {
			t.Fatalf("got example %+v, want %+v", g.Examples[0], e)
		}
		if p := aggregate.Point(g.Series[0]); p != (aggregate.Point{Start: date(2026, 10, 1).In(time.UTC), Denials: w.Denials}) {
			t.Fatalf("got point %+v", p)
		}
	}
}
