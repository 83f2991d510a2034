package message

import "strings"

// What programs write after a message. An attacker's key can imitate these
// only where the true reason is missing, for that follows the key.
const (
	javaTail    = "(Service: "                             // AWS SDK for Java 1 and 2
	goTail      = "status code: "                          // AWS SDK for Go 1
	encodedTail = "Encoded authorization failure message:" // EC2, part of the message
)

// atEnd tells whether a message is over at s: only a full stop and what
// programs write there, in full, follows.
func atEnd(s string) bool {
	s = trim(strings.TrimPrefix(trimLeft(s), "."))
	switch {
	case s == "":
		return true
	case strings.IndexByte(s, '"') >= 0, lastReason(s) >= 0:
		return false // a resource or a reason is in it
	case strings.HasPrefix(s, javaTail):
		_, after, ok := strings.Cut(s, ")")
		c := cursor{s: after}
		if c.anyOf("(SDK Attempt Count:", ", S3 Extended Request ID:") {
			c.word()
		}
		return ok && trim(c.s) == ""
	case strings.HasPrefix(s, goTail):
		c := cursor{s: s[len(goTail):]}
		c.word()
		if c.lit("request id:") {
			c.word()
		}
		if c.lit("host id:") {
			c.word()
		}
		return trim(c.s) == ""
	}
	return isEncoded(s)
}

// isEncoded tells whether s is the coded detail that EC2 adds, one long word.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
func isEncoded(s string) bool {
	s = trim(strings.TrimPrefix(trimLeft(s), "."))
	code, ok := strings.CutPrefix(s, encodedTail)
	return ok && !strings.ContainsAny(trimLeft(code), spaces)
}

// tailIndex returns where in s the first such tail starts, -1 if there is none.
func tailIndex(s string) int {
	first := -1
	for _, tail := range [...]string{javaTail, goTail, encodedTail} {
		if i := strings.Index(s, tail); i >= 0 && (first < 0 || i < first) && (i == 0 || isSpace(s[i-1])) {
			first = i
		}
	}
	return first
}

// goesOn tells whether tail continues a reason such that a second cause is
// named.
func goesOn(tail string) bool {
	c := cursor{s: tail}
	if c.anyOf("or", "and", ", or", ", and") {
		return true
	}
	// "transitively through" names the policy that counts, also where it is cut.
	w := c.word()
	return len(w) > 3 && strings.HasPrefix("transitively", w)
}
