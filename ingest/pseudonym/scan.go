package pseudonym

import "strings"

// all replaces every word of a value, and keeps the form of what has one.
func (n *Names) all(s string) string { return n.scan(s, nil) }

// scan replaces the words of a text, except those that keep accepts. What is part of an ARN
// is never kept.
func (n *Names) scan(s string, keep func(word string) bool) string {
	var out strings.Builder
	inARN := false
	for i := 0; i < len(s); {
		if inARN && strings.IndexByte(" \t\r\n\"'<>", s[i]) >= 0 {
			inARN = false
		}
		if size, arn := n.shape(&out, s[i:]); size > 0 {
			inARN = inARN || arn
			i += size
			continue
		}
		_, size := symbols(s[i:], 0)
		if size == 0 {
			size = plain(s[i:])
			out.WriteString(s[i : i+size])
			i += size
			continue
		}
		word := s[i : i+size]
		if keep != nil && !inARN && keep(word) {
			out.WriteString(word)
		} else {
			out.WriteString(n.name(word))
		}
		i += size
	}
	return out.String()
}

// shape replaces what has a form at the start of s. It returns how many bytes that was, and
// whether they start an ARN.
func (n *Names) shape(out *strings.Builder, s string) (size int, arn bool) {
	switch c := s[0]; {
	case c == '-' || c == '.':
		if m := suffixes.FindStringSubmatch(s); m != nil {
			out.WriteString(m[1])
			return len(m[1]), false
		}
		return 0, false
	case c < '0' || c > 'z':
		return 0, false
	}
	if kept := literals.FindString(s); kept != "" {
		kept = trimDelimiter(kept)
		out.WriteString(kept)
		return len(kept), false
	}
	if size = n.arn(out, s); size > 0 {
		return size, true
	}
	if size = n.id(out, s); size > 0 {
		return size, false
	}
	return n.address(out, s), false
}

// trimDelimiter takes away the character that showed that the end of a host is an end.
func trimDelimiter(s string) string {
	if i := strings.LastIndex(s, "amazonaws.com"); i >= 0 && !strings.Contains(s[i:], "/") {
		end := i + len("amazonaws.com")
		if strings.HasPrefix(s[end:], ".cn") {
			end += len(".cn")
		}
		return s[:end]
	}
	return s
}
