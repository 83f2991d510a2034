package field

import (
	"bytes"
	"strings"
)

const (
	keyIDLength = 20 // AKIA or ASIA and 16 letters or digits
	redacted    = "[access-key]"
)

// Redact replaces what no report may hold: access key ids, and the tokens and
// signatures of presigned URLs. Object keys and messages can hold them, as when
// somebody pastes a key together with its query.
func Redact(s string) string { return redactKeyIDs(redactParameters(s)) }

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
func redactKeyIDs(s string) string {
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

// secretParameters end the names of a presigned URL's parameters that are
// secret, in small letters: X-Amz-Security-Token, X-Amz-Signature, Signature.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
var secretParameters = []string{"security-token", "signature"}

// redactParameters replaces the values of secret parameters: what follows the
// name and an equals sign, which may itself be written as %3D.
func redactParameters(s string) string {
	const hidden = "[redacted]"
	if !strings.Contains(s, "=") && !strings.Contains(s, "%3") {
		return s
	}
	small := []byte(s)
	for i, c := range small {
		if c >= 'A' && c <= 'Z' {
			small[i] = c + 'a' - 'A'
		}
	}
	var b strings.Builder
	kept := 0 // s up to here is in b
	for at := 0; at < len(s); at++ {
		begin := 0 // of a value
		for _, name := range secretParameters {
			if rest, ok := bytes.CutPrefix(small[at:], []byte(name)); ok {
				if after, ok := bytes.CutPrefix(rest, []byte("=")); ok {
					begin = len(s) - len(after)
				} else if after, ok := bytes.CutPrefix(rest, []byte("%3d")); ok {
					begin = len(s) - len(after)
				}
			}
		}
		if begin == 0 {
			continue
		}
		n := strings.IndexAny(s[begin:], "& \t\r\n\"'`<>;,)")
		if n < 0 {
			n = len(s) - begin
		}
		b.WriteString(s[kept:begin])
		b.WriteString(hidden)
		kept = begin + n
		at = kept
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
