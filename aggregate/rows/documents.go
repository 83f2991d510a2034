package rows

import "trail403/ingest/event"

// documentTexts are those of policy documents, each kept once: a document is often set again
// and again, and most changes have copies.
type documentTexts map[string]string

// share makes the documents of the changes use the memory of equal texts.
func (t *documentTexts) share(changes []event.Change) {
	for i := range changes {
		for j := range changes[i].Documents {
			d := &changes[i].Documents[j]
			if d.Text == "" {
				continue
			}
			if *t == nil {
				*t = documentTexts{}
			}
			if known, ok := (*t)[d.Text]; ok {
				d.Text = known
			} else {
				(*t)[d.Text] = d.Text
			}
		}
	}
}

// documentBytes is how many bytes of a policy document count as one more row: about as
// many as a row takes.
const documentBytes = 200

// rowsOf returns how many rows a change counts as, so that the limit of rows bounds the
// memory of documents too. Texts that could be shared count as well: otherwise the sum
// would depend on which worker reads what.
func rowsOf(c *event.Change) int {
	n := 1
	for i := range c.Documents {
		n += len(c.Documents[i].Text) / documentBytes
	}
	return n
}

func rowsOfAll(changes []event.Change) (n int) {
	for i := range changes {
		n += rowsOf(&changes[i])
	}
	return n
}
