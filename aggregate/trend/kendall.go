package trend

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// mannKendall tests whether y, in order of time, tends to go up or down. s is the
// number of pairs that go up minus the number of those that go down, and variance is
// that of s if there is no trend, corrected for equal values (Kendall 1975, Rank
// Correlation Methods, ch. 4). scratch is memory to use and to return.
func mannKendall(y, scratch []float64) (s, variance float64, _ []float64) {
	n := len(y)
	scratch = append(append(scratch[:0], y...), y...)
	a, b := scratch[:n], scratch[n:]
	down := inversions(a, b)
	pairs := float64(n) * float64(n-1) / 2
	variance = float64(n) * float64(n-1) * float64(2*n+5)
	equal := 0.0
	for i := 0; i < n; { // a is sorted here
		j := i + 1
		for j < n && a[j] == a[i] {
			j++
		}
		t := float64(j - i)
		equal += t * (t - 1) / 2
		variance -= t * (t - 1) * (2*t + 5)
		i = j
	}
	return pairs - equal - 2*float64(down), variance / 18, scratch
}

// inversions sorts a by merging and counts the pairs i < j with a[i] > a[j] (Knight
// 1966, JASA 61:436). b is memory of the same length.
func inversions(a, b []float64) (count int) {
	n := len(a)
	if n <= 12 {
		for i := 1; i < n; i++ {
			v, j := a[i], i
			for ; j > 0 && a[j-1] > v; j-- {
				a[j] = a[j-1]
			}
			a[j] = v
			count += i - j
		}
		return count
	}
	m := n / 2
	count = inversions(a[:m], b[:m]) + inversions(a[m:], b[m:])
	copy(b, a)
	i, j := 0, m
	for k := range a {
		if j == n || i < m && b[i] <= b[j] {
			a[k] = b[i]
			i++
		} else {
			a[k] = b[j]
			j++
			count += m - i
		}
	}
	return count
}

// kendallP returns the two-sided p of s, by the normal approximation with a continuity
// correction.
func kendallP(s, variance float64) float64 {
	if variance <= 0 {
		return 1
	}
	z := (math.Abs(s) - 1) / math.Sqrt(variance)
	return min(1, 2*distuv.UnitNormal.Survival(max(z, 0)))
}

// ranks returns the ranks of y, from 1. Equal values share the mean of their ranks.
func ranks(y []float64) []float64 {
	order := make([]int, len(y))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(y[a], y[b]) })
	r := make([]float64, len(y))
	for i := 0; i < len(order); {
		j := i + 1
		for j < len(order) && y[order[j]] == y[order[i]] {
			j++
		}
		for _, k := range order[i:j] {
			r[k] = float64(i+j+1) / 2
		}
		i = j
	}
	return r
}
