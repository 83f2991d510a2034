package query

import (
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Objects are those of a part.
type Objects struct {
	Paths             []string // as the engine names them, sorted
	Accounts, Regions []string // as far as names tell, sorted
	Days              []time.Time
}

// maxRanges is how many ranges of names a query lists. More of them would make it too
// long: Athena takes 256 KB.
const maxRanges = 50

// IsAskable says whether a query can name an object.
func IsAskable(name string) bool {
	return utf8.ValidString(name) && len(name) <= 4096
}

// span is a range of names, with both ends.
type span struct{ first, last string }

// spans covers the paths by few ranges: one for each folder or, if these are too many, for
// each folder above them, and so on. A range may cover other objects as well.
func spans(paths []string) []span {
	key := path.Dir
	for up := 1; ; up++ {
		found := map[string]*span{}
		var order []string
		for _, p := range paths {
			k := key(p)
			for range up - 1 {
				k = path.Dir(k)
			}
			s := found[k]
			if s == nil {
				s = &span{p, p}
				found[k] = s
				order = append(order, k)
			}
			s.first, s.last = min(s.first, p), max(s.last, p)
		}
		if len(found) <= maxRanges || up > 64 {
			all := make([]span, 0, len(order))
			for _, k := range order {
				all = append(all, *found[k])
			}
			slices.SortFunc(all, func(a, b span) int { return strings.Compare(a.first, b.first) })
			return all
		}
	}
}
