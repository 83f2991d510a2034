package paste

import (
	"strings"
	"unicode/utf8"

	"trail403/ingest/event"
)

// mostJoined bounds how many lines one message can have. At a width of 40 a
// message of CloudTrail's limit has 26.
const mostJoined = 32

// join puts messages together again that were wrapped.
func join(lines []line) []line {
	joined := make([]line, 0, len(lines))
	for i := 0; i < len(lines); {
		l := lines[i]
		if starts(lines[i:]) {
			l = joinAt(lines[i:])
		}
		joined = append(joined, l)
		i += l.count
	}
	return joined
}

// starts tells whether a message starts in the first line. It can also start at
// its end and continue in the next line.
func starts(lines []line) bool {
	s := lines[0].text
	if startsIn(s) {
		return true
	}
	if len(lines) == 1 || isEmpty(lines[1].text) || startsIn(lines[1].text) {
		return false
	}
	return startsIn(s+lines[1].text) || startsIn(s+" "+lines[1].text) || containsAny(s, "AccessDenied", "Exception:", "Error:")
}

func startsIn(s string) bool {
	return containsAny(s, "User:", "An error occurred (", "operation error ", "api error ")
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// joinAt joins the first line with as many of the next as make it a message. It
// prefers the shortest text with a reason, then the shortest that is known.
func joinAt(lines []line) line {
	best, most := lines[0], howFar(lines[0].text)
	lines = lines[:reach(lines)]
	width := widthOf(lines)
	for _, by := range jointsFor(lines, width) {
		if howFar(lines[0].text) == complete {
			if l := withRest(lines[0], lines, by, width); l.count > 1 {
				return l
			}
			continue
		}
		text := lines[0].text
		for k := 1; k < len(lines); k++ {
			text += by(lines[k-1].text, lines[k].text, width) + lines[k].text
			if far := howFar(text); far > most && isSound(text) {
				best, most = lines[0], far
				best.text, best.count = text, k+1
			}
			if most == complete {
				return withRest(best, lines, by, width)
			}
		}
	}
	return best
}

// reach returns how many lines can belong to the message that starts in the first:
// up to an empty line, or one in which another message starts.
func reach(lines []line) int {
	n := 1
	for n < min(len(lines), mostJoined) {
		l := lines[n]
		before := strings.TrimSpace(lines[n-1].text)
		switch {
		case isEmpty(l.text):
			return n
		case (l.fresh || startsIn(l.text)) && !introduces(before):
			return n
		case strings.HasPrefix(strings.TrimSpace(l.text), "at "):
			return n
		}
		n++
	}
	return n
}

// introduces tells whether a line ends such that a message is still to come.
func introduces(before string) bool {
	for _, w := range [...]string{":", "api", "error", "occurred", "operation", "User"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return strings.Contains(before, "error S3") || strings.Contains(before, "HostID")
}

// How much of a message a text is.
const (
	nothing = iota
	known
	complete
)

func howFar(text string) int {
	_, m := read(strings.TrimSpace(text))
	switch {
	case m.Cause == event.Unrecognized, m.Cause == event.Truncated, m.Cause == event.ExplicitUnknown:
		return nothing
	case m.Cause == event.NotTold, m.Cause == event.AccessGrants:
		return known
	}
	for _, w := range [...]string{":", ",", "with", "with policy", "with policy ARN"} {
		if strings.HasSuffix(strings.TrimSpace(text), w) {
			return known // the ARN of a policy follows
		}
	}
	return complete
}

// isSound tells whether a joined text has no space where none can be.
func isSound(text string) bool {
	_, m := read(strings.TrimSpace(text))
	switch {
	case strings.ContainsAny(m.Principal, " \t"), containsAny(text, m.Action+" resource", m.Action+" this resource", m.Action+" the resource"):
		return false // a word before "resource" was glued to the action
	case m.Resource == "" && strings.Contains(text, "onresource"):
		return false
	case m.Cause.Effect() == event.Implicit && strings.HasSuffix(text, "action"):
		// "because no … policy allows the ACTION action" repeats the action.
		return strings.HasSuffix(text, " the "+m.Action+" action")
	}
	return true
}

// withRest adds what can follow a message that is complete without it: the rest of
// a policy's ARN that was wrapped, and the policy through which another one acts.
func withRest(l line, lines []line, by joint, width int) line {
	for l.count < len(lines) {
		last, next := lines[l.count-1].text, lines[l.count].text
		_, m := read(strings.TrimSpace(l.text))
		text := l.text + by(last, next, width) + next
		if strings.HasPrefix(strings.TrimSpace(next), "transitively ") {
			text = strings.TrimSpace(l.text) + " " + strings.TrimSpace(next)
		}
		_, longer := read(strings.TrimSpace(text))
		acts := strings.Contains(text, " transitively ") && !strings.Contains(l.text, " transitively ")
		isFull := utf8.RuneCountInString(last) >= width || strings.HasPrefix(next, ": arn:") || strings.HasPrefix(next, ", with")
		switch {
		case acts: // The first policy is not the one that counts, even if the other one stays unknown.
			l.text, l.count = text, l.count+1
			for l.count < len(lines) && howFar(l.text) != complete {
				l.text += by(lines[l.count-1].text, lines[l.count].text, width) + lines[l.count].text
				l.count++
			}
			continue
		case isFull && longer.Cause == m.Cause && len(longer.PolicyARN) > len(m.PolicyARN):
		default:
			return l
		}
		l.text, l.count = text, l.count+1
	}
	return l
}

// widthOf returns the length of the longest line but the last one.
func widthOf(lines []line) (width int) {
	for i := range lines[:max(1, len(lines)-1)] {
		width = max(width, utf8.RuneCountInString(lines[i].text))
	}
	return width
}
