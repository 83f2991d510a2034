package rows

import (
	"hash/maphash"

	"trail403/ingest/event"
)

// texts are the strings of a context.
type texts struct {
	column [ofContext]string
	why    Why
	flags  flags // hasARN and requester
}

func textsOf(d *event.Denial) texts {
	x := texts{
		column: [ofContext]string{
			Principal:     d.Principal,
			Action:        d.Action,
			Bucket:        d.Bucket,
			BucketAccount: d.BucketAccount,
			Recipient:     d.Recipient,
			Cause:         string(d.Cause),
			DeniedAction:  d.DeniedAction,
			PolicyARN:     d.PolicyARN,
			EventSource:   d.Source,
			EventName:     d.Name,
			ErrorCode:     d.ErrorCode,
			Region:        d.Region,
			UserAgent:     d.UserAgent,
			VPCEndpoint:   d.VPCEndpoint,
			KMSKey:        d.KMSKey,
		},
		why: whyOf(d.WhyNotTold),
	}
	if d.HasARN {
		x.flags |= hasARN
	}
	if d.Recipient != "" && d.Recipient == d.CallerAccount {
		x.flags |= requester
	}
	return x
}

// recall remembers where the contexts of recent denials are, so that their strings need
// not be looked up one by one: to compare them with those of a context takes less time.
type recall struct {
	places []place
	misses int // since the places became as many as they are
	seed   maphash.Seed
	// credentials are the last ones of each context: one more than their number, or 0.
	credentials []uint32
	// call is the number of how the last request was made.
	call    uint32
	hasCall bool
}

// place says which context a denial of a hash had: one more than its number, or 0.
type place struct {
	hash    uint64
	context uint32
}

const (
	fewPlaces  = 64
	mostPlaces = 1 << 16
)

// place returns where the context of a denial is remembered, if it is.
func (m *recall) place(x *texts) (at *place, hash uint64) {
	switch n := len(m.places); {
	case n == 0:
		m.places, m.seed = make([]place, fewPlaces), maphash.MakeSeed()
	case n < mostPlaces && m.misses > 8*n:
		m.places, m.misses = make([]place, 4*n), 0
	}
	for _, c := range [...]Column{Principal, Action, Bucket, Cause} {
		hash = hash*31 + maphash.String(m.seed, x.column[c])
	}
	hash += uint64(len(x.column[UserAgent])<<4 + len(x.column[Region]))
	return &m.places[hash%uint64(len(m.places))], hash
}

// forget makes all numbers unknown.
func (m *recall) forget() {
	clear(m.places)
	m.credentials, m.hasCall = nil, false
}
