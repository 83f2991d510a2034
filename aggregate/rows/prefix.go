package rows

import (
	"slices"
	"strings"
)

// objectKeys is what is kept of the object keys that one principal used with one
// action on one bucket. It is bounded, and depends only on the set of keys and not
// on their order.
type objectKeys struct {
	// prefixes are the numbers of the distinct prefixes, each up to the slash that
	// the number of levels says. Where there are too many, all end a slash earlier.
	prefixes []uint32
	fewer    int // how many slashes fewer than maxLevels
	common   []commonKey
}

// commonKey is what the keys of the denials with one cause and denied action have
// in common.
type commonKey struct {
	cause, deniedAction uint32
	any                 bool // there is a key
	common              string
	one, none           bool
}

const (
	// maxLevels is how many slashes a prefix has at most.
	maxLevels = 2
	// maxPrefixes is how many prefixes of a group are kept apart.
	maxPrefixes = 64
	// topLevel represents the prefix "", which the dictionary cannot distinguish from
	// a missing key. No real prefix looks like it, because all end with a slash.
	topLevel = "."
)

// prefixAt returns a key's prefix up to the given slash, or up to its last slash if
// it has fewer.
func prefixAt(key string, levels int) string {
	end := 0
	for range levels {
		i := strings.IndexByte(key[end:], '/')
		if i < 0 {
			break
		}
		end += i + 1
	}
	if end == 0 {
		return topLevel
	}
	return key[:end]
}

// join adds what more keys have in common.
func (k *objectKeys) join(c commonKey) {
	i := slices.IndexFunc(k.common, func(x commonKey) bool { return x.cause == c.cause && x.deniedAction == c.deniedAction })
	if i < 0 {
		k.common = append(k.common, c)
		return
	}
	x := &k.common[i]
	x.none = x.none || c.none
	switch {
	case !c.any:
	case !x.any:
		x.any, x.common, x.one = true, c.common, c.one
	default:
		x.one = x.one && c.one && x.common == c.common
		x.common = commonPrefix(x.common, c.common)
	}
}

func commonPrefix(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return a[:n]
}
