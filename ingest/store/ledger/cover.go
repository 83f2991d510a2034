package ledger

import (
	"cmp"
	"slices"

	"trail403/ingest/store/place"
)

// spanned is a file with the runs in it.
type spanned struct {
	place.File
	span
}

// current returns the files that hold all runs, each once, in their order. Those that a
// file with more runs covers are left out: it was made of them. It returns the sequence
// numbers that nobody has, and the files that overlap others.
func current(files []place.File) (list []spanned, holes []int, overlaps []spanned) {
	var all []spanned
	for _, f := range files {
		if s, ok := spanOf(f.Name); ok {
			all = append(all, spanned{f, s})
		}
	}
	// The widest of those that begin with the same run comes first, and of these the last
	// edition.
	slices.SortFunc(all, func(a, b spanned) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(b.last, a.last), cmp.Compare(b.edition, a.edition))
	})
	fits := fitting(all)
	next := 1
	for _, s := range all {
		switch {
		case s.last < next:
			continue // another file has all of its runs
		case s.first < next:
			overlaps = append(overlaps, s)
			continue
		case s.first == next && fits[next] && !fits[s.last+1]:
			continue // another file that begins there leads to the end
		}
		for ; next < s.first && len(holes) < maxHoles; next++ {
			holes = append(holes, next)
		}
		list = append(list, s)
		next = s.last + 1
	}
	if fits[1] {
		overlaps = nil // files that were made at the same time, and are not needed
	}
	return list, holes, overlaps
}

// fitting returns the runs from which files lead to the last one, each starting where
// another ends. Two that compact at the same time can make files that overlap.
func fitting(sorted []spanned) map[int]bool {
	end := 0
	for _, s := range sorted {
		end = max(end, s.last+1)
	}
	fits := map[int]bool{end: true}
	for _, s := range slices.Backward(sorted) {
		if fits[s.last+1] {
			fits[s.first] = true
		}
	}
	return fits
}

// maxHoles is how many missing runs are named.
const maxHoles = 100
