package change

import (
	"strings"

	"trail403/ingest/field"
	"trail403/ingest/scan"
)

// maxDepth is how deep the parameters of a call are searched. The deepest that
// matters is five levels down. A search costs a walk for each level.
const maxDepth = 8

// get returns the member of the object that has the first of the names, in any
// case: services disagree on it, and XML came out as it was. It returns nil if
// there is none. The last duplicate counts.
func get(object []byte, names ...string) (found []byte) {
	best := len(names)
	for key, value := range scan.Members(field.Unwrap(object)) {
		for i, name := range names {
			if i <= best && strings.EqualFold(string(key), name) {
				found, best = value, i
			}
		}
	}
	return found
}

// at follows a path of members, with dots between them.
func at(object []byte, path string) []byte {
	for name := range strings.SplitSeq(path, ".") {
		object = get(object, name)
	}
	return object
}

// deep returns the members of that name wherever they are within a value, in any
// case. Within one of them is not searched.
func deep(value []byte, name string) [][]byte {
	return deepTo(nil, field.Unwrap(value), name, maxDepth)
}

func deepTo(found [][]byte, value []byte, name string, depth int) [][]byte {
	if depth == 0 || len(value) == 0 {
		return found
	}
	switch value[0] {
	case '{':
		for key, v := range scan.Members(value) {
			if strings.EqualFold(string(key), name) {
				found = append(found, v)
			} else {
				found = deepTo(found, v, name, depth-1)
			}
		}
	case '[':
		for v := range scan.Elements(value) {
			found = deepTo(found, v, name, depth-1)
		}
	}
	return found
}

// texts returns the strings of a value that should be a string or a list of
// them. EC2 writes a list as {"tag":1,"content":"…"} or {"items":[{…}]}.
func texts(value []byte) []string { return textsTo(nil, value, maxDepth) }

func textsTo(found []string, value []byte, depth int) []string {
	if depth == 0 || len(value) == 0 {
		return found
	}
	if inner := field.Unwrap(value); len(inner) > 0 && (inner[0] == '[' || inner[0] == '{') {
		value = inner
	}
	switch value[0] {
	case '{':
		for key, v := range scan.Members(value) {
			switch string(key) {
			case "content", "item", "items", "member":
				found = textsTo(found, v, depth-1)
			}
		}
	case '[':
		for v := range scan.Elements(value) {
			found = textsTo(found, v, depth-1)
		}
	default:
		if s := field.Text(value); s != "" {
			found = append(found, s)
		}
	}
	return found
}
