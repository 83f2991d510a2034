package rows

import (
	"trail403/aggregate/filter"
	"trail403/ingest/event"
)

// spare recognizes denials that will be excluded, so that nothing is kept beside
// their rows. It is used by one goroutine.
type spare struct {
	selection *filter.Selection
	known     map[filter.Denial]bool
}

// maxKnown bounds what a spare remembers.
const maxKnown = 4096

// has says whether a denial will certainly be excluded. A nil spare has none.
func (s *spare) has(d *event.Denial) bool {
	if s == nil {
		return false
	}
	k := filter.Denial{
		Principal: d.Principal, Action: d.Action, Bucket: d.Bucket,
		BucketAccount: d.BucketAccount, Cause: string(d.Cause), PolicyARN: d.PolicyARN, Recipient: d.Recipient,
	}
	will, ok := s.known[k]
	if !ok {
		if len(s.known) >= maxKnown {
			clear(s.known)
		}
		if s.known == nil {
			s.known = map[filter.Denial]bool{}
		}
		will = s.selection.WillExclude(&k)
		s.known[k] = will
	}
	return will
}
