package rows

import (
	"cmp"
	"slices"
)

// detail is what an example shows and a row does not hold.
type detail struct {
	event       id
	micros      int64
	fingerprint uint64
	shape       string // of the message
	// One text holds all others, one after another.
	text                          string
	key, session, request, caller uint32 // how long each is
	flags                         flags
}

// setTexts stores the texts.
func (d *detail) setTexts(key, session, request, caller string) {
	d.text = key + session + request + caller
	d.key, d.session = uint32(len(key)), uint32(len(session))
	d.request, d.caller = uint32(len(request)), uint32(len(caller))
}

// Detail is a detail as it is shown.
type Detail struct {
	detail
	words *words // of its message
}

// Message returns the error message, and Request the id of the request. Caller is the ARN
// that the record names.
func (d *Detail) Message() Message { return Message{d.shape, d.words} }
func (d *Detail) Key() string      { return d.text[:d.key] }
func (d *Detail) Session() string  { return d.text[d.key:][:d.session] }
func (d *Detail) Request() string  { return d.text[d.key+d.session:][:d.request] }
func (d *Detail) Caller() string   { return d.text[d.key+d.session+d.request:] }

// Text returns the error message as a text.
func (d *Detail) Text() string {
	m := d.Message()
	return m.Text(d.Key(), d.Session())
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
	words   *words
	details []detail
	keys    objectKeys
}

// takes says whether a detail of the time may be among the earliest.
func (b *beside) takes(micros int64, all bool) bool {
	n := len(b.details)
	return n < maxDetails || all || micros <= b.details[n-1].micros
}

// addDetail keeps d if it is among the earliest, or if all are kept.
func (b *beside) addDetail(d detail, all bool) {
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
	want := detail{event: r.event, micros: r.Micros}
	if i, found := slices.BinarySearchFunc(b.details, want, compareDetails); found {
		return Detail{b.details[i], b.words}
	}
	return Detail{}
}

func compareDetails(a, b detail) int {
	return cmp.Or(cmp.Compare(a.micros, b.micros), slices.Compare(a.event[:], b.event[:]))
}

// preferDetail says which of two copies of one event is shown. It chooses as
// compareCopies does.
func preferDetail(a, b detail) bool {
	return cmp.Or(cmp.Compare(b.flags, a.flags),
		cmp.Compare(a.fingerprint, b.fingerprint)) < 0
}
