package trend

import (
	"cmp"
	"slices"
)

// benjaminiHochberg returns the q of each p: the smallest rate of false discoveries at
// which it would still count as a discovery (Benjamini and Hochberg 1995, JRSS B
// 57:289).
func benjaminiHochberg(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(p[b], p[a]) })
	q := make([]float64, len(p))
	least := 1.0
	for k, i := range order {
		least = min(least, p[i]*float64(len(p))/float64(len(p)-k))
		q[i] = least
	}
	return q
}
