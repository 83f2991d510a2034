package events

import (
	"bytes"
	"encoding/json"
	"io"

	"trail403/ingest/redact"
	reportjson "trail403/report/json"
)

// writeRaw writes the records as their objects have them, one a line, without secrets.
// White space between the values of a record is left out. If a record is not valid JSON
// without its secrets, it is written as a JSON string.
func writeRaw(w io.Writer, walk Walk) error {
	var line bytes.Buffer
	return walk(func(e *Event) error {
		line.Reset()
		record := redact.Text(string(e.Record))
		if json.Compact(&line, []byte(record)) != nil {
			quoted, err := json.Marshal(record)
			if err != nil {
				return err
			}
			line.Reset()
			line.Write(quoted)
		}
		text := reportjson.Escape(bytes.ToValidUTF8(line.Bytes(), []byte("\ufffd")))
		_, err := w.Write(append(text, '\n'))
		return err
	})
}
