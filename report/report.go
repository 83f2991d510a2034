// Package report writes a result for people and programs, one writer a format.
// Everything that comes from a log is hostile text; see page/escape.go.
//
// Its parts, from the bottom: page lays out blocks of text, advice and suggest know
// what to do, words has the phrases, model computes what people see, sections writes
// it for people, json, parquet and csv write for programs, picture shows it by means of
// plot, html makes a page of all of it, and brief makes a message of the first lines.
// formats.go lists the formats.
package report

import (
	"trail403/aggregate"
	"trail403/report/compare"
	"trail403/report/model"
	"trail403/report/parquet"
	"trail403/report/sections"
)

// Options say how to write a report.
type Options struct {
	// Top is how many groups and incidents the formats for people show; 0 shows all.
	Top int
	// Width is how many columns a page of text has.
	Width int
	// Color says whether text has color.
	Color bool
	// HeadFirst puts what matters most at the start of text, for a pager, and not at its
	// end, which a terminal shows.
	HeadFirst bool
	// Suggest adds statements that would allow what was denied.
	Suggest bool
	// Fit is how many bytes Markdown has at most; 0 for any number.
	Fit int
	// Timeline is the path of a picture of the timeline, which Markdown shows; "" for none.
	Timeline string
	// Against is what changed since an earlier report; nil if there is none.
	Against *compare.Comparison
	// OnlyNews leaves messages empty if nothing is new since the earlier report.
	OnlyNews bool
	// Table is what the rows of Parquet and CSV are. The default is Series for Parquet,
	// and Groups for CSV.
	Table parquet.Table
	// Zeros adds the intervals without denials to the table Series.
	Zeros bool
}

// forPeople returns what the formats for people show, and how.
func (o Options) forPeople(r *aggregate.Result) (*model.Model, sections.Options) {
	return model.Build(r, o.Top), o.sections()
}

func (o Options) sections() sections.Options {
	return sections.Options{Top: o.Top, Fit: o.Fit, Timeline: o.Timeline, Suggest: o.Suggest, Against: o.Against}
}
