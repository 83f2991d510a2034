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
	for from := 0; ; {
		i := strings.Index(s[from:], "IA") // both prefixes end so
		if i < 0 {
			return s
		}
		start := from + i - 2
		from += i + 2
		if start < 0 || !isKeyID(s[start:]) {
			continue
		}
		s = s[:start] + redacted + s[start+keyIDLength:]
		from = start + len(redacted)
	}
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
