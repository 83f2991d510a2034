package outline

import (
	"bytes"

	"trail403/report/page"
	"trail403/report/words"
)

// Least is the least number of bytes that a report is made to fit.
const Least = 2000

// fit returns how many parts are kept, so that the report has at most limit bytes, and the
// note that names the others.
func (m *Markdown) fit(limit int) (kept int, note []byte) {
	all := len(m.list)
	if m.size(all) <= limit {
		return all, nil
	}
	for kept = all - 1; kept > 0; kept-- {
		if note = m.leftOut(kept, limit); m.size(kept)+len(note) <= limit {
			return kept, note
		}
	}
	return 0, m.leftOut(0, limit)
}

// size returns how many bytes the first parts have, with the contents.
func (m *Markdown) size(kept int) int { return m.end(kept) + len(m.contents(kept)) }

// leftOut says which sections are left out from a part on, in Markdown.
func (m *Markdown) leftOut(from, limit int) []byte {
	var names []page.Text
	if m.list[from].level > 2 {
		for i := from; i >= 0; i-- {
			if m.list[i].level == 2 {
				names = append(names, "the rest of "+m.list[i].title)
				break
			}
		}
	}
	for _, p := range m.list[from:] {
		if p.level <= 2 {
			names = append(names, p.title)
		}
	}
	var b bytes.Buffer
	out := page.NewMarkdown(&b)
	out.Notice(page.Warning, "Shortened", "to fit "+words.Plural(limit, "byte")+
		", this report leaves out "+words.Listed(names)+". A run without "+page.Code("--fit")+
		" and the formats HTML and JSON have all of it.")
	_ = out.Flush() // A Buffer does not fail.
	return append([]byte("\n"), b.Bytes()...)
}
