// Package recovery says what became of requests that were denied: whether the same
// caller succeeds since, in the same place.
//
// The order of its steps, each using only those before it:
//
//  1. recovery.go has what is known of a group.
//  2. sample.go counts successful requests in bounded memory.
//  3. watch.go has the groups, and which requests are about them.
//  4. shard.go takes the requests that one worker reads.
package recovery

import (
	"time"

	"trail403/aggregate/rows"
)

// State is what became of the requests of a group since its last denial.
type State string

const (
	// Fixed says that requests succeed in a place where the caller was denied, and where
	// none of its requests had succeeded while it was denied.
	Fixed State = "fixed"
	// Elsewhere says that requests succeed, but not in such a place.
	Elsewhere State = "succeeds elsewhere"
	// None says that no request succeeded.
	None State = "no request since"
)

// Recovery is what is known of a group since its last denial.
type Recovery struct {
	State     State
	Successes int       // that the state is about
	AtLeast   bool      // there are perhaps more of them
	First     time.Time // of them, UTC; zero without any
}

// Denied says when and where a group was denied, also by denials that filters leave out.
type Denied struct {
	First, Last time.Time
	Prefixes    rows.Prefixes // of the object keys
	Keyless     bool          // some denials name no object key
}

// isPlace says whether requests for an object, or for none, were denied.
func (d *Denied) isPlace(key string) bool {
	if key == "" {
		return d.Keyless
	}
	return d.Prefixes.Hold(key)
}
