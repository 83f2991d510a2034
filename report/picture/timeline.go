package picture

import (
	"slices"

	"trail403/ingest/event"
	"trail403/report/model"
	"trail403/report/plot"
	"trail403/report/words"
)

// Timeline shows all denials of the window by cause, the incidents, the changes before
// them, and what was not seen. It is nil if there is nothing to show.
func Timeline(m *model.Model) *plot.Picture {
	b := BinsOf(m.Window)
	if b.N == 0 || len(m.Groups) == 0 {
		return nil
	}
	all := pointers(m.Result)
	t := plot.Timeline{
		Label: "Timeline: " + words.Plural(m.Totals.Denials, "denial").Plain() + words.Period(m.Window).Plain() +
			", with incidents and access changes",
		Start: b.Start(), Step: b.Step(), Bins: b.N, Noun: "denial",
		Stack: stackOf(all, b, Ranked(all)), Spans: spansOf(m), Marks: marksOf(m), Gaps: gapsOf(m.Result),
		Width: width, Height: 170,
	}
	return t.Picture()
}

// File is the timeline as a file of its own, which says so if there is nothing to show.
func File(m *model.Model) string {
	p := Timeline(m)
	if p == nil {
		p = &plot.Picture{Width: width, Height: 40, Label: "No denials", Shapes: []plot.Shape{
			{Form: plot.Label, X: 10, Y: 24, Class: "label", Text: "No denials" + words.Period(m.Window).Plain()},
		}}
	}
	return p.File()
}

// Incident shows the denials of an incident's groups in the window, and the changes
// before and after it.
// ranked are the causes of all groups, so that each has the same color as there.
func Incident(m *model.Model, in *model.Incident, ranked []event.Cause) *plot.Picture {
	b := BinsOf(m.Window)
	if b.N == 0 || len(in.Members) == 0 {
		return nil
	}
	t := plot.Timeline{
		Label: "Timeline of incident " + words.Comma(in.Number).Plain(),
		Start: b.Start(), Step: b.Step(), Bins: b.N, Noun: "denial", Small: true,
		Stack: stackOf(in.Members, b, ranked), Gaps: gapsOf(m.Result),
		Width: width, Height: 56,
	}
	for _, l := range slices.Concat(in.Changes[:min(len(in.Changes), 1)], in.After[:min(len(in.After), 3)]) {
		t.Marks = append(t.Marks, markOf(&m.Changes[l.Change], m.Window, ""))
	}
	return t.Picture()
}
