package page

import (
	"strconv"
	"strings"

	"trail403/ingest/pattern"
)

// An Anchor is a place in a page that links lead to: a word of ours, and a number if
// there are several such places. The type of the word has no name outside of this
// package, so that only constants of ours can be one. No text from elsewhere becomes
// an anchor or the target of a link.
type Anchor struct {
	Word   anchorWord
	Number int
}

type anchorWord string

// String returns the id of the anchor in a document.
func (a Anchor) String() string {
	if a.Number == 0 {
		return string(a.Word)
	}
	return string(a.Word) + "-" + strconv.Itoa(a.Number)
}

// At returns the text of a heading with an anchor at its end, which does not change how
// the heading starts. A heading of level 2 needs none: the formats that have links make
// one of its words, so that it must have no text from elsewhere.
func At(a Anchor, t Text) Text { return t + markAnchor + Text(a.String()) + markTo }

// LinkToHeading returns the text as a link to a heading of the same page.
func LinkToHeading(heading, t Text) Text {
	return markLink + Text(headingID(heading)) + markTo + t + endLink
}

// NumberOf returns the number of the anchor at the end of a heading, or "".
func NumberOf(heading Text) Text {
	_, number, _ := strings.Cut(anchorOf(heading), "-")
	return Text(number)
}

// headingID returns the id of a heading: its anchor, or its words as GitHub makes an id
// of them.
func headingID(heading Text) string {
	if id := anchorOf(heading); id != "" {
		return id
	}
	return strings.Map(func(c rune) rune {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-':
			return c
		case c == ' ':
			return '-'
		}
		return -1
	}, strings.ToLower(heading.Plain()))
}

// anchorOf returns the id of the anchor in a text, or "".
func anchorOf(t Text) (id string) {
	for s := range t.spans() {
		if s.anchor != "" {
			id = s.anchor
		}
	}
	return id
}

// Link returns the text as a link to an anchor of the same page, where the format has
// links. The text says where it leads, for formats that have none.
func Link(to Anchor, t Text) Text { return markLink + Text(to.String()) + markTo + t + endLink }

// webAddress is what Web accepts: the console of AWS, and no character that could end an
// address in any format.
var webAddress = pattern.New(
	`^https://[a-z0-9-]+\.console\.(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)` +
		`/[A-Za-z0-9_.~%/?#=&@-]*$`)

// Web returns the text as a link to a page of the AWS Management Console, where the
// format has links. Without an address, or with any other, it is only the text.
func Web(address string, t Text) Text {
	if !webAddress.MatchString(address) {
		return t
	}
	return markWeb + Text(address) + markTo + t + endLink
}
