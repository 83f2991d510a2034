package policydoc

import "strings"

// expand replaces the policy variables in a value of a policy. The answer Fails if
// one of them has no value, so that the value matches nothing, and is Unseen if the
// log does not show one.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func expand(value string, context *Context, missing *unseen) (string, Truth) {
	if !strings.Contains(value, "${") {
		return value, Holds
	}
	var b strings.Builder
	answer := Holds
	for {
		before, rest, found := strings.Cut(value, "${")
		end := endOf(rest)
		if !found || end < 0 {
			b.WriteString(value) // there is no more variable
			return b.String(), answer
		}
		b.WriteString(before)
		text, t := variable(rest[:end], context, missing)
		b.WriteString(text)
		answer = min(answer, t)
		value = rest[end+1:]
	}
}

// endOf returns where the variable ends that starts the text: at the first brace
// outside of the quotes of a default. It is negative if there is none.
func endOf(text string) int {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '\'':
			quoted = !quoted
		case text[i] == '}' && !quoted:
			return i
		}
	}
	return -1
}

// variable returns the text that takes the place of a variable.
func variable(name string, context *Context, missing *unseen) (string, Truth) {
	switch name {
	case "*":
		return string([]byte{literalStar}), Holds
	case "?":
		return string([]byte{literalQuestion}), Holds
	case "$":
		return "$", Holds
	}
	key, rest, _ := strings.Cut(name, ",")
	key = strings.TrimSpace(key)
	fallback, hasDefault := unquote(strings.TrimSpace(rest))
	values, seen := context.Lookup(key)
	switch {
	case !seen:
		return "", missing.add(key)
	case len(values) == 1:
		return literal(values[0]), Holds
	case hasDefault:
		return literal(fallback), Holds
	}
	return "", Fails
}

// unquote returns the text of a default, which is in single quotes.
func unquote(s string) (string, bool) {
	if len(s) < 2 || s[0] != '\'' || s[len(s)-1] != '\'' {
		return "", false
	}
	return strings.ReplaceAll(s[1:len(s)-1], "''", "'"), true
}

// literal protects the characters of a value that would be wildcards in a pattern.
func literal(s string) string {
	if !strings.ContainsAny(s, "*?") {
		return s
	}
	b := []byte(s)
	for i, c := range b {
		switch c {
		case '*':
			b[i] = literalStar
		case '?':
			b[i] = literalQuestion
		}
	}
	return string(b)
}
