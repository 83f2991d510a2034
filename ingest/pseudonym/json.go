package pseudonym

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Text returns a text in which the names are replaced. It expects JSON, also several
// documents, and one a line. Of other texts, it replaces every word that is outside of JSON.
func (n *Names) Text(text []byte) []byte { return n.rewrite(nil, string(text)) }

// writer rewrites one text.
type writer struct {
	names *Names
	path  []string // the fields that the text is in
	out   bytes.Buffer
	open  []container
}

// container is an object or array that is open.
type container struct {
	isObject bool
	field    string // the last one; of an array, the one that it is in
	isValue  bool   // the next string is a value
}

func (n *Names) rewrite(path []string, text string) []byte {
	w := &writer{names: n, path: path}
	for len(text) > 0 {
		text = text[w.token(text):]
	}
	return w.out.Bytes()
}

// token writes the token at the start of a text, and returns how many bytes it has.
func (w *writer) token(s string) int {
	switch c := s[0]; {
	case c == '"':
		return w.quoted(s)
	case c == '{' || c == '[':
		w.push(c == '{')
	case c == '}' || c == ']':
		if len(w.open) > 0 {
			w.open = w.open[:len(w.open)-1]
		}
	case c == ':' || c == ',':
		if len(w.open) > 0 {
			w.open[len(w.open)-1].isValue = c == ':'
		}
	case strings.IndexByte(" \t\r\n", c) >= 0:
	case c >= '0' && c <= '9':
		return w.number(s)
	default:
		return w.other(s)
	}
	w.out.WriteByte(s[0])
	return 1
}

func (w *writer) push(isObject bool) {
	c := container{isObject: isObject}
	if !isObject {
		c.field = w.fieldNow()
	}
	w.open = append(w.open, c)
}

// fieldNow returns the field that a value at this place is in.
func (w *writer) fieldNow() string {
	if len(w.open) > 0 {
		return w.open[len(w.open)-1].field
	}
	if len(w.path) > 0 {
		return w.path[len(w.path)-1]
	}
	return ""
}

// quoted writes a string, or the rest of the text if it does not end.
func (w *writer) quoted(s string) int {
	end := 1
	for end < len(s) && s[end] != '"' {
		if s[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(s) {
		w.out.WriteString(w.names.all(s))
		return len(s)
	}
	end++
	raw := s[:end]
	var text string
	if json.Unmarshal([]byte(raw), &text) != nil {
		w.out.WriteString(w.names.all(raw))
		return end
	}
	replaced := w.replace(text)
	if replaced == text {
		w.out.WriteString(raw)
		return end
	}
	e := json.NewEncoder(&w.out)
	e.SetEscapeHTML(false)
	if err := e.Encode(replaced); err == nil {
		w.out.Truncate(w.out.Len() - 1) // the line break after a document
	}
	return end
}

// replace replaces the text of a string: the name of a field, or a value.
func (w *writer) replace(text string) string {
	if n := len(w.open); n > 0 && w.open[n-1].isObject && !w.open[n-1].isValue {
		w.open[n-1].field = text
		return w.names.field(text)
	}
	path := append([]string{}, w.path...)
	for _, c := range w.open {
		if c.isObject || len(path) == 0 {
			path = append(path, c.field)
		}
	}
	return w.names.value(path, text)
}

// value replaces a string that is the value of a field. path are the names of the fields
// that it is in, the innermost last.
func (n *Names) value(path []string, s string) string {
	field := ""
	if len(path) > 0 {
		field = path[len(path)-1]
	}
	if isKept(path, field, s) {
		return s
	}
	if isNested(path, s) {
		return string(n.rewrite(path, s))
	}
	switch {
	case strings.EqualFold(field, "errorMessage"), strings.EqualFold(field, "Message"):
		return n.message(s)
	case strings.EqualFold(field, "userAgent"), field == "User-Agent":
		return n.agent(s)
	}
	if a, ok := n.network(s); ok {
		return a
	}
	return n.all(s)
}

// maxPath bounds how deep names are replaced by their fields. Below it, all is a name.
const maxPath = 64

// isNested says whether a string is JSON itself, such as a policy document.
func isNested(path []string, s string) bool {
	t := strings.TrimSpace(s)
	return len(path) <= maxPath && t != "" && (t[0] == '{' || t[0] == '[') && json.Valid([]byte(t))
}

// number writes a number. One of twelve digits can be an account. What is not JSON, such as
// an address in a line of a log, is a name.
func (w *writer) number(s string) int {
	end := 0
	for end < len(s) && (strings.IndexByte(".+-", s[end]) >= 0 || isASCIIWord(s[end])) {
		end++
	}
	text := s[:end]
	switch isNumber := len(w.open) > 0 && json.Valid([]byte(text)); {
	case !isNumber:
		text = w.names.all(text)
	case len(text) == 12 && strings.Trim(text, "0123456789") == "":
		text = w.names.name(text)
		if text[0] == '0' { // no number starts with it
			text = "1" + text[1:]
		}
	}
	w.out.WriteString(text)
	return end
}

func isASCIIWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// other writes what JSON has outside of strings, and replaces words that it has not.
func (w *writer) other(s string) int {
	_, size := symbols(s, 0)
	if size == 0 {
		size = plain(s)
		w.out.WriteString(s[:size])
		return size
	}
	switch word := s[:size]; word {
	case "true", "false", "null":
		w.out.WriteString(word)
	default:
		w.out.WriteString(w.names.all(word))
	}
	return size
}
