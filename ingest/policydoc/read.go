package policydoc

import (
	"bytes"
	"encoding/json"
	"io"
)

// reader reads the JSON of a document, token by token. It skips nothing: what the
// grammar does not have ends it, so it never goes deeper than the grammar does.
type reader struct {
	tokens    *json.Decoder
	statement int    // that is being read
	element   string // that is being read
	values    int    // that were read
}

func newReader(text []byte) *reader {
	r := &reader{tokens: json.NewDecoder(bytes.NewReader(text))}
	r.tokens.UseNumber()
	return r
}

// fail returns the error with the place of the reader.
func (r *reader) fail(problem error) error {
	return &Error{Problem: problem, Statement: r.statement, Element: r.element}
}

func (r *reader) next() (json.Token, error) {
	t, err := r.tokens.Token()
	if err != nil {
		return nil, r.fail(ErrSyntax)
	}
	return t, nil
}

// end makes sure that nothing follows.
func (r *reader) end() error {
	if _, err := r.tokens.Token(); err != io.EOF {
		return r.fail(ErrSyntax)
	}
	return nil
}

// text reads a string.
func (r *reader) text() (string, error) {
	t, err := r.next()
	if err != nil {
		return "", err
	}
	s, ok := t.(string)
	if !ok {
		return "", r.fail(ErrShape)
	}
	return s, nil
}

// members reads an object and calls f for each key, which reads the value. A key
// that comes twice is an error: nobody knows which of them AWS took.
func (r *reader) members(f func(key string) error) error {
	if t, err := r.next(); err != nil {
		return err
	} else if t != json.Delim('{') {
		return r.fail(ErrShape)
	}
	return r.rest(f)
}

// rest reads the members of an object that was opened.
func (r *reader) rest(f func(key string) error) error {
	outer := r.element
	seen := map[string]bool{}
	for r.tokens.More() {
		key, err := r.text()
		if err != nil {
			return err
		}
		r.element = key
		if seen[key] {
			return r.fail(ErrDuplicate)
		}
		seen[key] = true
		if err := f(key); err != nil {
			return err
		}
		r.element = outer
	}
	_, err := r.next()
	return err
}

// list reads a string, or an array of strings. With loose, a value can also be a
// number or a truth value, as AWS accepts them in conditions.
func (r *reader) list(loose bool) ([]string, error) {
	t, err := r.next()
	if err != nil {
		return nil, err
	}
	if t != json.Delim('[') {
		s, err := r.value(t, loose)
		return []string{s}, err
	}
	found := []string{}
	for r.tokens.More() {
		t, err := r.next()
		if err != nil {
			return nil, err
		}
		s, err := r.value(t, loose)
		if err != nil {
			return nil, err
		}
		found = append(found, s)
	}
	_, err = r.next()
	return found, err
}

// value returns the text of one value.
func (r *reader) value(t json.Token, loose bool) (string, error) {
	if r.values++; r.values > maxValues {
		return "", r.fail(ErrTooMany)
	}
	switch v := t.(type) {
	case string:
		return v, nil
	case json.Number:
		if loose {
			return v.String(), nil
		}
	case bool:
		if loose && v {
			return "true", nil
		} else if loose {
			return "false", nil
		}
	}
	return "", r.fail(ErrShape)
}
