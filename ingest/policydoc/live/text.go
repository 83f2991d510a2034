package live

import (
	"errors"
	"net/url"
	"strings"
	"unicode"

	"trail403/ingest/redact"
)

// maxText is how many characters of a text from elsewhere a failure has.
const maxText = 300

// clip makes one line of a text, without what looks like a secret, and cuts it off.
func clip(text string) string {
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "\ufffd"), func(c rune) bool {
		return unicode.IsSpace(c) || unicode.IsControl(c)
	}), " ")
	if runes := []rune(redact.Text(text)); len(runes) > maxText {
		return string(runes[:maxText]) + "…"
	}
	return redact.Text(text)
}

// transportText returns what is wrong with a network, without the address.
func transportText(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err.Error()
	}
	return err.Error()
}
