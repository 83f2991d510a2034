package brief

import (
	"io"
	"strings"

	"trail403/aggregate"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/sections"
)

// Annotations writes what a run on GitHub shows at its top: alarms as errors, and ongoing
// incidents and what the data lacks as warnings.
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
func Annotations(w io.Writer, r *aggregate.Result) error {
	m := model.Build(r, 0)
	c := &collector{}
	sections.For(c, m, sections.Options{}).Headline()
	var b strings.Builder
	for _, n := range c.notices {
		switch n.tone {
		case page.Alarm:
			annotate(&b, "error", n.text)
		case page.Warning:
			annotate(&b, "warning", n.text)
		}
	}
	for _, t := range c.paragraphs[:min(len(c.paragraphs), len(m.News), maxOwners)] {
		annotate(&b, "warning", t)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// annotate writes a command of GitHub. A text has no line breaks, and what remains with a
// meaning in a command is the percent sign.
func annotate(b *strings.Builder, level string, t page.Text) {
	b.WriteString("::" + level + " title=S3 access denied::" + strings.ReplaceAll(t.Plain(), "%", "%25") + "\n")
}
