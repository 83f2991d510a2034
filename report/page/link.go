package page

import (
	"strconv"

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
// the heading starts. A heading that is only the word of an anchor needs none: the
// formats that have links give it one.
func At(a Anchor, t Text) Text { return t + markAnchor + Text(a.String()) + markTo }

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
