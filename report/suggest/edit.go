package suggest

import (
	"trail403/aggregate"
	"trail403/aggregate/amendment"
	"trail403/ingest/arn"
	"trail403/ingest/field"
	"trail403/ingest/policydoc"
)

// Edit is an addition to a statement of a policy that exists.
type Edit struct {
	Statement     aggregate.Statement // what names it
	Element       amendment.Element
	Operator, Key string // of a condition
	Add           []string
	Notes         []string // can name what a log or a document contains
}

// Addition returns what is to be added, as a policy writes it.
func (e *Edit) Addition() map[string]any {
	switch e.Element {
	case amendment.Principal:
		return map[string]any{"Principal": map[string]any{"AWS": e.Add}}
	case amendment.Condition:
		return map[string]any{"Condition": map[string]any{e.Operator: map[string]any{e.Key: e.Add}}}
	}
	return map[string]any{string(e.Element): e.Add}
}

func editOf(e *amendment.Edit) Edit {
	out := Edit{
		Statement: StatementOf(&e.Place), Element: e.Element, Operator: e.Operator, Key: field.Redact(e.Key), Add: e.Add,
	}
	if len(e.Also) > 0 {
		out.Notes = append(out.Notes, alsoNotes[e.Element].of(field.Redact(policydoc.Join(e.Also, ", "))))
	}
	if arn.Valid(e.Policy.Name) {
		out.Notes = append(out.Notes, isShared.of())
	}
	return out
}

// StatementOf names a statement. Secrets are removed, which an escape in a document can
// hide until it is read.
func StatementOf(p *amendment.Place) aggregate.Statement {
	return aggregate.Statement{
		Kind: p.Policy.Kind, Name: p.Policy.Name, On: p.Policy.On, Sid: field.Redact(p.Sid), Number: p.Number,
		Since: p.Policy.Since, Change: p.Policy.Change,
	}
}
