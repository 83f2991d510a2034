// Package html writes a report as one page for browsers. The page loads nothing: its
// style, its script and its data are in it, and a Content-Security-Policy in it forbids
// everything else. Without its script, it is complete but for the groups after the first
// ones and what is known of each.
//
// The files, each using only those before it:
//
//  1. embed.go, policy.go: the style, the script and the frame of the page, and the
//     Content-Security-Policy.
//  2. detail.go, group.go: what is known of a group.
//  3. data.go: what the script knows of all groups, compressed.
//  4. table.go: rows of the table of groups.
//  5. cards.go: incidents and policies as parts of the page.
//  6. pictures.go, groups.go: pictures, and the table of groups.
//  7. html.go: the page.
package html

import (
	"html/template"
	"io"

	"trail403/aggregate"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/picture"
	"trail403/report/plot"
	"trail403/report/sections"
	"trail403/report/words"
)

// most is how many incidents and policies the page has. A table of groups within an
// incident is short, because the page has all groups in one table.
const most = 1000

// Write writes the page.
func Write(w io.Writer, r *aggregate.Result, o sections.Options) error {
	m := model.Build(r, 0)
	d := newData(m)
	look := plot.Style + style
	head := map[string]any{
		"Title":  "S3 access denied" + words.Title(r.Window).Plain(),
		"Policy": policy(look, script), "Style": template.CSS(look),
	}
	if err := parts().ExecuteTemplate(w, "head", head); err != nil {
		return err
	}
	c := &cards{HTML: page.NewHTML(w), m: m, ranked: d.view.ranked, heat: d.view.heat}
	o.Top, o.Rest = most, page.Link(page.Anchor{Word: "groups"}, "The table of groups")+" and JSON have all."
	s := sections.For(c, m, o)
	s.Headline()
	c.timeline()
	s.Since()
	s.Fixes()
	c.picture(picture.Fixes(m), "whole")
	c.section(alarm, s.Alarms)
	c.section(incident, s.Incidents)
	c.section(policyCard, s.OtherPolicies)
	s.Policies()
	c.matrix()
	s.Breakdown()
	if err := c.groups(d); err != nil {
		return err
	}
	c.section(hint, s.Hints)
	for _, write := range []func(){s.Layers, s.Suggestions, s.Coverage} {
		write()
	}
	c.picture(picture.Records(&r.Coverage), "")
	if err := c.Flush(); err != nil {
		return err
	}
	packed, err := d.packed()
	if err != nil {
		return err
	}
	return parts().ExecuteTemplate(w, "end", map[string]any{"Data": packed, "Script": template.JS(script)})
}
