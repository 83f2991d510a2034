package rows

import (
	"time"

	"trail403/aggregate/filter"
	"trail403/ingest/event"
)

// spare recognizes denials that will not be shown, so that nothing is kept beside
// their rows. It is used by one goroutine.
type spare struct {
	from      time.Time         // the start of the window
	selection *filter.Selection // nil if it leaves nothing out
	known     map[filter.Denial]bool
}

// maxKnown bounds what a spare remembers.
const maxKnown = 4096

// has says whether a denial is before the window, or will certainly be excluded. A nil spare has none.
func (s *spare) has(d *event.Denial) bool {
	switch {
	case s == nil:
		return false
	case d.Time.Before(s.from):
		return true
	case s.selection == nil:
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
