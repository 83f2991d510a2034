package flat

import (
	"slices"
	"strings"

	"trail403/ingest/scan"
)

// Seen says of the objects of one shape, or some of them, what they carry.
type Seen struct {
	Shape   Shape
	Records int
	Errors  int    // records with an error code
	Carried Fields // fields that at least one record with an error code has
}

// Add adds what other objects of the shape carry.
func (s *Seen) Add(o Seen) {
	s.Records += o.Records
	s.Errors += o.Errors
	s.Carried |= o.Carried
}

// Missing returns the fields that no record with an error code has.
func (s *Seen) Missing() Fields {
	if s.Errors == 0 {
		return 0
	}
	return AllFields &^ s.Carried
}

// IsHeader says whether a table with columns of these names is of a known shape.
func IsHeader(names []string) bool {
	n := nodes{}
	for _, name := range names {
		n[plainName(name)] = node{}
	}
	return tableFor(n.hasAbove) != nil
}

func tableFor(has func(path string) bool) *table {
	for i := range tables {
		if t := &tables[i]; t.fits(has) {
			return t
		}
	}
	return nil
}

// hasAbove says whether there is a column for the path, or for what it lies in.
func (n nodes) hasAbove(path string) bool {
	for i, c := range path {
		if c == '.' && n.has(path[:i]) {
			return true
		}
	}
	return n.has(path)
}

// Record returns the CloudTrail record that an object of one of the shapes stands for.
// ok is false for any other object.
func Record(value []byte) (record []byte, seen Seen, ok bool) {
	n := nodesOf(value)
	t := tableFor(n.has)
	if t == nil {
		return nil, Seen{}, false
	}
	if source := first(n, t.paths("eventSource")...); source != "" && !isSource(source) {
		return nil, Seen{}, false
	}
	seen = Seen{Shape: t.shape, Records: 1}
	o := object{out: []byte{'{'}}
	for _, target := range targets {
		value := t.value(n, target)
		if value == nil {
			continue
		}
		o.member(target, value)
		seen.Carried |= needed[target]
		if target == "errorCode" {
			seen.Errors = 1
		}
	}
	if seen.Errors == 0 {
		seen.Carried = 0
	}
	return o.end(), seen, true
}

// isSource says whether an event source is a service of AWS: other clouds have events of
// these shapes, too.
func isSource(name string) bool {
	return strings.HasSuffix(name, ".amazonaws.com") || strings.HasSuffix(name, ".amazon.com")
}

// value returns the value of a field, nil for one that the object does not have.
func (t *table) value(n nodes, target string) []byte {
	var value []byte
	for _, path := range t.paths(target) {
		if value = n.at(path); value != nil {
			break
		}
		if value = n.below(path); value != nil {
			break
		}
	}
	switch {
	case target == "requestParameters" && value == nil && t.shape == History:
		return historyRequest(n)
	case target == "userIdentity.principalId" && value == nil && t.shape == History && n.text("username") != "":
		// The name of a session or a user, and nothing that tells which.
		return scan.AppendText(nil, ":"+n.text("username"))
	case value == nil:
		return nil
	case target == "eventTime", strings.HasSuffix(target, "creationDate"):
		return scan.AppendText(nil, timeOf(value))
	case target == "resources":
		return resourcesOf(value)
	case target == "readOnly" || target == "managementEvent":
		return wordOf(value)
	}
	return value
}

// wordOf returns true and false as JSON has them, where a table has texts.
func wordOf(value []byte) []byte {
	switch word := strings.ToLower(textOf(value)); word {
	case "true", "false":
		return []byte(word)
	}
	return value
}

// below returns an object of the members whose names start with the path and a dot: some
// tables have a column for each. They keep their spelling.
func (n nodes) below(path string) []byte {
	switch path[strings.LastIndexByte(path, '.')+1:] {
	case "requestparameters", "responseelements", "additionaleventdata":
	default:
		return nil
	}
	var found []string
	for name, member := range n {
		if rest, ok := strings.CutPrefix(name, path+"."); ok && member.value != nil && !strings.Contains(rest, ".") {
			found = append(found, name)
		}
	}
	if found == nil {
		return nil
	}
	slices.Sort(found)
	o := object{out: []byte{'{'}}
	for _, name := range found {
		o.member(n[name].name, n[name].value)
	}
	return append(o.out, '}')
}
