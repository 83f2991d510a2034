package redact

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// userInfo replaces the user names and passwords of URLs in a text.
func userInfo(s string) string {
	if !strings.Contains(s, "@") {
		return s
	}
	e := edit{text: s}
	plain, quoted := span{ends: " \t\r\n\v\f\"'`<>"}, span{ends: `"`}
	for at := 0; ; {
		i := strings.Index(s[at:], "//")
		if i < 0 {
			return e.String()
		}
		slashes := at + i
		begin := slashes + 2
		rest := &plain
		if hasQuote(s, slashes) {
			rest = &quoted
		}
		at = begin
		if sign := rest.lastSign(s, begin); sign > begin && hasUser(s, slashes, sign) {
			e.replace(begin, sign, Hidden)
			at = sign
		}
	}
}

// span is the rest of a URL. It is kept for what else starts in it, so that the time
// stays linear.
type span struct {
	ends string // what it may not hold
	end  int
	sign int // the last at sign in it
}

// lastSign returns where the last at sign of the URL is whose rest begins there, -1 if
// there is none.
func (u *span) lastSign(s string, begin int) int {
	if begin > u.end || u.end == 0 {
		u.end = len(s)
		if n := strings.IndexAny(s[begin:], u.ends); n >= 0 {
			u.end = begin + n
		}
		u.sign = begin + strings.LastIndexByte(s[begin:u.end], '@') // begin-1 if there is none
	}
	if u.sign < begin {
		return -1
	}
	return u.sign
}

// hasQuote says whether a quote comes before the scheme of a URL. Then the URL may
// hold spaces.
func hasQuote(s string, slashes int) bool {
	for i := slashes - 1; i >= 0; i-- {
		if !isAlphanumeric(s[i]) && strings.IndexByte("+.:-", s[i]) < 0 {
			return s[i] == '"'
		}
	}
	return false
}

// hasUser says whether a URL has a user name and a password before the at sign, rather
// than a path with an at sign in it. A colon that no port follows starts a password.
func hasUser(s string, slashes, at int) bool {
	rest := s[slashes+2 : at]
	authority := rest
	if n := strings.IndexAny(rest, "/?#"); n >= 0 {
		authority = rest[:n]
	}
	_, after, colon := strings.Cut(authority, ":")
	if len(authority) == len(rest) || strings.Contains(authority, "@") {
		return colon || slashes > 0 && s[slashes-1] == ':'
	}
	return colon && (len(after) > 5 || strings.Trim(after, "0123456789") != "")
}

// userPassword replaces the password of user:password@host without slashes.
func userPassword(s string) string {
	e := edit{text: s}
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '@')
		if i < 0 {
			return e.String()
		}
		sign := at + i
		at = sign + 1
		colon := strings.LastIndexAny(s[:sign], " \t\r\n\"'`<>/:@,;()[]{}=&|")
		if colon < e.done || colon < 0 || s[colon] != ':' || at == len(s) || !isAlphanumeric(s[at]) {
			continue
		}
		user := strings.LastIndexAny(s[:colon], " \t\r\n\"'`<>/:@,;()[]{}=&|") + 1
		if isUser(s[user:colon]) {
			e.replace(colon+1, sign, Hidden)
		}
	}
}

// notUsers are what a colon and an address may follow.
var notUsers = []string{"mailto", "email", "sip", "acct"}

// uniqueID matches what the name of a session follows: the id of a role or user, or an
// account.
var uniqueID = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(A[A-Z0-9]{15,}|\d{12})$`)
})

func isUser(name string) bool {
	return name != "" && len(name) <= 64 && !uniqueID().MatchString(name) &&
		!slices.Contains(notUsers, strings.ToLower(name))
}
