package flat

import (
	"strings"

	"trail403/ingest/scan"
)

// maxPairs is how deeply pairs may nest.
const maxPairs = 16

// pairs returns the JSON of a struct as Athena, CloudTrail Lake and Java print it:
// {name=value, other={name=value}, list=[a, b]}. Values have no quotes, so one that
// holds ", name=" is read as two: nothing in the text tells otherwise. It returns nil for
// any other text.
func pairs(text string) []byte {
	p := parser{text: strings.TrimSpace(text)}
	if strings.HasPrefix(p.text, "{") || strings.HasPrefix(p.text, "[") {
		if out, ok := p.value(nil, maxPairs); ok && p.at == len(p.text) {
			return out
		}
	}
	return nil
}

type parser struct {
	text string
	at   int
}

// value appends the value at the position, and goes after it.
func (p *parser) value(out []byte, depth int) (more []byte, ok bool) {
	start, before := p.at, out
	if depth > 0 && p.at < len(p.text) {
		switch p.text[p.at] {
		case '{':
			out, ok = p.list(append(out, '{'), '}', depth)
		case '[':
			out, ok = p.list(append(out, '['), ']', depth)
		}
		if ok {
			return out, p.atEnd(p.at)
		}
	}
	p.at = start
	return p.scalar(before), true // what is appended above is overwritten
}

// list appends the pairs of an object or the elements of an array.
func (p *parser) list(out []byte, shut byte, depth int) (more []byte, ok bool) {
	p.at++
	if p.skip(string(shut)) {
		return append(out, shut), true
	}
	for {
		if shut == '}' {
			name, ok := p.name(p.at)
			if !ok {
				return nil, false
			}
			p.at += len(name) + 1
			out = append(scan.AppendText(out, name), ':')
		}
		if out, ok = p.value(out, depth-1); !ok {
			return nil, false
		}
		switch {
		case p.skip(string(shut)):
			return append(out, shut), true
		case !p.skip(", "):
			return nil, false
		}
		out = append(out, ',')
	}
}

func (p *parser) skip(text string) bool {
	ok := strings.HasPrefix(p.text[p.at:], text)
	if ok {
		p.at += len(text)
	}
	return ok
}

// name returns the name of a pair that starts at i, before its equals sign.
func (p *parser) name(i int) (name string, ok bool) {
	for j := i; j < len(p.text); j++ {
		switch c := p.text[j]; {
		case c == '=':
			return p.text[i:j], j > i
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '_', c == '-', c == '.', c == ':':
		default:
			return "", false
		}
	}
	return "", false
}

// scalar appends a value without quotes: it ends where the next pair starts, or the
// object or array ends.
func (p *parser) scalar(out []byte) []byte {
	start := p.at
	for ; p.at < len(p.text); p.at++ {
		c := p.text[p.at]
		if (c == '}' || c == ']') && p.atEnd(p.at+1) {
			break
		}
		if c == ',' && p.startsNext(p.at) {
			break
		}
	}
	if text := p.text[start:p.at]; text != "null" {
		return scan.AppendText(out, text)
	}
	return append(out, "null"...)
}

// startsNext says whether a pair, or an element, follows the comma at i.
func (p *parser) startsNext(i int) bool {
	if !strings.HasPrefix(p.text[i:], ", ") {
		return false
	}
	_, ok := p.name(i + 2)
	return ok || strings.HasPrefix(p.text[i+2:], "{")
}

// atEnd says whether a bracket before i can have closed a value.
func (p *parser) atEnd(i int) bool {
	return i == len(p.text) || p.text[i] == '}' || p.text[i] == ']' || p.startsNext(i)
}
