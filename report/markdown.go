package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"trail403/aggregate"
	"trail403/ingest"
)

// maxNamed is how many failures or folders are named in a report for people.
// JSON names all.
const maxNamed = 20

// writeMarkdown writes the report for people, in GitHub's Markdown.
func writeMarkdown(w io.Writer, r *aggregate.Result, o Options) error {
	m := &markdown{w: bufio.NewWriter(w), r: r, o: o}
	m.headline()
	m.groups()
	m.causes()
	m.coverage()
	if m.err != nil {
		return m.err
	}
	return m.w.Flush()
}

// markdown remembers the first error, so that one check at the end is enough.
type markdown struct {
	w   *bufio.Writer
	err error
	r   *aggregate.Result
	o   Options
}

func (m *markdown) printf(format string, args ...any) {
	if m.err == nil {
		_, m.err = fmt.Fprintf(m.w, format, args...)
	}
}

// row prints a row of a table; its cells must be escaped.
func (m *markdown) row(cells ...string) { m.printf("| %s |\n", strings.Join(cells, " | ")) }

// headline says in a few lines what a tired person must know.
func (m *markdown) headline() {
	t := m.r.Totals
	if t.Denials == 0 {
		m.printf("# S3 access denied: no denials\n\n")
		m.printf("S3 refused nobody%s, in %s.\n", period(m.r.Window), plural(m.r.Coverage.Records.Seen, "record"))
	} else {
		m.printf("# S3 access denied: %s in %s\n\n", plural(t.Denials, "denial"), plural(t.Groups, "group"))
		m.printf("S3 refused **%s** on **%s**%s.", plural(t.Principals, "principal"), plural(t.Buckets, "bucket"), period(m.r.Window))
		g := &m.r.Groups[0]
		m.printf(" Most often: %s, %s%s, **%s** times (%s).", principalCode(g), code(g.Action), onBucket(g), comma(g.Denials), percent(g.Denials, t.Denials))
		c := m.r.Causes[0]
		m.printf(" Most common cause: %s (%s).\n", code(c.Cause), percent(causeTotals(m.r.Causes)[c.Cause], t.Denials))
	}
	if failed := m.r.Coverage.Objects.Failed; failed > 0 {
		m.printf("\n> **Incomplete:** %s of %s could not be read. What they hold is missing here; see [Coverage](#coverage).\n",
			plural(failed, "object"), comma(m.r.Coverage.Objects.Listed))
	}
	for _, w := range m.r.Warnings {
		m.printf("\n> %s\n", visible(w))
	}
}

func (m *markdown) groups() {
	groups := m.r.Groups
	if len(groups) == 0 {
		return
	}
	if m.o.Top > 0 && len(groups) > m.o.Top {
		groups = groups[:m.o.Top]
	}
	m.printf("\n## Groups\n\n")
	m.row("Denials", "Principal", "Action", "Bucket", "Cause", "Per "+perInterval(m.r.Window), "First seen", "Last seen")
	m.row("---:", "---", "---", "---", "---", "---", "---", "---")
	shown := 0
	for i := range groups {
		g := &groups[i]
		shown += g.Denials
		m.row(comma(g.Denials), principalCode(g), code(g.Action), code(g.Bucket), groupCause(g),
			"`"+sparkline(g.Series, m.r.Window)+"`", minute(g.FirstSeen), minute(g.LastSeen))
	}
	if rest := len(m.r.Groups) - len(groups); rest > 0 {
		m.printf("\nShown are %s of %s; the other %s hold %s (%s). `--top 0` shows all.\n",
			comma(len(groups)), plural(len(m.r.Groups), "group"), comma(rest),
			plural(m.r.Totals.Denials-shown, "denial"), percent(m.r.Totals.Denials-shown, m.r.Totals.Denials))
	}
}

// groupCause names a group's main cause and how many others there are.
func groupCause(g *aggregate.Group) string {
	s := causeCode(g.Causes[0])
	if n := len(g.Causes) - 1; n > 0 {
		s += fmt.Sprintf(" +%d", n)
	}
	return s
}

func causeCode(c aggregate.Cause) string {
	s := code(c.Cause)
	switch {
	case c.WhyNotTold != "":
		s += " (" + c.WhyNotTold + ")"
	case c.PolicyARN != "":
		s += " " + code(shortPolicy(c.PolicyARN))
	}
	return s
}

func (m *markdown) causes() {
	causes := m.r.Causes
	if len(causes) == 0 {
		return
	}
	if m.o.Top > 0 && len(causes) > m.o.Top {
		causes = causes[:m.o.Top]
	}
	m.printf("\n## Causes\n\n")
	m.row("Denials", "Share", "Cause", "Action in the message", "Policy")
	m.row("---:", "---:", "---", "---", "---")
	shown := 0
	for _, c := range causes {
		shown += c.Denials
		name := code(c.Cause)
		if c.WhyNotTold != "" {
			name += " (" + c.WhyNotTold + ")"
		}
		m.row(comma(c.Denials), percent(c.Denials, m.r.Totals.Denials), name, code(c.DeniedAction), code(c.PolicyARN))
	}
	if rest := len(m.r.Causes) - len(causes); rest > 0 {
		m.printf("\nShown are %d of %d causes; the others stand behind %s.\n", len(causes), len(m.r.Causes), plural(m.r.Totals.Denials-shown, "denial"))
	}
}

func (m *markdown) coverage() {
	c := &m.r.Coverage
	m.printf("\n## Coverage\n\n")
	m.printf("- Objects: %s listed = %s read + %s failed + %s skipped.\n",
		comma(c.Objects.Listed), comma(c.Objects.Read), comma(c.Objects.Failed), comma(c.Objects.TotalSkipped()))
	rec := c.Records
	m.printf("- Records: %s seen = %s kept + %s not S3 denials + %s duplicates + %s outside the window + %s excluded + %s malformed.\n",
		comma(rec.Seen), comma(rec.Kept), comma(rec.NotS3Denied), comma(rec.Duplicate), comma(rec.OutsideWindow), comma(rec.Excluded), comma(rec.Malformed))
	m.printf("- Bytes: %s stored, %s decompressed.\n", humanize.IBytes(uint64(c.Bytes.Compressed)), humanize.IBytes(uint64(c.Bytes.Decompressed)))
	for _, reason := range ingest.Reasons() {
		if n := c.Objects.Skipped[reason]; n > 0 {
			m.printf("- Skipped: %s, %s\n", plural(n, "object"), skipText[reason])
		}
	}
	if n := len(c.Pruned); n > 0 {
		m.printf("- Passed over unlisted, since they hold no records: %s:\n", plural(n, "folder"))
		m.named(n, func(i int) string { return code(c.Pruned[i]) })
	}
	if n := len(c.Failures); n > 0 {
		m.printf("- **Could not be read**: %s:\n", plural(n, "object"))
		m.named(n, func(i int) string { return code(c.Failures[i].Object) + ": " + code(c.Failures[i].Error) })
	}
}

// named prints the first of n names as a list below a list item.
func (m *markdown) named(n int, name func(int) string) {
	for i := range min(n, maxNamed) {
		m.printf("  - %s\n", name(i))
	}
	if n > maxNamed {
		m.printf("  - and %s more; the JSON report names all\n", comma(n-maxNamed))
	}
}

// skipText says why an object of the reason holds nothing that counts.
var skipText = map[ingest.Reason]string{
	ingest.SkipDigest:         "digest files of CloudTrail",
	ingest.SkipInsight:        "CloudTrail Insights",
	ingest.SkipAggregated:     "aggregated events of CloudTrail",
	ingest.SkipConfig:         "AWS Config",
	ingest.SkipS3Notification: "S3 event notifications",
	ingest.SkipOutsideWindow:  "delivered outside the window, going by their path",
	ingest.SkipNotCloudTrail:  "no CloudTrail",
	ingest.SkipUnsupported:    "CloudTrail in a shape that cannot be read",
	ingest.SkipEmpty:          "empty",
}

func period(w aggregate.Window) string {
	switch {
	case w.From.IsZero() && w.To.IsZero():
		return ""
	case w.From.IsZero():
		return " before " + minute(w.To) + " UTC"
	case w.To.IsZero():
		return " since " + minute(w.From) + " UTC"
	}
	return " from " + minute(w.From) + " to " + minute(w.To) + " UTC"
}

func perInterval(w aggregate.Window) string {
	switch w.Interval {
	case aggregate.Hour:
		return "hour"
	case aggregate.Day:
		return "day"
	case aggregate.Week:
		return "week"
	}
	return w.Interval.String()
}

// principalCode names a principal by what people say, not by its ARN.
func principalCode(g *aggregate.Group) string {
	name := g.Principal
	if _, rest, ok := strings.Cut(name, ":"+g.PrincipalAccount+":"); ok && g.PrincipalAccount != "" {
		name = rest
	}
	s := code(name)
	if name != g.Principal {
		s += " in " + g.PrincipalAccount
	}
	return s
}

func onBucket(g *aggregate.Group) string {
	if g.Bucket == "" {
		return ""
	}
	return " on " + code(g.Bucket)
}

// shortPolicy returns the last part of a policy's ARN: its name or id.
func shortPolicy(arn string) string { return arn[strings.LastIndexAny(arn, "/:")+1:] }

func causeTotals(causes []aggregate.Cause) map[string]int {
	totals := map[string]int{}
	for _, c := range causes {
		totals[c.Cause] += c.Denials
	}
	return totals
}

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }

func comma(n int) string { return humanize.Comma(int64(n)) }

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return comma(n) + " " + noun + "s"
}

func percent(n, total int) string {
	p := 100 * float64(n) / float64(max(total, 1))
	switch {
	case n > 0 && p < 0.1:
		return "< 0.1%"
	case p < 10 && n < total:
		return fmt.Sprintf("%.1f%%", p)
	}
	return fmt.Sprintf("%.0f%%", p)
}
