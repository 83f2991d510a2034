package sections

import (
	"trail403/report/page"
	"trail403/report/words"
)

// hints writes what an experienced person would remark on groups that no other
// section explains, each once, with what it applies to.
func (s *sections) hints() {
	if len(s.m.Remarks) == 0 {
		return
	}
	s.Heading(2, "Hints")
	s.Paragraph("These apply to groups that no section above explains.")
	for _, h := range s.m.Remarks {
		on := words.Principal(h.Largest) + ", " + actionOnBucket(h.Largest)
		if h.Groups > 1 {
			on += " and " + words.Plural(h.Groups-1, "more group")
		}
		s.Bullet(page.Bold(page.Text(h.ID)) + " (" + words.Plural(h.Denials, "denial") + ": " + on + "). " +
			page.Quoted(h.Text))
	}
}
