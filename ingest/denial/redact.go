package denial

import "strings"

const (
	keyIDLength = 20 // AKIA or ASIA and 16 letters or digits
	redacted    = "[access-key]"
)

// redact replaces access key ids, which no report may hold. Keys and messages
// can hold them: `?X-Amz-Credential=AKIA…` in a key that was pasted wrong.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
func redact(s string) string {
	var b strings.Builder
	kept := 0 // s up to here is in b
	for at := 0; ; {
		i := strings.Index(s[at:], "IA") // both prefixes end so
		if i < 0 {
			break
		}
		start := at + i - 2
		at += i + 1
		if start >= kept && isKeyID(s[start:]) {
			b.WriteString(s[kept:start])
			b.WriteString(redacted)
			kept = start + keyIDLength
			at = kept
		}
	}
	if kept == 0 {
		return s
	}
	b.WriteString(s[kept:])
	return b.String()
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
