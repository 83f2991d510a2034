package json

import (
	"time"

	"trail403/aggregate"
)

// Fixed is what became of the requests of a group since its last denial.
type Fixed struct {
	State        string     `json:"state"`
	Successes    int        `json:"successes"`
	AtLeast      bool       `json:"at_least"`
	FirstSuccess *time.Time `json:"first_success"`
}

// fixedOf returns null if nobody asked.
func fixedOf(r *aggregate.Recovery) *Fixed {
	if r == nil {
		return nil
	}
	out := &Fixed{State: string(r.State), Successes: r.Successes, AtLeast: r.AtLeast}
	if r.Successes > 0 {
		out.FirstSuccess = &r.First
	}
	return out
}
