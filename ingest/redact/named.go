package redact

import "strings"

// secretNames end the names of what is secret, in small letters and without hyphens
// and underscores, by their last letter.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
var secretNames = map[byte][]string{
	'n': {"token", "samlassertion"}, // X-Amz-Security-Token, sessionToken
	'e': {"signature"},
	'y': {"secretaccesskey", "secretkey", "customerkey", "apikey", "privatekey"},
	'd': {"password", "passwd"},
	't': {"clientsecret"},
}

// named replaces the values that follow the name of a secret and an equals sign or a
// colon. These may be encoded for a URL, once or more often. Spaces and quotes may be
// around both.
func named(s string) string {
	e := edit{text: s}
	for at := 0; ; {
		i := strings.IndexAny(s[at:], "=:%")
		if i < 0 {
			return e.String()
		}
		sep := at + i
		n := separator(s[sep:])
		at = sep + max(n, 1)
		if n == 0 || !isSecret(s[:sep]) {
			continue
		}
		// A value may end with another name, whose value is after it.
		if begin, quote := opening(s, at); begin >= e.done {
			e.replace(begin, closing(s, begin, quote), Hidden)
		}
	}
}

// separator returns how long the equals sign or colon is that a text starts with, 0 if
// it starts with neither: =, :, %3D, %253D.
func separator(s string) int {
	if s[0] != '%' {
		return 1
	}
	n := 1
	for strings.HasPrefix(s[n:], "25") {
		n += 2
	}
	if len(s) < n+2 || s[n] != '3' || !strings.ContainsRune("dDaA", rune(s[n+1])) {
		return 0
	}
	return n + 2
}

const (
	around = " \t\"'`\\" // a name and a separator, or a separator and a value
	most   = 16          // of these, so that the time stays linear
)

// isSecret says whether a text ends with the name of a secret.
func isSecret(s string) bool {
	for range most {
		n := len(s)
		for _, code := range []string{"%22", "%2522", "%27", "%20"} {
			s = strings.TrimSuffix(s, code)
		}
		if n == len(s) && n > 0 && strings.IndexByte(around, s[n-1]) >= 0 {
			s = s[:n-1]
		}
		if n == len(s) {
			break
		}
	}
	if s == "" {
		return false
	}
	for _, name := range secretNames[s[len(s)-1]|0x20] {
		if endsWith(s, name) {
			return true
		}
	}
	return false
}

// endsWith compares the end of a text with a name, without regard to case, hyphens and
// underscores.
func endsWith(s, name string) bool {
	i := len(s) - 1
	for n := len(name) - 1; n >= 0; n-- {
		if n < len(name)-1 && i >= 0 && (s[i] == '-' || s[i] == '_') {
			i--
		}
		if i < 0 || s[i]|0x20 != name[n] {
			return false
		}
		i--
	}
	return true
}

// opening returns where the value begins that follows a separator, and the quote that
// it begins with, or "".
func opening(s string, at int) (begin int, quote string) {
	for n := 0; at < len(s) && n < most; n++ {
		switch c := s[at]; {
		case strings.IndexByte("\"'`", c) >= 0:
			quote = s[at : at+1]
		case strings.HasPrefix(s[at:], "%22"):
			return at + 3, "%22"
		case strings.IndexByte(around+">", c) < 0:
			if word := s[at:valueEnd(s[:min(at+7, len(s))], at)]; strings.EqualFold(word, "bearer") {
				at += len(word) // the value is what follows
				continue
			}
			return at, quote
		}
		at++
	}
	return at, quote
}

// closing returns where the value ends that begins there.
func closing(s string, begin int, quote string) int {
	if quote != "" {
		if n := strings.Index(s[begin:], quote); n >= 0 {
			return begin + len(strings.TrimRight(s[begin:begin+n], `\`))
		}
	}
	if end := valueEnd(s, begin); s[begin:end] != "null" {
		return end
	}
	return begin
}
