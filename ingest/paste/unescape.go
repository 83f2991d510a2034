package paste

import (
	"html"
	"strconv"
	"strings"
)

// straight replaces the typographic quotes around a resource, which editors and
// chats make of plain ones. Elsewhere they stay: a key can hold them.
func straight(s string) string {
	if !strings.ContainsAny(s, "“”„‟«»") || strings.Contains(s, `"`) {
		return s
	}
	return strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`).Replace(s)
}

// unescape undoes one level of escapes: of XML where there are entities, else of
// JSON.
func unescape(s string) string {
	if strings.Contains(s, "&quot;") || strings.Contains(s, "&#") || strings.Contains(s, "&lt;") || strings.Contains(s, "&amp;") || strings.Contains(s, "&nbsp;") {
		if plain := html.UnescapeString(s); plain != s {
			return strings.ReplaceAll(plain, "\u00a0", " ")
		}
	}
	if strings.Contains(s, `\`) {
		return unbackslash(s)
	}
	return s
}

// unbackslash undoes the escapes of JSON and of most languages. What is no escape
// stays.
func unbackslash(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; c {
		case '"', '\'', '\\', '/', '`':
			b.WriteByte(c)
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case 'r':
		case 'u', 'x':
			n := map[byte]int{'u': 4, 'x': 2}[c]
			if code, err := strconv.ParseUint(s[min(i+1, len(s)):min(i+1+n, len(s))], 16, 32); err == nil && i+n < len(s) {
				b.WriteRune(rune(code))
				i += n
				continue
			}
			b.WriteString(`\` + string(c))
		default:
			b.WriteString(`\` + string(c))
		}
	}
	return b.String()
}
