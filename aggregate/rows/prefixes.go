package rows

import (
	"maps"
	"slices"
)

// Prefixes are all prefixes of the object keys of a group.
type Prefixes struct {
	levels int      // up to which slash they go
	list   []string // sorted
}

// PrefixesOf returns the prefixes of keys.
func PrefixesOf(keys ...string) Prefixes {
	var counts []Count
	for _, k := range keys {
		counts = append(counts, Count{k, 1})
	}
	_, all := prefixCounts(counts, maxLevels)
	return all
}

// Hold says whether a key has one of the prefixes.
func (p *Prefixes) Hold(key string) bool {
	_, ok := slices.BinarySearch(p.list, prefixAt(key, p.levels))
	return ok
}

// prefixCounts adds up counts by prefixes of one length. It shortens them further
// if there are too many.
func prefixCounts(counts []Count, levels int) ([]Count, Prefixes) {
	sum := map[string]int{}
	for _, c := range counts {
		sum[prefixAt(c.Value, levels)] += c.Denials
	}
	if len(sum) > maxPrefixes && levels > 0 {
		return prefixCounts(counts, levels-1)
	}
	all := Prefixes{levels, slices.Sorted(maps.Keys(sum))}
	if n, ok := sum[topLevel]; ok {
		delete(sum, topLevel)
		sum[""] = n
	}
	return SortCounts(sum), all
}
