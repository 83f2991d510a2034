package report

import (
	"fmt"
	"io"

	"trail403/aggregate"
	"trail403/report/json"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/sections"
)

// Question is what somebody asks about.
type Question = sections.Question

// WriteWhy answers why somebody is denied access, from a result whose filters are the
// question. The formats are those of a comparison. An error is one of w.
func WriteWhy(w io.Writer, f Format, r *aggregate.Result, o Options, q Question) error {
	a := model.Build(r, 0).Answer()
	switch f {
	case Text:
		return sections.Why(page.NewTerminal(w, o.Width, o.Color), a, q, true)
	case Markdown:
		return sections.Why(page.NewMarkdown(w), a, q, false)
	case JSON:
		return json.WriteWhy(w, a, json.Question{Principal: q.Principal, Bucket: q.Bucket, Action: q.Action})
	}
	return fmt.Errorf("unknown format %q", f)
}
