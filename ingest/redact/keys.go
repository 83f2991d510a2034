package redact

import "strings"

const (
	keyIDLength  = 20 // AKIA or ASIA and 16 letters or digits
	secretLength = 40 // of a secret access key, in base64
)

// keyIDs replaces access key ids. It also replaces what follows one after a colon, as
// in the signature of version 2, and a secret access key beside it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
func keyIDs(s string) string {
	e := edit{text: s}
	for at := 0; ; {
		i := strings.Index(s[at:], "IA") // both prefixes end so
		if i < 0 {
			return e.String()
		}
		start := at + i - 2
		at += i + 1
		if start < e.done || !isKeyID(s[start:]) {
			continue
		}
		end := start + keyIDLength
		e.replace(start, end, Key)
		e.replace(secretAfter(s, end))
		at = max(end, e.done)
	}
}

// secretAfter returns where the secret is that belongs to the key id before at. It is
// empty if there is none.
func secretAfter(s string, at int) (begin, end int, by string) {
	if strings.HasPrefix(s[at:], ":") {
		return at + 1, valueEnd(s, at+1), Hidden
	}
	begin = run(s, at, func(c byte) bool { return strings.IndexByte(" \t\r\n,;\"'|", c) >= 0 })
	end = run(s, begin, isBase64)
	if begin == at || begin > at+8 || end-begin != secretLength {
		return 0, 0, Hidden
	}
	return begin, end, Hidden
}

func isKeyID(s string) bool {
	if len(s) < keyIDLength || !strings.HasPrefix(s, "AKIA") && !strings.HasPrefix(s, "ASIA") {
		return false
	}
	for i := range keyIDLength {
		if c := s[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
