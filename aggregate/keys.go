package aggregate

import (
	"cmp"
	"slices"
	"strings"
	"trail403/ingest/event"
)

// Keys is what the object keys of a group have in common, of the denials with one
// cause and denied action. It holds for all of them, not only for examples.
type Keys struct {
	Cause        event.Cause
	DeniedAction string
	Common       string // that all keys begin with: the key itself if One
	One          bool   // there is one key only
	None         bool   // some denials name no key
}

// keys is what is kept of the object keys of a principal, action and bucket. It
// depends on the set of keys alone, not on their order, and is bounded.
type keys struct {
	// prefixes are the numbers of the distinct prefixes to the levelsth slash.
	// Where there are too many, a prefix ends a slash earlier.
	prefixes []uint32
	fewer    int // slashes than maxLevels
	common   []commonKeys
}

type commonKeys struct {
	cause, deniedAction uint32
	any                 bool // there is a key
	common              string
	one, none           bool
}

const (
	// maxLevels is how many slashes a prefix has at most.
	maxLevels = 2
	// maxPrefixes is how many prefixes are told apart in a group.
	maxPrefixes = 64
	// topLevel stands for the prefix "", which the dictionary cannot tell from no
	// key. No prefix looks like it: all end with a slash.
	topLevel = "."
)

// prefixAt returns a key's prefix to the given slash, or its last before.
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

// addKey takes the key of a denial, which may be empty, and returns the number of
// its prefix.
func (t *table) addKey(k *keys, cause, deniedAction uint32, key string) uint32 {
	k.join(commonKeys{cause: cause, deniedAction: deniedAction, any: key != "", common: key, one: key != "", none: key == ""})
	if key == "" {
		return 0
	}
	n := t.internPrefix(k, key)
	t.addPrefix(k, n)
	return n
}

// internPrefix returns the number of the prefix of a key, or of a longer prefix.
func (t *table) internPrefix(k *keys, key string) uint32 {
	prefix := prefixAt(key, maxLevels-k.fewer)
	if n, ok := t.strings.number[prefix]; ok {
		return n
	}
	return t.strings.intern(strings.Clone(prefix)) // keys are long
}

func (t *table) addPrefix(k *keys, number uint32) {
	if slices.Contains(k.prefixes, number) {
		return
	}
	k.prefixes = append(k.prefixes, number)
	for len(k.prefixes) > maxPrefixes { // at no slash there is one
		t.shorten(k, k.fewer+1)
	}
}

// shorten makes the prefixes end earlier.
func (t *table) shorten(k *keys, fewer int) {
	k.fewer, t.shortened = fewer, true
	for i, n := range k.prefixes {
		k.prefixes[i] = t.internPrefix(k, t.strings.text(n))
	}
	slices.Sort(k.prefixes)
	k.prefixes = slices.Compact(k.prefixes)
}

// absorbKeys adds what another table kept. What is shorter here stays so: its
// strings must not come in with every object.
func (t *table) absorbKeys(k, from *keys, other *dictionary, number func(uint32) uint32) {
	for _, c := range from.common {
		c.cause, c.deniedAction = number(c.cause), number(c.deniedAction)
		k.join(c)
	}
	if from.fewer > k.fewer {
		t.shorten(k, from.fewer)
	}
	for _, n := range from.prefixes {
		t.addPrefix(k, t.internPrefix(k, other.text(n)))
	}
}

// join takes in what more keys have in common.
func (k *keys) join(c commonKeys) {
	i := slices.IndexFunc(k.common, func(x commonKeys) bool { return x.cause == c.cause && x.deniedAction == c.deniedAction })
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

// keysOf returns what the object keys of a group have in common, for which the
// table has the given entries: several where the principal has several names.
func (t *table) keysOf(entries []groupKey) (out []Keys) {
	var all keys
	for _, e := range entries {
		if b := t.besides[e]; b != nil {
			for _, c := range b.keys.common {
				all.join(c)
			}
		}
	}
	for _, c := range all.common {
		out = append(out, Keys{event.Cause(t.strings.text(c.cause)), t.strings.text(c.deniedAction), c.common, c.one, c.none})
	}
	slices.SortFunc(out, func(a, b Keys) int {
		return cmp.Or(cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.DeniedAction, b.DeniedAction))
	})
	return out
}

// levelsOf returns how many slashes the prefixes of a group have.
func (t *table) levelsOf(entries []groupKey) int {
	levels := maxLevels
	for _, e := range entries {
		if b := t.besides[e]; b != nil {
			levels = min(levels, maxLevels-b.keys.fewer)
		}
	}
	return levels
}

// prefixCounts counts by prefixes of one length, since some rows were counted when
// they were not shortened yet. It shortens them further where there are too many.
func prefixCounts(counts []Count, levels int) []Count {
	sum := map[string]int{}
	for _, c := range counts {
		sum[prefixAt(c.Value, levels)] += c.Denials
	}
	if len(sum) > maxPrefixes && levels > 0 {
		return prefixCounts(counts, levels-1)
	}
	if n, ok := sum[topLevel]; ok {
		delete(sum, topLevel)
		sum[""] = n
	}
	return sortCounts(sum)
}
