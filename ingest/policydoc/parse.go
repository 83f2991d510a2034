package policydoc

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Parse reads a policy document. It is as tolerant as AWS is: a statement without a
// list around it, a value without a list, a missing version. What AWS would not
// have stored is an [*Error].
func Parse(text []byte) (*Document, error) {
	switch {
	case len(text) > MaxBytes:
		return nil, &Error{Problem: ErrTooLarge}
	case !utf8.Valid(text):
		return nil, &Error{Problem: ErrEncoding}
	}
	r := newReader(text)
	d := &Document{Version: version2008}
	given := false
	err := r.members(func(key string) (err error) {
		switch key {
		case "Version":
			if d.Version, err = r.text(); err == nil && d.Version != version2008 && d.Version != version2012 {
				err = r.fail(ErrValue)
			}
		case "Id":
			d.ID, err = r.text()
		case "Statement":
			given = true
			err = r.statements(d)
		default:
			err = r.fail(ErrUnknown)
		}
		return err
	})
	if err == nil {
		err = r.end()
	}
	if err == nil && !given {
		err = &Error{Problem: ErrMissing, Element: "Statement"}
	}
	if err != nil {
		return nil, err
	}
	for i := range d.Statements {
		d.Statements[i].variables = d.Version == version2012
	}
	return d, nil
}

// statements reads the statements, or the only one.
func (r *reader) statements(d *Document) error {
	r.element = ""
	t, err := r.next()
	if err != nil {
		return err
	}
	switch t {
	case json.Delim('{'):
		err = r.addStatement(d)
	case json.Delim('['):
		for err == nil && r.tokens.More() {
			if t, err = r.next(); err == nil && t != json.Delim('{') {
				err = r.fail(ErrShape)
			}
			if err == nil {
				err = r.addStatement(d)
			}
		}
		if err == nil {
			_, err = r.next()
		}
	default:
		err = r.fail(ErrShape)
	}
	r.statement = 0
	return err
}

// addStatement reads a statement whose object was opened.
func (r *reader) addStatement(d *Document) error {
	if len(d.Statements) == maxStatements {
		return r.fail(ErrTooMany)
	}
	r.statement = len(d.Statements) + 1
	s := Statement{Number: r.statement}
	if err := r.rest(func(key string) error { return r.elementOf(&s, key) }); err != nil {
		return err
	}
	switch {
	case s.Effect == "":
		r.element = "Effect"
	case !s.Actions.Given:
		r.element = "Action"
	default:
		d.Statements = append(d.Statements, s)
		return nil
	}
	return r.fail(ErrMissing)
}

// elementOf reads one element of a statement.
func (r *reader) elementOf(s *Statement, key string) (err error) {
	switch key {
	case "Sid":
		s.Sid, err = r.text()
	case "Effect":
		var effect string
		if effect, err = r.text(); err == nil && effect != string(Allow) && effect != string(Deny) {
			err = r.fail(ErrValue)
		}
		s.Effect = Effect(effect)
	case "Principal", "NotPrincipal":
		err = r.principals(&s.Principals, key == "NotPrincipal")
	case "Action", "NotAction":
		err = r.names(&s.Actions, key == "NotAction")
	case "Resource", "NotResource":
		err = r.names(&s.Resources, key == "NotResource")
	case "Condition":
		err = r.conditions(s)
	default:
		err = r.fail(ErrUnknown)
	}
	return err
}

func (r *reader) names(n *Names, not bool) (err error) {
	if n.Given {
		return r.fail(ErrBoth)
	}
	n.Given, n.Not = true, not
	n.Values, err = r.list(false)
	return err
}

// principals reads "*", or an object with a list for each type of principal.
func (r *reader) principals(p *Principals, not bool) error {
	if p.Given {
		return r.fail(ErrBoth)
	}
	p.Given, p.Not = true, not
	t, err := r.next()
	switch {
	case err != nil:
		return err
	case t == "*":
		p.Values = []Principal{{"AWS", "*"}}
		return nil
	case t != json.Delim('{'):
		return r.fail(ErrShape)
	}
	return r.rest(func(kind string) error {
		switch kind {
		case "AWS", "Service", "Federated", "CanonicalUser":
		default:
			return r.fail(ErrUnknown)
		}
		values, err := r.list(false)
		for _, v := range values {
			p.Values = append(p.Values, Principal{kind, v})
		}
		return err
	})
}

func (r *reader) conditions(s *Statement) error {
	return r.members(func(name string) error {
		return r.members(func(key string) error {
			values, err := r.list(true)
			s.Conditions = append(s.Conditions, Condition{
				Operator: name, Key: key, Values: values, op: operatorOf(strings.TrimSpace(name)),
			})
			return err
		})
	})
}
