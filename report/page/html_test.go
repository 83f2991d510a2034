package page

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func writeHTML(write func(h *HTML)) string {
	var b strings.Builder
	h := NewHTML(&b)
	write(h)
	h.Flush()
	return b.String()
}

func TestHTML(t *testing.T) {
	got := writeHTML(func(h *HTML) {
		h.Heading(2, "Other policies")
		h.Heading(3, At(Anchor{"policy", 1}, "One"))
		h.Bullet(Bold("a") + " b")
		h.Below("c")
		h.Below("d")
		h.Bullet("e")
		h.Step(Link(Anchor{"policy", 1}, "see "+Code("<x>")))
		h.Step(Web("https://s3.console.aws.amazon.com/x?a=b&c=d", "bucket") + Web("https://example.com", " x"))
		h.Notice(Alarm, "Alarm", Toned(Warning, "w"))
		h.Table(Table{Columns: []Column{{Title: "N", Right: true}, {Title: "T"}}, Rows: slices.Values([][]Text{{"1", Command("aws x")}}),
			Times: func(row int) (first, last time.Time) { return time.Unix(int64(row), 0), time.Unix(9, 0) }})
		h.Listing("json", `{"a": "<b>"}`)
		h.Raw("<hr>")
	})
	want := `<h2 id="other-policies">Other policies</h2>
<h3>One<span id="policy-1"></span></h3>
<ul><li><strong>a</strong> b
<ul><li>c</li><li>d</li></ul></li>
<li>e</li></ul>
<ol><li><a href="#policy-1">see <code>&lt;x&gt;</code></a></li>
<li><a rel="noopener noreferrer" href="https://s3.console.aws.amazon.com/x?a=b&amp;c=d">bucket</a> x</li></ol>
<p class="notice alarm"><strong>Alarm:</strong> <span class="warning">w</span></p>
<div class="scroll" tabindex="0"><table><thead><tr><th scope="col" class="right">N</th><th scope="col">T</th></tr></thead>
<tbody><tr data-from="0" data-to="9"><td class="right">1</td><td><code class="command">aws x</code></td></tr>
</tbody></table></div>
<pre><code>{&#34;a&#34;: &#34;&lt;b&gt;&#34;}</code></pre>
<hr>`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Whatever a text is, it adds one element of code and nothing else.
func FuzzHTMLHostile(f *testing.F) {
	for _, s := range []string{"x", "<b>", `"'>&lt;`, "\ufdd0\ufddcalarms\ufddf", "</code>", "\x00\xff\u202e", "&#60;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if s == "" {
			return
		}
		got, ok := strings.CutPrefix(string(Code(s).HTML()), "<code>")
		got, closed := strings.CutSuffix(got, "</code>")
		if !ok || !closed || strings.ContainsAny(got, "<>\"'\n") || strings.ContainsFunc(got, IsHostile) {
			t.Errorf("%q became %q", s, got)
		}
	})
}
