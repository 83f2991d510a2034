package outline

import "io"

// Write writes the report with its contents. Unless the limit is 0, it writes as many
// parts as fit into so many bytes, from the first one, and then says what is left out.
func (m *Markdown) Write(w io.Writer, limit int) error {
	if err := m.Flush(); err != nil {
		return err
	}
	kept, note := len(m.list), []byte(nil)
	if limit > 0 {
		kept, note = m.fit(limit)
	}
	for _, b := range [][]byte{m.before(kept), m.contents(kept), m.after(kept), note} {
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return nil
}
