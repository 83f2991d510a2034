package redact

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"
)

// afterWord calls f for each word in the text, in any case, with where what
// follows it begins, after spaces.
func afterWord(s, word string, f func(next int)) {
	small := []byte(s)
	for i, c := range small {
		if c >= 'A' && c <= 'Z' {
			small[i] = c | 0x20
		}
	}
	for at := 0; ; {
		i := bytes.Index(small[at:], []byte(word))
		if i < 0 {
			return
		}
		at += i + len(word)
		next := at
		for {
			switch {
			case next < len(s) && strings.IndexByte(" \t+:=\"'\\", s[next]) >= 0:
				next++
				continue
			case strings.HasPrefix(s[next:], "%20"), strings.HasPrefix(s[next:], "%22"):
				next += 3
				continue
			}
			break
		}
		if next > at {
			f(next)
		}
	}
}

// spoken are words that follow Bearer in sentences.
var spoken = []string{"token", "tokens", "auth", "authentication", "authorization", "scheme"}

// bearer replaces the token after Bearer.
// https://www.rfc-editor.org/rfc/rfc6750#section-2.1
func bearer(s string) string {
	e := edit{text: s}
	afterWord(s, "bearer", func(next int) {
		end := run(s, next, func(c byte) bool { return isBase64(c) || c == '.' || c == '~' || c == '%' })
		if !slices.Contains(spoken, strings.ToLower(strings.TrimRight(s[next:end], "."))) {
			e.replace(next, end, Hidden)
		}
	})
	return e.String()
}

// basic replaces what follows Basic if that is a user name and a password.
// https://www.rfc-editor.org/rfc/rfc7617#section-2
func basic(s string) string {
	e := edit{text: s}
	afterWord(s, "basic", func(next int) {
		end := run(s, next, isBase64)
		text, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(s[next:end], "="))
		if err == nil && strings.Contains(string(text), ":") {
			e.replace(next, end, Hidden)
		}
	})
	return e.String()
}

// starts are what session tokens of AWS have near their start: parts of the base64 of
// "origin" and of "er/aws".
var starts = []string{"oJb3JpZ2lu", "oGZXIvYXdz"}

// sessionTokens replaces session tokens of AWS that have no name beside them.
func sessionTokens(s string) string {
	for _, start := range starts {
		if !strings.Contains(s, start) {
			continue
		}
		e := edit{text: s}
		for at := 0; ; {
			i := strings.Index(s[at:], start)
			if i < 2 && at == 0 || i < 0 {
				break
			}
			begin := at + i
			for begin > e.done && begin > at+i-2 && isAlphanumeric(s[begin-1]) {
				begin--
			}
			end := run(s, at+i, func(c byte) bool { return isBase64(c) || c == '%' })
			e.replace(begin, end, Hidden)
			at = end
		}
		s = e.String()
	}
	return s
}
