package events

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"trail403/report/parquet"
)

// Format is the name of a way to write events.
type Format string

// The formats. Raw has no name on the command line, because it has a flag.
const (
	Text    Format = "text"
	JSONL   Format = "jsonl"
	JSON    Format = "json" // the same
	CSV     Format = "csv"
	Parquet Format = "parquet"
	Raw     Format = "raw"
)

// Formats returns the names of the formats.
func Formats() []Format { return []Format{Text, JSONL, JSON, CSV, Parquet} }

// extensions are those of the files of a format, the usual one first.
var extensions = map[Format][]string{
	Text: {".txt"}, JSONL: {".jsonl", ".ndjson"}, JSON: {".json"}, CSV: {".csv"}, Parquet: {".parquet"},
}

// Extensions returns the usual extension of each format.
func Extensions() (all []string) {
	for _, f := range Formats() {
		all = append(all, extensions[f][0])
	}
	return all
}

// FormatOf returns the format that a file's name asks for.
func FormatOf(name string) (Format, bool) {
	extension := strings.ToLower(filepath.Ext(name))
	for f, list := range extensions {
		if slices.Contains(list, extension) {
			return f, true
		}
	}
	return "", false
}

// Options say how to write.
type Options struct {
	Color bool             // of text
	Meta  parquet.Metadata // of Parquet
}

// Write writes the events of a walk. An error is one of w or of the walk.
func Write(w io.Writer, f Format, walk Walk, o Options) error {
	switch f {
	case Text:
		return writeText(w, walk, o.Color)
	case JSONL, JSON:
		return writeLines(w, walk)
	case CSV:
		return writeCSV(w, walk)
	case Parquet:
		return writeParquet(w, walk, o.Meta)
	case Raw:
		return writeRaw(w, walk)
	}
	return fmt.Errorf("unknown format %q", f)
}
