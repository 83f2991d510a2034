package report

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"trail403/aggregate"
	"trail403/report/brief"
	"trail403/report/csv"
	"trail403/report/html"
	"trail403/report/json"
	"trail403/report/model"
	"trail403/report/page"
	"trail403/report/parquet"
	"trail403/report/picture"
	"trail403/report/sections"
)

// Format is the name of a way to write a report.
type Format string

// The formats that have a role of their own.
const (
	Text     Format = "text"     // the default on a terminal
	Markdown Format = "markdown" // the default elsewhere
	JSON     Format = "json"
	JSONL    Format = "jsonl"
	Parquet  Format = "parquet"
	CSV      Format = "csv"
	HTML     Format = "html"
	SVG      Format = "svg"
	Brief    Format = "brief"
	Slack    Format = "slack"
	Teams    Format = "teams"
)

// A Kind is all there is to know about a format. Help, hints, completion and errors
// come from it, so a new format is one more entry of kinds.
type Kind struct {
	Format
	Title      string   // as sentences name it
	Extensions []string // of the files, the usual one first; none if a name cannot ask for the format
	About      string   // one line
	Binary     bool     // never for a terminal

	write func(w io.Writer, r *aggregate.Result, o Options) error
}

// kinds has all formats in the order in which they are listed.
var kinds = []Kind{
	{
		Format: Text, Title: "Text", Extensions: []string{".txt"}, About: "for people, on a terminal",
		write: func(w io.Writer, r *aggregate.Result, o Options) error {
			m, options := o.forPeople(r)
			return sections.Text(m, options, page.NewTerminal(w, o.Width, o.Color), o.HeadFirst)
		},
	},
	{
		Format: Markdown, Title: "Markdown", Extensions: []string{".md", ".markdown"},
		About: "for people, on GitHub or any page",
		write: func(w io.Writer, r *aggregate.Result, o Options) error {
			m, options := o.forPeople(r)
			return sections.Markdown(w, m, options)
		},
	},
	{
		Format: JSON, Title: "JSON", Extensions: []string{".json"}, About: "everything, for programs",
		write: func(w io.Writer, r *aggregate.Result, o Options) error {
			return json.Write(w, r, o.Against, o.Suggest)
		},
	},
	{
		Format: JSONL, Title: "JSON Lines", Extensions: []string{".jsonl", ".ndjson"},
		About: "the groups alone, one a line, for programs",
		write: func(w io.Writer, r *aggregate.Result, _ Options) error { return json.WriteLines(w, r) },
	},
	{
		Format: Parquet, Title: "Parquet", Extensions: []string{".parquet"}, Binary: true,
		About: "a table, for DuckDB, Athena and pandas",
		write: func(w io.Writer, r *aggregate.Result, o Options) error {
			return parquet.Write(w, r, parquet.Options{Table: o.Table, Zeros: o.Zeros},
				parquet.Metadata{Window: json.WindowOf(r), Coverage: json.CoverageOf(r)})
		},
	},
	{
		Format: CSV, Title: "CSV", Extensions: []string{".csv"}, About: "a table, for spreadsheets",
		write: func(w io.Writer, r *aggregate.Result, o Options) error {
			return csv.Write(w, r, parquet.Options{Table: o.Table, Zeros: o.Zeros})
		},
	},
	{
		Format: HTML, Title: "HTML", Extensions: []string{".html", ".htm"}, About: "for people, a page for a browser",
		write: func(w io.Writer, r *aggregate.Result, o Options) error { return html.Write(w, r, o.sections()) },
	},
	{
		Format: SVG, Title: "SVG", Extensions: []string{".svg"}, About: "the timeline alone, as a picture",
		write: func(w io.Writer, r *aggregate.Result, _ Options) error {
			_, err := io.WriteString(w, picture.File(model.Build(r, 0)))
			return err
		},
	},
	{
		Format: Brief, Title: "Brief text", About: "a message of at most ten lines",
		write: message((*brief.Message).Text),
	},
	{
		Format: Slack, Title: "Slack", About: "the same message, for a webhook of Slack",
		write: message((*brief.Message).Slack),
	},
	{
		Format: Teams, Title: "Teams", About: "the same message, for a workflow of Microsoft Teams",
		write: message((*brief.Message).Teams),
	},
}

// message returns the writer of a message. With Options.OnlyNews, it writes nothing if
// nothing is new.
func message(write func(*brief.Message, io.Writer) error) func(io.Writer, *aggregate.Result, Options) error {
	return func(w io.Writer, r *aggregate.Result, o Options) error {
		if o.OnlyNews && o.Against != nil && o.Against.News().IsEmpty() {
			return nil
		}
		m := brief.Of(r, o.sections())
		return write(&m, w)
	}
}

// Kinds returns all formats.
func Kinds() []Kind { return slices.Clone(kinds) }

// Formats returns the names of all formats.
func Formats() (names []Format) {
	for _, k := range kinds {
		names = append(names, k.Format)
	}
	return names
}

// KindOf returns the format with a name.
func KindOf(name Format) (Kind, bool) {
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.Format == name })
	if i < 0 {
		return Kind{}, false
	}
	return kinds[i], true
}

// FormatOf returns the format that a file's name asks for.
func FormatOf(name string) (Format, bool) {
	extension := strings.ToLower(filepath.Ext(name))
	for _, k := range kinds {
		if slices.Contains(k.Extensions, extension) {
			return k.Format, true
		}
	}
	return "", false
}

// Write writes the result. It does not change it. An error is one of w.
func Write(w io.Writer, f Format, r *aggregate.Result, o Options) error {
	k, ok := KindOf(f)
	if !ok {
		return fmt.Errorf("unknown format %q", f)
	}
	return k.write(w, r, o)
}
