package paste

import (
	"strings"
	"unicode/utf8"
)

// words are those of a message. A line break within one of them is certainly within
// a word.
var words = func() map[string]bool {
	known := map[string]bool{}
	for w := range strings.FieldsSeq(`User: is not authorized to perform: on resource: this because no identity-based resource-based
		policy service control permissions boundary session VPC endpoint role trust allows the action with an a explicit deny in
		transitively through policy: ARN: public ACLs are prevented by BlockPublicAcls BlockPublicPolicy setting S3 Block Public
		Access Access. Denied Denied. An error occurred (AccessDenied) when calling operation operation: api AccessDenied: Forbidden
		policies ciphertext customer master key object protected lock Request has expired`) {
		known[w] = true
	}
	return known
}()

// A joint is how two lines become one. The width is that of the longest line.
type joint func(left, right string, width int) string

// jointsFor returns the joints to try, in this order. A terminal wraps all lines at
// one width, within words. Programs wrap between words, so the lines differ.
func jointsFor(lines []line, width int) []joint {
	for i := range lines[:len(lines)-1] {
		if utf8.RuneCountInString(lines[i].text) < width-1 {
			return []joint{bySpace, byWidth, byNothing, mixedJoint}
		}
	}
	return []joint{byWidth, byNothing, bySpace, mixedJoint}
}

func bySpace(_, _ string, _ int) string   { return " " }
func byNothing(_, _ string, _ int) string { return "" }

// byWidth knows that copying loses the spaces at the ends of lines.
func byWidth(left, _ string, width int) string {
	if utf8.RuneCountInString(left) < width {
		return " "
	}
	return ""
}

// mixedJoint decides at each break by the words beside it.
func mixedJoint(left, right string, width int) string {
	if left == "" || right == "" || isBlank(left[len(left)-1]) || isBlank(right[0]) {
		return ""
	}
	l, r := lastField(left), firstField(right)
	switch {
	case words[l+r] && !(words[l] && words[r]):
		return ""
	case startsReason(right):
		return " "
	case strings.HasPrefix(r, `"`) || strings.HasPrefix(r, `\"`):
		if l == "resource:" || l == "on" {
			return " "
		}
		return ""
	case words[l] || words[r] || r == "s3" || strings.HasPrefix(r, "arn:"):
		return " "
	case strings.Contains(l, "arn:") || strings.HasPrefix(l, "s3"):
		return ""
	case utf8.RuneCountInString(left) >= width:
		return ""
	}
	return " "
}

// startsReason tells whether a line continues with the fixed words after a
// principal, an action or a resource.
func startsReason(s string) bool {
	for _, w := range [...]string{"is not ", "on resource", "because ", "with an ", "action"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' }

func lastField(s string) string { return s[strings.LastIndexAny(s, " \t")+1:] }

func firstField(s string) string {
	if i := strings.IndexAny(s, " \t"); i >= 0 {
		return s[:i]
	}
	return s
}
