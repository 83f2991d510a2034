package policyfile

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"trail403/ingest/scan"
)

// What can be wrong with the content of a file.
var (
	errEncoding = errors.New("it is not valid UTF-8")
	errSyntax   = errors.New("it is not valid JSON")
	errObject   = errors.New("it is not a JSON object")
)

// maxDepth bounds how deep objects and arrays of a file can lie in each other.
const maxDepth = 200

// check makes sure that the rest of the package can read the text.
func check(text []byte) error {
	switch {
	case !utf8.Valid(text):
		return errEncoding
	case depth(text) > maxDepth:
		return fmt.Errorf("it is nested more than %d levels deep", maxDepth)
	case !scan.Valid(text):
		return errSyntax
	}
	return nil
}

// depth returns how deep a JSON text is nested. Of any other text it returns some
// number.
func depth(text []byte) (deepest int) {
	level, inString, escaped := 0, false, false
	for _, c := range text {
		switch {
		case escaped:
			escaped = false
		case inString:
			escaped, inString = c == '\\', c != '"'
		case c == '"':
			inString = true
		case c == '{' || c == '[':
			level++
			deepest = max(deepest, level)
		case c == '}' || c == ']':
			level--
		}
	}
	return deepest
}

// An object has the members of a JSON object.
type object map[string][]byte

// read reads an object. A key that comes twice is an error: other tools may take
// another one of the two values.
func read(text []byte) (object, error) {
	if len(text) == 0 || text[0] != '{' {
		return nil, errObject
	}
	o := object{}
	for key, value := range scan.Members(text) {
		if _, twice := o[string(key)]; twice {
			return nil, fmt.Errorf("the key %.60q is given twice", key)
		}
		o[string(key)] = value
	}
	return o, nil
}

// of reads the object in a member. It is empty if there is none, or if a key of it
// comes twice.
func (o object) of(key string) object {
	inner, err := read(o[key])
	if err != nil {
		return nil
	}
	return inner
}

// list yields the objects of the array in a member, one after another.
func (o object) list(key string) (all []object) {
	if value := o[key]; len(value) > 0 && value[0] == '[' {
		for element := range scan.Elements(value) {
			if inner, err := read(element); err == nil {
				all = append(all, inner)
			}
		}
	}
	return all
}

// texts returns the strings of the array in a member.
func (o object) texts(key string) (all []string) {
	if value := o[key]; len(value) > 0 && value[0] == '[' {
		for element := range scan.Elements(value) {
			if s, ok := scan.Text(element); ok {
				all = append(all, s)
			}
		}
	}
	return all
}

// text returns the string in the first of the members that has one.
func (o object) text(keys ...string) string {
	for _, key := range keys {
		if s, ok := scan.Text(o[key]); ok && s != "" {
			return s
		}
	}
	return ""
}

// document returns the policy document in a member: an object, or its text, which IAM
// also encodes as in a URL.
func (o object) document(key string) string {
	value := o[key]
	if len(value) > 0 && value[0] == '{' {
		return string(value)
	}
	s, _ := scan.Text(value)
	if strings.HasPrefix(s, "%7B") || strings.HasPrefix(s, "%7b") {
		if decoded, err := url.PathUnescape(s); err == nil {
			return decoded
		}
	}
	return s
}

// isTrue says whether a member is true.
func (o object) isTrue(key string) bool { return string(o[key]) == "true" }

// time returns the time in a member, zero if there is none.
func (o object) time(key string) time.Time {
	t, err := time.Parse(time.RFC3339, o.text(key))
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// has says whether the object has all of the members.
func (o object) has(keys ...string) bool {
	for _, key := range keys {
		if _, ok := o[key]; !ok {
			return false
		}
	}
	return true
}

// trimmed returns the text without white space around it.
func trimmed(text []byte) []byte { return bytes.TrimSpace(text) }
