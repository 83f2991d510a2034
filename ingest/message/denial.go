package message

import "strings"

// A denial is a text cut at its fixed words: "User: P is not authorized to
// perform: A" and what follows.
type denial struct {
	principal string
	action    string
	rest      string // what follows the action: the resource and the reason
	prefixed  bool   // other words come before the message
}

// cutDenial reads the left part from the left. The first "is not authorized
// to perform:" counts: what an attacker can choose, the object's key, comes
// after it. "User: " may be missing, and so may the principal.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
func cutDenial(text string) (denial, bool) {
	var d denial
	subject, rest, ok := cutPhrase(text)
	if !ok {
		return d, false
	}
	d.principal, d.prefixed = principal(subject)
	d.action, d.rest = action(rest)
	return d, true
}

// cutPhrase cuts text at the first "is not authorized to perform:". It looks
// for the one rare word and checks those around it, as any white space may be
// between them.
func cutPhrase(text string) (before, after string, ok bool) {
	const rare = "authorized"
	for from := 0; ; {
		i := strings.Index(text[from:], rare)
		if i < 0 {
			return "", "", false
		}
		i += from
		from = i + len(rare)
		left, ok := lastWord(text[:i], "not")
		if !ok {
			continue
		}
		left, ok = lastWord(left, "is")
		if !ok || left != "" && isWord(left[len(left)-1]) {
			continue
		}
		c := cursor{s: text[from:]}
		if c.s != "" && isSpace(c.s[0]) && c.lit("to perform:") {
			return trim(left), c.s, true
		}
	}
}

// principal finds who was denied in the text before the phrase, and tells whether
// other words come before that. A principal holds no "User:", so the last one
// counts.
func principal(subject string) (name string, prefixed bool) {
	const user = "User:"
	if rest, ok := strings.CutPrefix(subject, user); ok && !strings.Contains(rest, user) {
		return trimLeft(rest), false // nearly always, and faster
	}
	for end := len(subject); ; {
		i := strings.LastIndex(subject[:end], user)
		if i < 0 {
			break
		}
		if i == 0 || !isWord(subject[i-1]) {
			return trimLeft(subject[i+len(user):]), trim(subject[:i]) != ""
		}
		end = i
	}
	// "User is not authorized" has no principal. Of texts without "User: " only
	// an ARN is taken for one, but not an ellipsis or the name of a program.
	last := subject[strings.LastIndexAny(subject, spaces)+1:]
	before := trim(subject[:len(subject)-len(last)])
	switch {
	case last == "User", strings.Trim(subject, ".") == "":
		return "", before != ""
	case strings.HasPrefix(last, "arn:"):
		return last, before != ""
	}
	return "", true
}

// action reads the action that was denied. It is not checked against a list:
// AWS's own examples name actions that IAM does not know (s3:CopyObject).
func action(s string) (name, rest string) {
	c := cursor{s: s}
	word := strings.TrimRight(c.word(), ".,;")
	switch word {
	case "on", "because", "with":
		return "", trimLeft(s)
	}
	return word, c.s
}

// startsAgain tells whether another message starts in s, which follows a
// reason: then the reason is not of that message.
func startsAgain(s string) bool {
	if s == "" {
		return false
	}
	_, _, denied := cutPhrase(s)
	return denied || strings.Contains(s, "An error occurred (") ||
		strings.Contains(s, "api error ") || strings.Contains(s, "AccessDenied:")
}
