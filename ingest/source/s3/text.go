package s3

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"trail403/ingest/field"
)

// How many characters of a server's texts an error shows. The codes of S3 have up
// to about 40 characters. A message that names a role, a key and the reason has
// about 400.
const (
	maxCode    = 60
	maxMessage = 500
	maxShown   = 200 // of a key
)

// clip makes one line of a text and cuts it off after so many characters.
func clip(text string, most int) string {
	if len(text) > most*utf8.UTFMax {
		text = text[:most*utf8.UTFMax]
	}
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "\ufffd"), func(c rune) bool {
		return unicode.IsSpace(c) || unicode.IsControl(c)
	}), " ")
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i] + "…"
		}
	}
	return text
}

// userInfo matches the user name and the password of a URL. They end with the last
// at sign, since a password may hold any character. It may even hold a space if
// the URL is quoted.
var userInfo = regexp.MustCompile(`("[a-z0-9+.-]+://)[^"]*@|(://)[^\s"'<>]*@`)

// hide replaces everything in a text that must not be shown: the given secrets,
// and what looks like a credential.
func hide(text string, secrets []string) string {
	for _, secret := range secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "(removed)")
		}
	}
	return field.Redact(userInfo.ReplaceAllString(text, "${1}${2}(removed)@"))
}
