package pseudonym

import (
	"strings"

	"trail403/ingest/pattern"
)

// spans are the parts of a message that are more than words: the name of the caller, the
// name of the resource, and an action.
var spans = pattern.New(`(?s)User: (.*?) is not authorized|on resource: ?"?([^" ]+)|\b((?:` +
	services + `):[A-Z][A-Za-z*]{0,63})\b`)

// message replaces the names in an error message, and keeps its other words: a reader must
// understand it as before. AWS cuts long messages, so that the last word may be a part of one.
func (n *Names) message(s string) string {
	last := s[strings.LastIndexAny(s, " -:")+1:]
	return n.phrase(s, func(word string) bool {
		return grammar.has(word) || statusCode.MatchString(word) || word == last && startsGrammar(word)
	})
}

var statusCode = pattern.New(`^[1-5]\d\d$`)

// phrase replaces the names in a message. A caller or resource is a name also where it is no
// ARN and its words are words of messages.
func (n *Names) phrase(s string, keep func(string) bool) string {
	var out strings.Builder
	done := 0
	for _, m := range spans.FindAllStringSubmatchIndex(s, -1) {
		for group := 2; group < len(m); group += 2 {
			from, to := m[group], m[group+1]
			if from < 0 {
				continue
			}
			out.WriteString(n.scan(s[done:from], keep))
			if isAction := group == 6; isAction || isNoName(s[from:to]) {
				out.WriteString(s[from:to])
			} else {
				out.WriteString(n.all(s[from:to]))
			}
			done = to
		}
	}
	return out.String() + n.scan(s[done:], keep)
}

// isNoName says whether the text at the place of a name is a service of AWS, nobody, or
// the reason that follows where the resource is left out.
func isNoName(s string) bool {
	return nobody.has(s) || isHost.MatchString(s) || s == "because" || s == "with"
}

func startsGrammar(cut string) bool {
	for word := range grammar.all() {
		if strings.HasPrefix(word, cut) {
			return true
		}
	}
	return false
}

// agent replaces what a user agent says beside its tools and their versions.
func (n *Names) agent(s string) string {
	return n.scan(s, func(word string) bool {
		return tools.has(word) || len(word) <= 4 && strings.Trim(word, "0123456789") == ""
	})
}
