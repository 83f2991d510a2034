package rows

import (
	"hash/maphash"

	"trail403/ingest/event"
)

// texts are the strings of a context.
type texts struct {
	column              [ofContext]string
	why                 string
	hasARN, isRequester bool
}

func textsOf(d *event.Denial) texts {
	return texts{
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
		why:         d.WhyNotTold,
		hasARN:      d.HasARN,
		isRequester: d.Recipient != "" && d.Recipient == d.CallerAccount,
	}
}

// recall remembers the contexts of recent denials, so that their strings need not be
// looked up one by one. The strings of a denial that repeats are usually the same
// memory, so comparing them takes little time.
type recall struct {
	places []recalled
	misses int // since the places became as many as they are
	seed   maphash.Seed
	// How the last request was made.
	call       event.Call
	callNumber uint32
	hasCall    bool
}

type recalled struct {
	texts  texts
	number uint32
	known  bool
	// The last credentials that came with the context, but for when their session started.
	credentials       event.Credentials
	credentialsNumber uint32
	hasCredentials    bool
}

// A place takes some 450 bytes.
const (
	fewPlaces  = 64
	mostPlaces = 4096
)

// place returns where the context of a denial is remembered, if it is.
func (m *recall) place(d *event.Denial) *recalled {
	switch n := len(m.places); {
	case n == 0:
		m.places, m.seed = make([]recalled, fewPlaces), maphash.MakeSeed()
	case n < mostPlaces && m.misses > 8*n:
		m.places, m.misses = make([]recalled, 4*n), 0
	}
	h := maphash.String(m.seed, d.Principal) + 3*maphash.String(m.seed, d.Bucket)
	h += uint64(len(d.Action)<<6 + len(d.Cause)<<4 + len(d.UserAgent)<<2 + len(d.Region))
	return &m.places[h%uint64(len(m.places))]
}

// forget makes all numbers unknown.
func (m *recall) forget() {
	clear(m.places)
	m.call, m.hasCall = event.Call{}, false
}
