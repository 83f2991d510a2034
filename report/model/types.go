package model

import (
	"slices"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/report/advice"
)

// An Incident is one of the result with what follows from its groups.
type Incident struct {
	*aggregate.Incident
	Number  int // from 1
	Members []*aggregate.Group
	All     int                // denials of its groups, also those before the onset
	Recent  int                // denials in the recent period
	Ongoing bool               // has recent denials
	Fading  bool               // its recent rate is below a fifth of the rate before
	Alarm   bool               // AWS put an access key under quarantine
	Renamed *aggregate.Group   // of a caller that was denied the same before, nil if there is none
	Unread  string             // the account that has its policy, if the trail of that account was not read
	Owner   event.Owner        // what that account has
	Example *aggregate.Example // nil if its groups have none
	Policy  *aggregate.Policy  // that most of its denials belong to, nil if there is none
	Fix     *Fix               // of Policy; nil if there is none or the incident is not shown
}

// builder holds what the steps of Build share.
type builder struct {
	r      *aggregate.Result
	recent recent
	top    int

	owners   map[string]string            // the account of each bucket
	patterns map[string]aggregate.Pattern // by the id of an incident
	numbers  map[string]*Incident         // by id
}

// shown returns how many of n things a table shows.
func (b *builder) shown(n int) int {
	if b.top > 0 {
		return min(n, b.top)
	}
	return n
}

// A Fix is what there is to say about a policy.
type Fix struct {
	Policy   *aggregate.Policy
	Groups   []*aggregate.Group // that it denies, or those of them that the fix is about
	Incident *Incident          // that most of the groups belong to, if it is shown
	Hints    []advice.Hint      // that hold for most of the denials
	Case     advice.Case
	Advice   advice.Advice
	// Key is the same for all fixes with the same advice but for names.
	Key string
}

// MayBeMissing says whether the objects may not exist.
func (f *Fix) MayBeMissing() bool { return f.has("403-is-404") }

func (f *Fix) has(id string) bool {
	return slices.ContainsFunc(f.Hints, func(h advice.Hint) bool { return h.ID == id })
}
