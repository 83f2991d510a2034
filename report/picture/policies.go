package picture

import (
	"strconv"

	"trail403/report/model"
	"trail403/report/plot"
	"trail403/report/words"
)

// Fixes shows the policies to fix first as bars: all denials of each, and the recent
// ones of them. It is nil if there are none.
func Fixes(m *model.Model) *plot.Picture {
	var list []plot.Bar
	for i, f := range m.Fixes[:min(len(m.Fixes), model.MaxFixes)] {
		p := f.Policy
		if p.Recent == 0 {
			continue
		}
		link := "policy-" + strconv.Itoa(i+1)
		if f.Incident != nil {
			link = Anchor(f.Incident)
		}
		list = append(list, plot.Bar{
			Name: words.Capital(words.PolicyTitle(p)).Plain(), All: p.Denials, Part: p.Recent, Link: link,
			Title: words.Capital(words.PolicyTitle(p)).Plain() + ": " + words.Plural(p.Denials, "denial").Plain() +
				", " + words.Comma(p.Recent).Plain() + " of them recent",
		})
	}
	if len(list) == 0 {
		return nil
	}
	return plot.Bars("Policies to fix first, by denials; the dark part is recent", list, width)
}
