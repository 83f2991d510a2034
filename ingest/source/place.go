package source

import (
	"strings"
	"time"
)

// Place is whose trail an object belongs to, and the Region that it is about.
type Place struct{ Account, Region string }

// PlaceOf returns whose trail an object belongs to and the UTC day of its delivery,
// if its path shows them. Network activity has a trail of its own, which does not
// show whether this one was delivered.
func PlaceOf(name string) (p Place, day time.Time, ok bool) {
	p.Account, p.Region = Whose(name)
	day, _, ok = Delivered(name)
	ok = ok && p.Account != "" && p.Region != "" && !strings.Contains(name, "CloudTrail-NetworkActivity")
	return p, day.Truncate(24 * time.Hour), ok
}
