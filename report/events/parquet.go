package events

import (
	"io"

	"trail403/report/parquet"
)

// writeParquet writes the table of denials.
func writeParquet(w io.Writer, walk Walk, meta parquet.Metadata) error {
	return parquet.WriteDenials(w, meta, func(emit func(*parquet.Denial) error) error {
		return walk(func(e *Event) error {
			return emit(&parquet.Denial{Denial: e.Denial, GroupID: e.GroupID, IncidentID: e.IncidentID, Object: e.Object})
		})
	})
}
