package events

import (
	"encoding/csv"
	"io"

	reportcsv "trail403/report/csv"
	"trail403/report/page"
)

// writeCSV writes a header and one row for each event, as RFC 4180 has them.
func writeCSV(w io.Writer, walk Walk) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = c.name
	}
	if err := out.Write(row); err != nil {
		return err
	}
	err := walk(func(e *Event) error {
		for i, c := range columns {
			row[i] = cell(c.of(e))
		}
		return out.Write(row)
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return err
}

// cell returns a text on one line, as a spreadsheet shows it.
func cell(s string) string { return reportcsv.Cell(page.Visible(s)) }
