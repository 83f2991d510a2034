package source

import (
	"strings"
	"time"
)

// Place is whose trail an object belongs to, and the Region that it is about.
type Place struct{ Account, Region string }

// Told is what the name of an object tells. Each part is empty where it does not. The
// texts are parts of the name.
type Told struct {
	Place
	// Begin and End are when CloudTrail delivered it, see Delivered.
	Begin, End time.Time
	network    bool
}

// Tell reads the name of an object.
func Tell(name string) (t Told) {
	t.Account, t.Region = Whose(name)
	t.Begin, t.End, _ = Delivered(name)
	t.network = strings.Contains(name, "CloudTrail-NetworkActivity")
	return t
}

// Day returns the UTC day of the delivery to a trail, and whether the name shows the
// day and the trail. Network activity has a trail of its own, which does not show
// whether this one was delivered.
func (t *Told) Day() (day time.Time, ok bool) {
	ok = !t.Begin.IsZero() && t.Account != "" && t.Region != "" && !t.network
	return t.Begin.Truncate(24 * time.Hour), ok
}
