package report

import (
	"fmt"
	"io"

	"trail403/report/json"
	"trail403/report/page"
	"trail403/report/sections"
)

// ComparisonFormats are the formats of a comparison alone.
func ComparisonFormats() []Format { return []Format{Text, Markdown, JSON} }

// WriteComparison writes only what changed since an earlier report, which is in
// o.Against. An error is one of w.
func WriteComparison(w io.Writer, f Format, o Options) error {
	options := sections.Options{Top: o.Top, Against: o.Against}
	switch f {
	case Text:
		return sections.Comparison(page.NewTerminal(w, o.Width, o.Color), options)
	case Markdown:
		return sections.Comparison(page.NewMarkdown(w), options)
	case JSON:
		return json.WriteComparison(w, o.Against)
	}
	return fmt.Errorf("unknown format %q", f)
}
