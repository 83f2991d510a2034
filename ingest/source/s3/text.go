package s3

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"trail403/ingest/redact"
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

// hide replaces everything in a text that must not be shown: the given secrets,
// what looks like a credential, and the given id of an access key, which tells where
// its signature is.
func hide(text string, secrets []string, keyID string) string {
	for _, secret := range secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, redact.Hidden)
		}
	}
	if text = redact.Text(text); keyID != "" {
		text = strings.ReplaceAll(text, keyID, redact.Key)
	}
	return text
}
