// Package redact removes from texts what nobody must see: access keys, tokens,
// signatures and passwords. It is the one place that does. Texts of a log pass
// through it where they are read, and names, errors and messages where they are kept
// or printed. It uses only the standard library.
//
// The files, each using only those before it:
//
//  1. edit.go replaces parts of a text. url.go finds the user name and the password of
//     a URL.
//  2. keys.go finds access key ids, and what belongs to one. tokens.go finds tokens
//     that show what they are.
//  3. named.go finds values by their names, such as AWS_SECRET_ACCESS_KEY.
//  4. look.go tells quickly that a text has nothing of that, as nearly all texts of a
//     log.
//  5. redact.go does all of it.
//
// In doubt, it removes too much, such as any word after a name that promises a secret.
package redact

import "strings"

// Text returns the text without secrets. A text that has none is returned as it is.
// To redact a text again changes nothing.
func Text(s string) string {
	found := look(s)
	if found&separators != 0 {
		s = named(s)
	}
	if found&words != 0 {
		s = sessionTokens(basic(bearer(s)))
	}
	if found&signs != 0 {
		s = userInfo(s)
	}
	if found&prefixes != 0 { // before passwords, which may follow the id of a key
		s = keyIDs(s)
	}
	if found&signs != 0 {
		s = userInfo(userPassword(s)) // without the password, it can be a URL
	}
	return s
}

// URL returns a text that is one URL, or should be, without secrets. Its user name and
// password end with the last at sign, since a password may hold any character.
func URL(s string) string {
	begin, end := strings.Index(s, "://"), strings.LastIndexByte(s, '@')
	if begin >= 0 && end > begin {
		s = s[:begin] + "://" + Hidden + s[end:]
	}
	return Text(s)
}
