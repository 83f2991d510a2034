package denial

import (
	"bytes"

	"trail403/ingest/condition"
	"trail403/ingest/field"
	"trail403/ingest/scan"
)

// Decoder reads denials. It is used by one goroutine, and remembers texts that
// repeat. How a record is read does not depend on what was read before.
type Decoder struct {
	codes    map[string]bool
	walk     scan.Walk
	parts    parts
	texts    field.Texts
	issuers  field.Texts // of sessions: roles, which come again and again
	steady   steady
	messages field.Cache[told]
	known    map[string]string // parts of messages, redacted
	buckets  field.Cache[string]
	found    []resource

	conditions condition.Reader
}

// steady are the members that most records of a log have alike.
type steady struct{ code, source, name, region, recipient, agent, endpoint, kind, account field.Steady }

// NewDecoder returns a decoder for the given error codes, without any for those of
// [DefaultErrorCodes].
func NewDecoder(codes ...string) *Decoder {
	if len(codes) == 0 {
		codes = DefaultErrorCodes()
	}
	d := &Decoder{codes: map[string]bool{}}
	for _, c := range codes {
		d.codes[c] = true
	}
	return d
}

// Needle is a text that every record holds that Decode takes for a denial, as it
// is or written with escapes.
const Needle = "errorCode"

var codeKey = scan.NewWord(Needle)

// canBeDenial says whether the record may hold a member errorCode that means
// denied. It is what lets most records pass unparsed: it looks at what follows
// the key wherever it is, and rejects only a plain string of another code.
func (d *Decoder) canBeDenial(record []byte) bool {
	for rest := record; ; {
		i := codeKey.Index(rest)
		if i < 0 {
			return field.HasEscapedLetter(record)
		}
		rest = rest[i+len(Needle):]
		value, isKey := bytes.CutPrefix(rest, []byte(`"`))
		if isKey {
			value, isKey = bytes.CutPrefix(field.TrimSpace(value), []byte(":"))
		}
		code, isText := plainText(field.TrimSpace(value))
		if !isKey || !isText || d.codes[string(code)] {
			return true
		}
	}
}

// plainText returns what a JSON string at the start of b holds, if that is
// short and printable ASCII without escapes.
func plainText(b []byte) ([]byte, bool) {
	const longest = 256
	if len(b) == 0 || b[0] != '"' {
		return nil, false
	}
	for i, c := range b[1:min(len(b), longest)] {
		switch {
		case c == '"':
			return b[1 : 1+i], i > 0
		case c == '\\' || c < ' ' || c > '~':
			return nil, false
		}
	}
	return nil, false
}
