// Package report writes a result for people and programs, one writer a format.
// Everything that comes from a log is hostile text; see escape.go.
package report

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"trail403/aggregate"
	"trail403/report/parquet"
)

// Format is a way to write a report.
type Format string

const (
	Markdown Format = "markdown"
	Text     Format = "text"
	JSON     Format = "json"
	Parquet  Format = "parquet"
)

// Formats returns all formats.
func Formats() []Format { return []Format{Markdown, Text, JSON, Parquet} }

// FormatOf returns the format that a file's name asks for.
func FormatOf(name string) (Format, bool) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".md", ".markdown":
		return Markdown, true
	case ".txt":
		return Text, true
	case ".json":
		return JSON, true
	case ".parquet":
		return Parquet, true
	}
	return "", false
}

// Options say how to write a report.
type Options struct {
	// Top is how many groups, and causes, the formats for people show; 0 shows all.
	Top int
	// Width is how many columns a page of text has.
	Width int
	// Color says whether text has colour.
	Color bool
	// Suggest adds statements that would allow what was refused.
	Suggest bool
	// Table is what the rows of Parquet are.
	Table parquet.Table
}

// Write writes the result. It does not change it. An error is one of w.
func Write(w io.Writer, f Format, r *aggregate.Result, o Options) error {
	switch f {
	case Markdown:
		return writeMarkdown(w, r, o)
	case Text:
		return writeText(w, r, o)
	case JSON:
		return writeJSON(w, r, o)
	case Parquet:
		return parquet.Write(w, r, o.Table, parquet.Metadata{Window: windowOf(r), Coverage: coverageOf(r)})
	}
	return fmt.Errorf("unknown format %q", f)
}
