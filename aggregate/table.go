package aggregate

import (
	"cmp"
	"slices"

	"trail403/ingest/event"
)

// table holds denials as rows, the dictionary of their strings, and what
// examples need beside.
type table struct {
	rows    rows
	strings dictionary
	// originals are the ids of the records that rows update; few have one.
	originals []original
	// oddIDs are the texts of event ids that are no UUIDs.
	oddIDs map[id]string
	// besides holds what there is of each principal, action and bucket besides rows.
	besides    map[groupKey]*beside
	shortened  bool // some of them have shorter prefixes of keys
	allDetails bool
	changes    []event.Change
	keyUses    map[event.KeyUse]bool
	names      map[uint32]uint32 // see principals; set by Build
	spare      *spare            // denials of which nothing is kept besides, or nil
}

type original struct {
	row int
	id  id
}

type groupKey struct{ principal, action, bucket uint32 }

// beside holds the details of the earliest rows, see maxDetails, and what their
// object keys have in common.
type beside struct {
	details []detail
	keys    keys
}

// detail is what an example shows and a row does not hold.
type detail struct {
	event        id
	micros       int64
	flags        flags
	fingerprint  uint64
	message, key string
	session      string
}

// maxDetails is how many details are kept for a principal, action and bucket,
// the earliest by time and id. Three are shown; some of the earliest may turn
// out to be copies of other events. A pair of accounts makes two copies of an
// event, so eight leave at least three. Which are kept depends on the set of
// rows alone, not on their order, and where the text of an example is missing
// all the same, it is shown without.
const maxDetails = 8

// dictionary numbers strings. Number 0 is the empty string.
type dictionary struct {
	number map[string]uint32
	list   []string
}

func (d *dictionary) intern(s string) uint32 {
	if s == "" {
		return 0
	}
	if n, ok := d.number[s]; ok {
		return n
	}
	if d.number == nil {
		d.number = map[string]uint32{}
		d.list = []string{""}
	}
	n := uint32(len(d.list))
	d.number[s] = n
	d.list = append(d.list, s)
	return n
}

func (d *dictionary) text(n uint32) string {
	if n == 0 {
		return ""
	}
	return d.list[n]
}

// reset empties the table for reuse. Maps that grew large are let go: clearing
// them costs as much as they are large.
func (t *table) reset() {
	const large = 4096
	t.rows.reset()
	t.originals = t.originals[:0]
	t.changes, t.keyUses = nil, nil
	t.shortened = false
	if len(t.strings.list) > large {
		t.strings = dictionary{}
	} else if len(t.strings.list) > 0 {
		clear(t.strings.number)
		clear(t.strings.list)
		t.strings.list = t.strings.list[:1]
	}
	if len(t.besides) > large {
		t.besides = nil
	}
	clear(t.besides)
	clear(t.oddIDs)
}

// add appends a denial.
func (t *table) add(d *event.Denial) {
	in := t.strings.intern
	r := row{
		micros:      d.Time.UnixMicro(),
		fingerprint: d.Fingerprint,
		why:         whyOf(d.WhyNotTold),
		text: [columns]uint32{
			principal:     in(d.Principal),
			action:        in(d.Action),
			bucket:        in(d.Bucket),
			bucketAccount: in(d.BucketAccount),
			recipient:     in(d.Recipient),
			cause:         in(string(d.Cause)),
			deniedAction:  in(d.DeniedAction),
			policyARN:     in(d.PolicyARN),
			eventSource:   in(d.Source),
			eventName:     in(d.Name),
			errorCode:     in(d.ErrorCode),
			region:        in(d.Region),
			sourceIP:      in(d.SourceIP),
			userAgent:     in(d.UserAgent),
			vpcEndpoint:   in(d.VPCEndpoint),
			kmsKey:        in(d.KMSKey),
		},
	}
	if d.HasARN {
		r.flags |= hasARN
	}
	if d.Recipient != "" && d.Recipient == d.CallerAccount {
		r.flags |= requester
	}
	if d.EventID == "" {
		r.flags |= noEventID
		r.event = fingerprintID(d.Fingerprint)
	} else {
		r.event = t.id(d.EventID)
		if d.SharedEventID != "" {
			r.shared, _ = idOf(d.SharedEventID)
		}
		if d.OriginalEventID != "" {
			x, _ := idOf(d.OriginalEventID)
			t.originals = append(t.originals, original{t.rows.n, x})
		}
	}
	if t.spare.has(d) {
		t.rows.add(r)
		return
	}
	b := t.beside(r.group())
	r.text[keyPrefix] = t.addKey(&b.keys, r.text[cause], r.text[deniedAction], d.Key)
	t.rows.add(r)
	t.addDetail(b, detail{
		event: r.event, micros: r.micros, flags: r.flags, fingerprint: r.fingerprint,
		message: d.Message, key: d.Key, session: d.Session,
	})
}

// beside returns what is kept of a principal, action and bucket.
func (t *table) beside(k groupKey) *beside {
	b := t.besides[k]
	if b == nil {
		if t.besides == nil {
			t.besides = map[groupKey]*beside{}
		}
		b = &beside{}
		t.besides[k] = b
	}
	return b
}

func (t *table) id(s string) id {
	x, isUUID := idOf(s)
	if !isUUID {
		if t.oddIDs == nil {
			t.oddIDs = map[id]string{}
		}
		t.oddIDs[x] = s
	}
	return x
}

// eventID returns the text of the row's event id.
func (t *table) eventID(r *row) string {
	if r.flags&noEventID != 0 {
		return ""
	}
	if s, ok := t.oddIDs[r.event]; ok {
		return s
	}
	return r.event.String()
}

// addDetail keeps d if it is among the earliest of its group.
func (t *table) addDetail(b *beside, d detail) {
	list := b.details
	full := len(list) == maxDetails && !t.allDetails
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

func compareDetails(a, b detail) int {
	return cmp.Or(cmp.Compare(a.micros, b.micros), slices.Compare(a.event[:], b.event[:]))
}

// preferDetail says which of two copies of one event is shown, in the way in
// which preferRow chooses.
func preferDetail(a, b detail) bool {
	return cmp.Or(cmp.Compare(b.flags&(hasARN|requester), a.flags&(hasARN|requester)),
		cmp.Compare(a.fingerprint, b.fingerprint)) < 0
}

// detail returns what is kept beside the row; the zero detail if nothing is.
func (t *table) detail(r *row) detail {
	want := detail{event: r.event, micros: r.micros}
	if b := t.besides[r.group()]; b != nil {
		if i, found := slices.BinarySearchFunc(b.details, want, compareDetails); found {
			return b.details[i]
		}
	}
	return detail{}
}

// absorb adds all of o, which is not to be used afterwards but for reset.
func (t *table) absorb(o *table) {
	for use := range o.keyUses {
		t.addKeyUse(use)
	}
	uses := t.keyUses
	o.keyUses = nil
	changes := append(t.changes, o.changes...)
	t.changes, o.changes = nil, nil
	if t.rows.n == 0 && len(t.strings.list) <= 1 && o.rows.n > chunkRows {
		// Many rows come to none: no need to hold them twice for a moment.
		*t, *o = *o, *t
		t.changes, t.keyUses = changes, uses
		return
	}
	t.changes = changes
	numbers := make([]uint32, len(o.strings.list)+1) // there may be none, but 0 is always 0
	number := func(n uint32) uint32 {
		if n != 0 && numbers[n] == 0 {
			numbers[n] = t.strings.intern(o.strings.text(n))
		}
		return numbers[n]
	}
	groupOf := func(k groupKey) groupKey {
		return groupKey{number(k.principal), number(k.action), number(k.bucket)}
	}
	for k, from := range o.besides {
		b := t.beside(groupOf(k))
		for _, d := range from.details {
			t.addDetail(b, d)
		}
		t.absorbKeys(&b.keys, &from.keys, &o.strings, number)
	}
	first := t.rows.n
	for i := range o.rows.n {
		if i%chunkRows == 0 && i > 0 {
			o.rows.chunks[i/chunkRows-1] = nil // as t grows, o shrinks
		}
		r := *o.rows.at(i)
		if prefix := r.text[keyPrefix]; prefix != 0 && t.shortened {
			k := &t.besides[groupOf(r.group())].keys
			r.text[keyPrefix] = 0
			r.mapTexts(number)
			r.text[keyPrefix] = t.internPrefix(k, o.strings.text(prefix))
		} else {
			r.mapTexts(number)
		}
		t.rows.add(r)
	}
	for _, x := range o.originals {
		t.originals = append(t.originals, original{first + x.row, x.id})
	}
	for x, s := range o.oddIDs {
		if t.oddIDs == nil {
			t.oddIDs = map[id]string{}
		}
		t.oddIDs[x] = s
	}
}

func (r *row) mapTexts(number func(uint32) uint32) {
	for c, n := range r.text {
		r.text[c] = number(n)
	}
}

func (r *row) group() groupKey {
	return groupKey{r.text[principal], r.text[action], r.text[bucket]}
}
