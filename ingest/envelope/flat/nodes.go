package flat

import (
	"bytes"
	"strings"

	"trail403/ingest/scan"
)

// Bounds of what is looked at. A record has some hundred members.
const (
	maxDepth = 8
	maxNodes = 4096
)

// node is a member of an object, at any depth.
type node struct {
	name  string // the last part of its path, as it is spelled
	value []byte // JSON, nil where it is empty
}

// nodes are the members of an object by their paths. A path is in lower case and has no
// separators, except for a dot between an object and its member: userIdentity.arn,
// user_identity: {"arn"} and the text {arn=…} in useridentity are the same.
type nodes map[string]node

// nodesOf returns the members of an object.
func nodesOf(object []byte) nodes {
	n := nodes{}
	n.add("", object, maxDepth)
	return n
}

func (n nodes) add(path string, object []byte, depth int) {
	for key, value := range scan.Members(object) {
		if len(n) >= maxNodes {
			return
		}
		name := path + plainName(string(key))
		if isNothing(value) {
			if !n.has(name) {
				n[name] = node{}
			}
			continue
		}
		value = onlyOf(value)
		inner := value
		if value[0] == '"' {
			if inner = structOf(value); inner != nil {
				value = inner
			}
		}
		n[name] = node{name: lastPart(string(key)), value: value}
		if depth > 0 && inner != nil && inner[0] == '{' {
			n.add(name+".", inner, depth-1)
		}
	}
}

// structOf returns the object or array that a text holds, as JSON or as pairs, nil if it
// holds none.
func structOf(value []byte) []byte {
	if inner := bytes.TrimLeft(value[1:], "["); len(inner) == 0 || inner[0] != '{' {
		return nil
	}
	text, _ := scan.Text(value)
	if scan.Valid([]byte(text)) {
		return []byte(text)
	}
	if strings.Contains(text, "=") {
		return pairs(text)
	}
	return nil
}

// onlyOf returns the element of an array of one text or word, as Kibana lists the values of
// a field, and any other value as it is.
func onlyOf(value []byte) []byte {
	if value[0] != '[' {
		return value
	}
	var only []byte
	for element := range scan.Elements(value) {
		if only != nil || element[0] == '{' || element[0] == '[' {
			return value
		}
		only = element
	}
	if only == nil {
		return value
	}
	return only
}

// isNothing says whether a value stands for a field that is missing.
func isNothing(value []byte) bool {
	switch string(value) {
	case `null`, `""`, `"null"`, `"-"`, `{}`, `"{}"`:
		return true
	}
	return false
}

// plainName returns the name of a member without its spelling. Sentinel's portal writes a
// time zone after a name.
func plainName(key string) string {
	const zone = " [UTC]"
	out := make([]byte, 0, len(key))
	for i := range len(strings.TrimSuffix(key, zone)) {
		switch c := key[i]; {
		case c >= 'A' && c <= 'Z':
			out = append(out, c+'a'-'A')
		case c != '_' && c != '-' && c != ' ' && c != '@':
			out = append(out, c)
		}
	}
	return string(out)
}

func lastPart(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }

// has says whether the object has a member at the path.
func (n nodes) has(path string) bool { _, ok := n[path]; return ok }

// text returns the text at the path, empty if there is none.
func (n nodes) text(path string) string { return textOf(n[path].value) }

// textOf returns a string as text, and a number or word as it is written.
func textOf(value []byte) string {
	if len(value) == 0 || value[0] == '{' || value[0] == '[' {
		return ""
	}
	if value[0] == '"' {
		s, _ := scan.Text(value)
		return s
	}
	return string(value)
}
