package rows

import (
	"cmp"
	"slices"

	"trail403/ingest/event"
)

// CommonKeys is what the object keys of a group have in common, for the denials
// with one cause and denied action. It holds for all of them, not only for the
// examples.
type CommonKeys struct {
	Cause        event.Cause
	DeniedAction string
	Common       string // what all keys begin with: the key itself if One
	One          bool   // there is only one key
	None         bool   // some denials name no key
}

// addKey adds the object key of a denial, which may be empty, and returns the
// number of its prefix.
func (t *Table) addKey(k *objectKeys, cause, deniedAction uint32, key string) uint32 {
	k.join(commonKey{cause: cause, deniedAction: deniedAction, any: key != "", common: key, one: key != "", none: key == ""})
	if key == "" {
		return 0
	}
	n := t.internPrefix(k, key)
	t.addPrefix(k, n)
	return n
}

// internPrefix returns the number of the prefix of a key, or of a longer prefix.
func (t *Table) internPrefix(k *objectKeys, key string) uint32 {
	prefix := prefixAt(key, maxLevels-k.fewer)
	if n, ok := t.strings.number[prefix]; ok {
		return n
	}
	return t.strings.intern(prefix)
}

func (t *Table) addPrefix(k *objectKeys, number uint32) {
	if slices.Contains(k.prefixes, number) {
		return
	}
	k.prefixes = append(k.prefixes, number)
	for len(k.prefixes) > maxPrefixes { // this ends: without a slash there is only one
		t.shorten(k, k.fewer+1)
	}
}

// shorten makes the prefixes end at an earlier slash.
func (t *Table) shorten(k *objectKeys, fewer int) {
	k.fewer, t.shortened = fewer, true
	for i, n := range k.prefixes {
		k.prefixes[i] = t.internPrefix(k, t.strings.text(n))
	}
	slices.Sort(k.prefixes)
	k.prefixes = slices.Compact(k.prefixes)
}

// absorbKeys adds what another table kept. Prefixes that are shorter here stay
// short: otherwise their strings would come in again with every object.
func (t *Table) absorbKeys(k, from *objectKeys, other *dictionary, number func(uint32) uint32) {
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

// CommonKeys returns what the object keys of a group have in common. A group has
// several entries in the table where its principal has several names.
func (t *Table) CommonKeys(entries []GroupKey) (out []CommonKeys) {
	var all objectKeys
	for _, e := range entries {
		if b := t.besides[e]; b != nil {
			for _, c := range b.keys.common {
				all.join(c)
			}
		}
	}
	for _, c := range all.common {
		out = append(out, CommonKeys{event.Cause(t.strings.text(c.cause)), t.strings.text(c.deniedAction), c.common, c.one, c.none})
	}
	slices.SortFunc(out, func(a, b CommonKeys) int {
		return cmp.Or(cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.DeniedAction, b.DeniedAction))
	})
	return out
}

// KeyPrefixes adds up a group's counts of key prefixes, each shortened to the
// number of slashes that all of them have: some rows were counted before the
// prefixes of the group were shortened.
func (t *Table) KeyPrefixes(counts []Count, entries []GroupKey) ([]Count, Prefixes) {
	levels := maxLevels
	for _, e := range entries {
		if b := t.besides[e]; b != nil {
			levels = min(levels, maxLevels-b.keys.fewer)
		}
	}
	return prefixCounts(counts, levels)
}
