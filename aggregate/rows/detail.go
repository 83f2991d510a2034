package rows

import (
	"cmp"
	"slices"
	"strings"
)

// Detail is what an example shows and a row does not hold.
type Detail struct {
	event       id
	micros      int64
	flags       flags
	fingerprint uint64
	// One text holds all others: a message usually names the session and the object
	// key, so that these take no memory of their own.
	text    string
	message uint32 // how long the message is, with which the text begins

	key, session, request, caller part
}

// part is a part of a text.
type part struct{ from, to uint32 }

func (d *Detail) Message() string { return d.text[:d.message] }
func (d *Detail) Key() string     { return d.of(d.key) }
func (d *Detail) Session() string { return d.of(d.session) }
func (d *Detail) Request() string { return d.of(d.request) } // its id
func (d *Detail) Caller() string  { return d.of(d.caller) }  // the ARN that the record names

func (d *Detail) of(p part) string { return d.text[p.from:p.to] }

// setTexts stores the texts.
func (d *Detail) setTexts(message, key, session, request, caller string) {
	d.text = message
	d.message = uint32(len(message))
	d.key, d.session, d.request, d.caller = d.hold(key), d.hold(session), d.hold(request), d.hold(caller)
}

// hold returns where a text is within the one text, which grows if it is nowhere.
func (d *Detail) hold(s string) part {
	i := strings.Index(d.text, s)
	if i < 0 {
		i = len(d.text)
		d.text += s
	}
	return part{uint32(i), uint32(i + len(s))}
}

// maxDetails is how many details are kept for a principal, action and bucket: the
// earliest by time and id. Three are shown, but some of the earliest may turn out
// to be copies of other events. A pair of accounts makes two copies of an event, so
// eight leave at least three. Which ones are kept depends only on the set of rows
// and not on their order. If the text of an example is missing anyway, the example
// is shown without it.
const maxDetails = 8

// beside is what is kept beside the rows of one principal, action and bucket: the
// details of the earliest rows, and what their object keys have in common.
type beside struct {
	details []Detail
	keys    objectKeys
}

// takes says whether a detail of the time may be among the earliest.
func (b *beside) takes(micros int64, all bool) bool {
	n := len(b.details)
	return n < maxDetails || all || micros <= b.details[n-1].micros
}

// addDetail keeps d if it is among the earliest, or if all are kept.
func (b *beside) addDetail(d Detail, all bool) {
	list := b.details
	full := len(list) == maxDetails && !all
	if full && compareDetails(d, list[len(list)-1]) > 0 {
		return
	}
	i, found := slices.BinarySearchFunc(list, d, compareDetails)
	if found {
		if preferDetail(d, list[i]) {
			list[i] = d
		}
		return
	}
	if full {
		list = list[:len(list)-1]
	}
	b.details = slices.Insert(list, i, d)
}

// detail returns the detail of a row, or the zero Detail if it was not kept.
func (b *beside) detail(r *Row) Detail {
	want := Detail{event: r.event, micros: r.Micros}
	if i, found := slices.BinarySearchFunc(b.details, want, compareDetails); found {
		return b.details[i]
	}
	return Detail{}
}

func compareDetails(a, b Detail) int {
	return cmp.Or(cmp.Compare(a.micros, b.micros), slices.Compare(a.event[:], b.event[:]))
}

// preferDetail says which of two copies of one event is shown. It chooses as
// compareCopies does.
func preferDetail(a, b Detail) bool {
	return cmp.Or(cmp.Compare(b.flags, a.flags),
		cmp.Compare(a.fingerprint, b.fingerprint)) < 0
}
