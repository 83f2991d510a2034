package query

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// literal writes a text as a string literal. The text must be valid UTF-8.
func literal(text string) string {
	plain := true
	for i := range len(text) {
		plain = plain && text[i] >= ' ' && text[i] <= '~'
	}
	if plain {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	b := &strings.Builder{}
	b.WriteString("U&'")
	for _, r := range text {
		switch {
		case r == '\'', r == '\\':
			b.WriteRune(r)
			b.WriteRune(r)
		case r >= ' ' && r <= '~':
			b.WriteRune(r)
		default:
			fmt.Fprintf(b, `\+%06X`, r)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

// list writes texts as the list of an IN.
func list(texts []string) string { return "(" + literals(texts) + ")" }

func literals(texts []string) string {
	quoted := make([]string, len(texts))
	for i, text := range texts {
		quoted[i] = literal(text)
	}
	return strings.Join(quoted, ", ")
}

// identifier writes the name of a column or a table.
func identifier(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// Table is the name of a table. Catalog and schema may be empty.
type Table struct{ Catalog, Schema, Name string }

// ErrTable says that a text is not the name of a table.
var ErrTable = errors.New("the name of a table is written CATALOG.SCHEMA.TABLE or SCHEMA.TABLE; " +
	"a part that has other characters than letters, digits, _ and - is written in double quotes")

// maxName is how many bytes each part of a name may have.
const maxName = 255

// ParseTable reads the name of a table, as SQL writes it.
func ParseTable(text string) (Table, error) {
	var parts []string
	for rest := text; ; {
		part, after, ok := cutPart(rest)
		if !ok || len(parts) == 3 {
			return Table{}, ErrTable
		}
		parts = append(parts, part)
		if after == "" {
			break
		}
		if after[0] != '.' {
			return Table{}, ErrTable
		}
		rest = after[1:]
	}
	switch len(parts) {
	case 2:
		return Table{Schema: parts[0], Name: parts[1]}, nil
	case 3:
		return Table{parts[0], parts[1], parts[2]}, nil
	}
	return Table{}, ErrTable
}

// cutPart cuts the first part off a name.
func cutPart(text string) (part, after string, ok bool) {
	quoted, isQuoted := strings.CutPrefix(text, `"`)
	if !isQuoted {
		n := strings.IndexFunc(text, func(r rune) bool { return !isPlain(r) })
		if n < 0 {
			n = len(text)
		}
		return text[:n], text[n:], n > 0 && n <= maxName
	}
	b := &strings.Builder{}
	for i := 0; i < len(quoted); i++ {
		if quoted[i] != '"' {
			b.WriteByte(quoted[i])
			continue
		}
		if i+1 < len(quoted) && quoted[i+1] == '"' {
			b.WriteByte('"')
			i++
			continue
		}
		return b.String(), quoted[i+1:], isName(b.String())
	}
	return "", "", false
}

func isPlain(r rune) bool {
	return r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// isName says whether a text can be a name: control characters cannot be in one.
func isName(text string) bool {
	return text != "" && len(text) <= maxName && utf8.ValidString(text) &&
		strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }) < 0
}

// String writes the name for a query.
func (t Table) String() string {
	b := &strings.Builder{}
	for _, part := range []string{t.Catalog, t.Schema} {
		if part != "" {
			b.WriteString(identifier(part) + ".")
		}
	}
	return b.String() + identifier(t.Name)
}
