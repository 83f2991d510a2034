package policydoc

import (
	"bytes"
	"encoding/json"
)

// element is an element of a statement with its name.
type element struct {
	name  string
	value any
}

// JSON returns a document in one line that has only this statement.
func (s *Statement) JSON() string {
	version := version2008
	if s.variables {
		version = version2012
	}
	var list []element
	if s.Sid != "" {
		list = append(list, element{"Sid", s.Sid})
	}
	list = append(list, element{"Effect", s.Effect})
	if s.Principals.Given {
		list = append(list, element{not(s.Principals.Not) + "Principal", s.Principals.byType()})
	}
	list = append(list, element{not(s.Actions.Not) + "Action", s.Actions.Values})
	if s.Resources.Given {
		list = append(list, element{not(s.Resources.Not) + "Resource", s.Resources.Values})
	}
	if len(s.Conditions) > 0 {
		conditions := map[string]map[string][]string{}
		for _, c := range s.Conditions {
			if conditions[c.Operator] == nil {
				conditions[c.Operator] = map[string][]string{}
			}
			conditions[c.Operator][c.Key] = c.Values
		}
		list = append(list, element{"Condition", conditions})
	}
	return object([]element{{"Version", version}, {"Statement", json.RawMessage("[" + object(list) + "]")}})
}

func not(is bool) string {
	if is {
		return "Not"
	}
	return ""
}

// byType returns the principals as a policy writes them.
func (p *Principals) byType() map[string][]string {
	all := map[string][]string{}
	for _, one := range p.Values {
		all[one.Type] = append(all[one.Type], one.Value)
	}
	return all
}

// object writes elements in their order. Their values are strings, and lists and maps of
// them, so nothing of them can fail.
func object(list []element) string {
	var b bytes.Buffer
	for i, e := range list {
		b.WriteString([]string{"{", ","}[min(i, 1)])
		b.Write(encoded(e.name))
		b.WriteByte(':')
		b.Write(encoded(e.value))
	}
	b.WriteByte('}')
	return b.String()
}

func encoded(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
