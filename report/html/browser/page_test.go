package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const rows = `document.querySelectorAll("#table tbody tr").length`

// report is what the tests compare with the page.
type report struct {
	Totals    struct{ Denials, Groups int }
	Incidents []struct{ ID string }
	Groups    []struct {
		ID, Bucket string
		Denials    int
		IncidentID string `json:"incident_id"`
		Series     []struct {
			Start   string
			Denials int
		}
	}
}

func demo(t *testing.T) (url string, r report) {
	t.Helper()
	chromium(t)
	dir := reportOn(t, "../../../testdata/demo")
	text, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	return "file://" + filepath.Join(dir, "report.html"), r
}

// The page counts what JSON counts, also when it is narrowed.
func TestCounts(t *testing.T) {
	url, r := demo(t)
	b := open(t, url).ready()
	status := `document.getElementById("status").textContent`
	b.want(status, fmt.Sprintf("%d groups with %s denials.", r.Totals.Groups, comma(r.Totals.Denials)))
	b.want(`document.querySelectorAll("section.card").length`, fmt.Sprint(len(r.Incidents)))
	b.want(`document.querySelector("section.card").id`, r.Incidents[0].ID)

	// Search.
	groups, denials := 0, 0
	for _, g := range r.Groups {
		if strings.Contains(g.Bucket, "corp-data") {
			groups, denials = groups+1, denials+g.Denials
		}
	}
	b.run(chromedp.SendKeys("#search", "on corp-data\n", chromedp.ByID))
	if got := b.number(rows); got < groups || got == r.Totals.Groups {
		t.Errorf("the search shows %d groups, want at least %d", got, groups)
	}
	b.run(chromedp.Click("#reset", chromedp.ByID))

	// One incident.
	in := r.Incidents[0].ID
	groups, denials = 0, 0
	for _, g := range r.Groups {
		if g.IncidentID == in {
			groups, denials = groups+1, denials+g.Denials
		}
	}
	b.run(chromedp.Click("section.card > button", chromedp.ByQuery))
	b.want(status, fmt.Sprintf("%d groups with %s denials of %d groups.", groups, comma(denials), r.Totals.Groups))
	b.run(chromedp.Click("#reset", chromedp.ByID))

	// A range of the timeline, by keyboard: the last day alone.
	groups, denials = 0, 0
	for _, g := range r.Groups {
		n := 0
		for _, p := range g.Series {
			if p.Start == "2026-10-31T00:00:00Z" {
				n += p.Denials
			}
		}
		if n > 0 {
			groups, denials = groups+1, denials+n
		}
	}
	b.run(chromedp.Focus("#from", chromedp.ByID), chromedp.KeyEvent(kb.End))
	b.want(status, fmt.Sprintf("%d groups with %s denials of %d groups from 2026-10-31 00:00 to 2026-11-01 00:00 UTC.",
		groups, comma(denials), r.Totals.Groups))
	if shown := b.number(`document.querySelectorAll("section.card:not([hidden])").length`); shown == 0 || shown >= len(r.Incidents) {
		t.Errorf("%d of %d incidents are shown for the last day", shown, len(r.Incidents))
	}
	b.run(chromedp.Click("#clear", chromedp.ByID))
	b.want(status, fmt.Sprintf("%d groups with %s denials.", r.Totals.Groups, comma(r.Totals.Denials)))
}

// A pointer that is drawn over the timeline chooses a range.
func TestBrush(t *testing.T) {
	url, _ := demo(t)
	b := open(t, url).ready()
	b.run(chromedp.Evaluate(`(() => {
		const svg = document.querySelector("#brush .plot"), box = svg.getBoundingClientRect();
		const send = (kind, x) => svg.dispatchEvent(new PointerEvent(kind, {clientX: box.left + box.width * x, clientY: box.top + 150, button: 0, pointerId: 1, bubbles: true}));
		svg.setPointerCapture = () => {};
		send("pointerdown", .5); send("pointermove", .7); send("pointerup", .7);
	})()`, nil))
	from, to := b.number(`document.getElementById("from").value`), b.number(`document.getElementById("to").value`)
	if from < 13 || from > 16 || to < 20 || to > 23 {
		t.Errorf("the range is from %d to %d", from, to)
	}
}

// A range narrows the matrix to its denials, and hides the policies, rows, incidents,
// alarms and hints that have none in it. All of it comes back with the entire window.
func TestNarrowing(t *testing.T) {
	url, r := demo(t)
	b := open(t, url).ready()
	const cells = `[...document.querySelectorAll(".plot.matrix rect")]`
	const sum = cells + `.reduce((n, c) => n + Number((/: ([\d,]+) denial/.exec(c.dataset.tip || "") || [0, "0"])[1].replace(",", "")), 0)`
	const look = cells + `.map((c) => c.getAttribute("class") + c.dataset.tip).join("\n")`
	const shown = `document.querySelectorAll("[data-from]:not([hidden])").length`
	before, all, denials := b.text(look), b.number(shown), b.number(sum)
	b.want(`document.getElementById("narrowed").hidden`, "true")
	set := func(slider string, value int) {
		b.run(chromedp.Evaluate(fmt.Sprintf(`(() => {
			const slider = document.getElementById(%q);
			slider.value = %d;
			slider.dispatchEvent(new Event("input"));
		})()`, slider, value), nil))
	}
	const hints = `[...document.querySelectorAll("li[data-from]:not([hidden]) > strong")].map((s) => s.textContent).join()`
	const alarms = `document.querySelectorAll("#alarms ~ div[data-from]:not([hidden])").length`
	set("from", 0)
	b.want(look, before)
	b.want(hints, "anonymous-probe,403-is-404,hidden-block-public-access")
	b.want(alarms, "1")
	set("to", 28)
	b.want(alarms, "0")
	set("to", 31)
	set("from", 28)
	b.want(hints, "anonymous-probe,hidden-block-public-access")
	b.want(alarms, "1")
	b.want(`document.getElementById("narrowed").hidden`, "false")
	want := 0
	for _, g := range r.Groups {
		for _, p := range g.Series {
			if p.Start >= "2026-10-29" {
				want += p.Denials
			}
		}
	}
	got := b.number(sum)
	if left := r.Totals.Denials - denials; got > want || got < want-left {
		t.Errorf("the matrix has %d denials of the range, of %d in all", got, want)
	}
	if n := b.number(shown); n == 0 || n >= all {
		t.Errorf("%d of %d parts are shown", n, all)
	}
	b.run(chromedp.Click("#clear", chromedp.ByID))
	b.want(look, before)
	b.want(shown, strconv.Itoa(all))
}

func TestSort(t *testing.T) {
	url, r := demo(t)
	b := open(t, url).ready()
	first := `document.querySelector("#table tbody tr").id`
	b.want(first, r.Groups[0].ID)
	b.run(chromedp.Click(`th[data-sort="n"] button`, chromedp.ByQuery))
	b.want(`document.querySelector("#table tbody td").textContent`, "1")
	b.want(`document.querySelector('th[data-sort="n"]').getAttribute("aria-sort")`, "ascending")
	b.run(chromedp.Click(`th[data-sort="f"] button`, chromedp.ByQuery))
	b.want(`document.querySelector('th[data-sort="n"]').getAttribute("aria-sort")`, "null")
}

// A group opens by its link, closes by Escape, and opens again by keyboard.
func TestDrawer(t *testing.T) {
	url, r := demo(t)
	last := r.Groups[len(r.Groups)-1].ID
	b := open(t, url+"#"+last).ready()
	isOpen := `document.getElementById("drawer").open`
	b.want(isOpen, "true")
	b.want(`document.querySelector("#drawer dd:last-of-type").textContent`, last)
	b.want(`document.activeElement.textContent`, "Close")
	b.run(chromedp.KeyEvent(kb.Escape))
	b.want(isOpen, "false")
	b.want(`location.hash`, "")
	b.run(chromedp.Focus("#table tbody button", chromedp.ByQuery), chromedp.KeyEvent(kb.Enter))
	b.want(isOpen, "true")
	b.want(`location.hash`, "#"+r.Groups[0].ID)
	b.run(chromedp.Evaluate(`navigator.clipboard.writeText = async (text) => { window.copied = text; }`, nil),
		chromedp.Click("#drawer button.copy", chromedp.ByQuery))
	if got := b.text("window.copied"); !strings.HasPrefix(got, "trail403 report --principal ") {
		t.Errorf("the button copies %q", got)
	}
}

// Tab goes through the page in its order, from the link that skips to the groups.
func TestKeyboard(t *testing.T) {
	url, _ := demo(t)
	b := open(t, url).ready()
	b.run(chromedp.KeyEvent(kb.Tab))
	b.want(`document.activeElement.className`, "skip")
	for range 8 { // the links of the first paragraphs and of the timeline
		b.run(chromedp.KeyEvent(kb.Tab))
	}
	mark := `document.activeElement.closest(".plot") !== null`
	for range 10 {
		if b.text(mark) == "true" {
			break
		}
		b.run(chromedp.KeyEvent(kb.Tab))
	}
	b.want(mark, "true")
	b.want(`document.getElementById("tip").hidden`, "false")
	if tip := b.text(`document.getElementById("tip").textContent`); !strings.Contains(tip, " UTC: ") {
		t.Errorf("the first thing in the timeline says %q", tip)
	}
}

func TestThemesAndPrint(t *testing.T) {
	url, _ := demo(t)
	paper := map[string]string{"light": "rgb(255, 255, 255)", "dark": "rgb(13, 17, 23)"}
	for theme, want := range paper {
		b := open(t, url, themed(theme)).ready()
		b.want(`getComputedStyle(document.body).backgroundColor`, want)
	}
	b := open(t, url).ready()
	var pdf []byte
	b.run(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = page.PrintToPDF().Do(ctx)
		return err
	}))
	if !strings.HasPrefix(string(pdf), "%PDF") || len(pdf) < 50_000 {
		t.Errorf("the print has %d bytes", len(pdf))
	}
}

// On a phone, the page itself is not wider than the screen: only tables and pictures
// scroll.
func TestNarrow(t *testing.T) {
	url, _ := demo(t)
	b := open(t, url, chromedp.EmulateViewport(390, 844)).ready()
	if width := b.number("document.documentElement.scrollWidth"); width > 390 {
		t.Errorf("the page is %d wide", width)
	}
}

// Without its script, the page has everything above the groups, and the first of them.
func TestWithoutScript(t *testing.T) {
	url, r := demo(t)
	b := open(t, url, emulation.SetScriptExecutionDisabled(true))
	var html string
	b.run(chromedp.OuterHTML("html", &html))
	for _, want := range []string{"<h1>S3 access denied, October 2026</h1>", `id="` + r.Groups[0].ID + `"`, `id="` + r.Groups[len(r.Groups)-1].ID + `"`} {
		if !strings.Contains(html, want) {
			t.Errorf("without script, the page lacks %s", want)
		}
	}
}

// With axe-core, which `make tools-browser` installs.
func TestAccessibility(t *testing.T) {
	url, _ := demo(t)
	axe, err := os.ReadFile("../../../.tools/npm/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Skip("there is no axe-core: make tools-browser installs it")
	}
	// What is not about color is the same in both.
	for theme, rules := range map[string]string{"light": "{}", "dark": `{runOnly: ["color-contrast"]}`} {
		b := open(t, url, themed(theme)).ready()
		var found string
		b.run(chromedp.Evaluate(string(axe), nil), chromedp.Evaluate(
			"axe.run("+rules+`).then((r) => r.violations.map((v) => v.id + ": " + v.nodes.length + " " + v.nodes[0].html + " " + v.nodes[0].failureSummary).join("\n"))`,
			&found, awaited))
		if found != "" {
			t.Errorf("%s: %s", theme, found)
		}
	}
}

// An archive with many groups has a page of a bearable size.
func TestSize(t *testing.T) {
	chromium(t)
	dir := reportOn(t, crowd(t, 5000))
	info, err := os.Stat(filepath.Join(dir, "report.html"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 4_000_000 {
		t.Errorf("the page of 5,000 groups has %d bytes", info.Size())
	}
	t.Logf("the page of 5,000 groups has %d bytes", info.Size())
	b := open(t, "file://"+filepath.Join(dir, "report.html")).ready()
	b.want(rows, "50")
	b.run(chromedp.Click("#more", chromedp.ByID))
	b.want(rows, "250")
	t.Logf("filtering takes %s ms", b.text(`(() => {
		const search = document.getElementById("search"), times = [];
		for (const word of ["warm up", "team-01", "department-033 team-0", "nothing of the kind", "10.0.7."]) {
			search.value = word;
			const start = performance.now();
			search.dispatchEvent(new Event("input"));
			times.push((performance.now() - start).toFixed(1));
		}
		return times.join(", ");
	})()`))
}

// themed asks for a theme, as a reader's system does.
func themed(theme string) chromedp.Action {
	return emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}})
}

// awaited waits for a promise.
func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

// comma writes a number with commas.
func comma(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
