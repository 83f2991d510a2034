package s3

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"trail403/ingest/field"
)

// Longest texts of a server that an error shows. Codes of S3 have up to some 40
// characters. A message that names a role, a key and the reason has 400.
const (
	maxCode    = 60
	maxMessage = 500
)

// clip makes one line of a text and cuts it after so many characters.
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

// userInfo is the user name and the password of a URL, which end with the last
// at sign: a password may hold any character, and blanks if the URL is quoted.
var userInfo = regexp.MustCompile(`("[a-z0-9+.-]+://)[^"]*@|(://)[^\s"'<>]*@`)

// hide takes out of a text what must not be shown: what looks like a credential,
// and the credentials that are known.
func hide(text string, secrets []string) string {
	for _, secret := range secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, "(removed)")
		}
	}
	return field.Redact(userInfo.ReplaceAllString(text, "${1}${2}(removed)@"))
}
