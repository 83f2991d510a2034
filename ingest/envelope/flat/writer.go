package flat

import (
	"strings"

	"trail403/ingest/scan"
)

// object writes an object. Members of an object in it must follow one another.
type object struct {
	out  []byte
	open []string // the objects that are open
}

// member writes a member at a path.
func (o *object) member(path string, value []byte) {
	parts := strings.Split(path, ".")
	last := len(parts) - 1
	same := 0
	for same < len(o.open) && same < last && o.open[same] == parts[same] {
		same++
	}
	o.close(same)
	for _, part := range parts[same:last] {
		o.key(part)
		o.out = append(o.out, '{')
		o.open = append(o.open, part)
	}
	o.key(parts[last])
	o.out = append(o.out, value...)
}

// text writes a member that is a text, unless it is empty.
func (o *object) text(name, text string) {
	if text != "" {
		o.member(name, scan.AppendText(nil, text))
	}
}

func (o *object) key(name string) {
	if o.out[len(o.out)-1] != '{' {
		o.out = append(o.out, ',')
	}
	o.out = append(scan.AppendText(o.out, name), ':')
}

// close closes the objects that are open below the first n.
func (o *object) close(n int) {
	for ; len(o.open) > n; o.open = o.open[:len(o.open)-1] {
		o.out = append(o.out, '}')
	}
}

func (o *object) end() []byte {
	o.close(0)
	return append(o.out, '}')
}
