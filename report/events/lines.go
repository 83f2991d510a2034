package events

import (
	"encoding/json"
	"io"

	reportjson "trail403/report/json"
)

// writeLines writes one JSON object a line.
func writeLines(w io.Writer, walk Walk) error {
	var line []byte
	return walk(func(e *Event) error {
		line = append(line[:0], '{')
		for i, c := range columns {
			if i > 0 {
				line = append(line, ',')
			}
			value, err := json.Marshal(c.of(e))
			if err != nil {
				return err
			}
			line = append(line, `"`+c.name+`":`...)
			line = append(line, reportjson.Escape(value)...)
		}
		line = append(line, "}\n"...)
		_, err := w.Write(line)
		return err
	})
}
