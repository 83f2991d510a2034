package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"trail403/aggregate"
	"trail403/report/page"
	"trail403/report/suggest"
)

// writeJSON writes one member of the report a line and one group a line, so that
// a large report can be searched and compared with tools for lines, and is never
// held whole in memory.
func writeJSON(w io.Writer, r *aggregate.Result, o Options) error {
	out := &jsonWriter{w: bufio.NewWriter(w)}
	out.enc = json.NewEncoder(&out.text)
	out.print("{")
	out.member("schema", Schema)
	out.member("window", windowOf(r))
	if r.Late.IsZero() {
		out.member("late_from", nil)
	} else {
		out.member("late_from", r.Late)
	}
	out.member("coverage", coverageOf(r))
	out.member("totals", jsonTotals(r.Totals))
	out.list("policies", func(yield func(any) bool) {
		for i := range r.Policies {
			if !yield(policyOf(&r.Policies[i])) {
				return
			}
		}
	})
	patterns := patternsOf(r)
	out.list("groups", func(yield func(any) bool) {
		for i := range r.Groups {
			g := &r.Groups[i]
			if !yield(groupOf(r, g, patterns[g.IncidentID])) {
				return
			}
		}
	})
	out.list("incidents", func(yield func(any) bool) {
		for i := range r.Incidents {
			if !yield(incidentOf(r, &r.Incidents[i])) {
				return
			}
		}
	})
	out.list("changes", func(yield func(any) bool) {
		for i := range r.Changes {
			if !yield(changeOf(&r.Changes[i])) {
				return
			}
		}
	})
	out.suggestions(r, o)
	warnings := orEmpty(warningsOf(r))
	if o.Suggest {
		warnings = append(warnings, "suggestions: "+suggest.Warning)
	}
	out.member("warnings", warnings)
	out.print("}\n")
	if out.err != nil {
		return out.err
	}
	return out.w.Flush()
}

// jsonWriter remembers the first error, so that one check at the end is enough.
type jsonWriter struct {
	w       *bufio.Writer
	text    bytes.Buffer // of one value, by enc
	enc     *json.Encoder
	err     error
	members int
}

func (j *jsonWriter) print(s string) {
	if j.err == nil {
		_, j.err = j.w.WriteString(s)
	}
}

func (j *jsonWriter) name(name string) {
	if j.members++; j.members > 1 {
		j.print(",\n ")
	}
	j.print(`"` + name + `": `)
}

func (j *jsonWriter) value(v any) {
	j.text.Reset()
	err := j.enc.Encode(v)
	if err == nil && j.err == nil {
		_, err = j.w.Write(escapeJSON(bytes.TrimSuffix(j.text.Bytes(), []byte("\n"))))
	}
	if j.err == nil {
		j.err = err
	}
}

func (j *jsonWriter) member(name string, v any) {
	j.name(name)
	j.value(v)
}

func (j *jsonWriter) list(name string, values iter.Seq[any]) {
	j.name(name)
	j.print("[")
	n := 0
	if values != nil {
		for v := range values {
			if n++; n > 1 {
				j.print(",")
			}
			j.print("\n  ")
			j.value(v)
		}
	}
	j.print("]")
}

// escapeJSON writes characters that change how a terminal shows the text, or are
// not seen, as escapes. In marshalled JSON they can only stand within strings.
func escapeJSON(text []byte) []byte {
	// Nearly all of a report is ASCII, of which marshalled JSON holds one such only.
	if !slices.ContainsFunc(text, func(c byte) bool { return c >= 0x7f }) {
		return text
	}
	i := bytes.IndexFunc(text, page.IsHostile)
	if i < 0 {
		return text
	}
	out := append(make([]byte, 0, len(text)+64), text[:i]...)
	for _, c := range string(text[i:]) {
		switch {
		case !page.IsHostile(c):
			out = utf8.AppendRune(out, c)
		case c > 0xffff:
			high, low := utf16.EncodeRune(c)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, c)
		}
	}
	return out
}
