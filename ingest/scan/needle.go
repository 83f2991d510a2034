package scan

import "bytes"

// needle is a text that is searched ahead in the buffer: one search for all
// records that a window holds costs a half of one search a record, since most
// windows hold few and most records none.
//
// It should begin with a byte that is rare in the data: bytes.Index looks for
// that first. Measured, a quote makes it four times slower.
type needle struct {
	text []byte
	at   int // where it occurs next, -1 if not in what was searched
	to   int // it does not occur before
}

// shift follows the buffer's bytes when they move.
func (n *needle) shift(by int) {
	n.to = max(n.to-by, 0)
	if n.at >= 0 {
		n.at -= by
	}
}

// in says whether the needle occurs in buf[from:to]. Calls must not go back.
func (n *needle) in(buf []byte, from, to int) bool {
	if n.at < from {
		from = max(from, n.to)
		if from >= to {
			return false
		}
		if i := bytes.Index(buf[from:], n.text); i >= 0 {
			n.at = from + i
			n.to = n.at
		} else {
			n.at = -1
			n.to = max(from, len(buf)-len(n.text)+1) // it may begin at the end
		}
	}
	return n.at >= from && n.at+len(n.text) <= to
}
