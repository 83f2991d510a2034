package trend

import (
	"math"
	"math/rand/v2"
	"testing"
)

func near(a, b, within float64) bool { return math.Abs(a-b) <= within }

func TestMannKendallPublished(t *testing.T) {
	f := func(name string, y []float64, wantS, wantVariance, wantP float64) {
		t.Helper()
		s, variance, _ := mannKendall(y, nil)
		if s != wantS || !near(variance, wantVariance, 0.005) || !near(kendallP(s, variance), wantP, 0.0005) {
			t.Errorf("%s: s %v, variance %v, p %v, want %v, %v, %v", name, s, variance, kendallP(s, variance), wantS, wantVariance, wantP)
		}
	}
	// Hollander and Wolfe 1973, Nonparametric Statistical Methods, p. 187: tuna by
	// the Hunter L measure of lightness. K is 16, tau 0.4444; the exact one-sided p
	// is 0.0597, so that two sides have 0.119, and 0.118 by the approximation.
	f("tuna", []float64{2.5, 4.0, 2.6, 3.6, 2.8, 3.1, 5.2, 5.0, 3.8}, 16, 92, 0.1179)
	// Gilbert 1987, Statistical Methods for Environmental Pollution Monitoring,
	// chapter 16: three groups of equal values, of 2, 3 and 3.
	f("ties", []float64{23, 24, 29, 6, 29, 24, 24, 29, 23}, 3, (9*8*23-2*1*9-3*2*11-3*2*11)/18.0, 0.8269)
	f("rising", []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 45, 125, 0.0001)
	f("all equal", []float64{3, 3, 3, 3}, 0, 0, 1)
	f("one", []float64{3}, 0, 0, 1)
	f("none", nil, 0, 0, 1)
}

// Kendall's variance is exact: that of all orders of 7 values.
func TestMannKendallAllOrders(t *testing.T) {
	y := []float64{1, 2, 3, 4, 5, 6, 7}
	sum, n := 0.0, 0.0
	var permute func(k int)
	permute = func(k int) {
		if k == len(y) {
			s, variance, _ := mannKendall(y, nil)
			if !near(variance, 44.333, 0.001) {
				t.Fatalf("variance %v", variance)
			}
			sum += s * s
			n++
			return
		}
		for i := k; i < len(y); i++ {
			y[k], y[i] = y[i], y[k]
			permute(k + 1)
			y[k], y[i] = y[i], y[k]
		}
	}
	permute(0)
	if !near(sum/n, 44.333, 0.001) {
		t.Errorf("the variance over all orders is %v", sum/n)
	}
}

func TestMannKendallByPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var scratch []float64
	for range 300 {
		y := make([]float64, r.IntN(120))
		for i := range y {
			y[i] = float64(r.IntN(1 + r.IntN(40)))
		}
		want := 0.0
		for j := range y {
			for i := range j {
				switch {
				case y[j] > y[i]:
					want++
				case y[j] < y[i]:
					want--
				}
			}
		}
		var s float64
		if s, _, scratch = mannKendall(y, scratch); s != want {
			t.Fatalf("%v: s %v, want %v", y, s, want)
		}
	}
}

// The example of Hamed and Rao has no printed data; this is their equation by
// the letter, on ranks that we give.
func TestHamedRao(t *testing.T) {
	f := func(y, ranksWanted []float64, want float64) {
		t.Helper()
		for i, r := range ranks(y) {
			if r != ranksWanted[i] {
				t.Errorf("ranks %v, want %v", ranks(y), ranksWanted)
			}
		}
		if got := hamedRao(y); !near(got, want, 1e-9) {
			t.Errorf("%v: %v, want %v", y, got, want)
		}
	}
	// Two levels: 4 of one, 4 of the other. Ranks are 2.5 and 6.5; with deviations
	// of 2 the autocorrelations are 5/8, 2/8, -1/8, …, all within 1.96/√8 = 0.69.
	f([]float64{1, 1, 1, 1, 5, 5, 5, 5}, []float64{2.5, 2.5, 2.5, 2.5, 6.5, 6.5, 6.5, 6.5}, 1)
	// 8 and 8: lag 1 has 13/16, lag 2 10/16, lag 3 7/16, beyond 0.49 are two.
	n := 16.0
	f([]float64{0, 0, 0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9},
		[]float64{4.5, 4.5, 4.5, 4.5, 4.5, 4.5, 4.5, 4.5, 12.5, 12.5, 12.5, 12.5, 12.5, 12.5, 12.5, 12.5},
		1+2/(n*(n-1)*(n-2))*(15*14*13*13.0/16+14*13*12*10.0/16))
	// Alternating: lag 1 is negative and not to make the test bolder; the even
	// lags are positive.
	if got := hamedRao([]float64{1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2}); got < 1 {
		t.Errorf("alternating: %v", got)
	}
	f([]float64{7, 7, 7, 7}, []float64{2.5, 2.5, 2.5, 2.5}, 1)
	f(nil, nil, 1)
}

func TestTheilSenPublished(t *testing.T) {
	f := func(name string, x, y []float64, slope, intercept float64) {
		t.Helper()
		s, i := theilSen(x, y, &memory{})
		if !near(s, slope, 1e-9) || !near(i, intercept, 1e-9) {
			t.Errorf("%s: %v + %v·t, want %v + %v·t", name, i, s, intercept, slope)
		}
	}
	// Sen 1968, JASA 63:1379, the example at the end: the slope is 4.
	f("Sen", []float64{1, 2, 3, 4, 10, 12, 18}, []float64{9, 15, 19, 20, 45, 55, 78}, 4, 6)
	f("two", []float64{1, 3}, []float64{5, 9}, 2, 3)
	f("one", []float64{1}, []float64{5}, 0, 5)
	f("none", nil, nil, 0, 0)
	// One value in four may be wild.
	f("wild", []float64{0, 1, 2, 3, 4, 5, 6, 7}, []float64{0, 1, 2, 1e9, 4, 5, -1e9, 7}, 1, 0)
	long := make([]float64, 5000)
	for i := range long {
		long[i] = float64(i)
	}
	f("long", long, long, 1, 0)
}

func TestQuickselect(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 500 {
		x := make([]float64, 1+r.IntN(60))
		for i := range x {
			x[i] = float64(r.IntN(1 + r.IntN(50)))
		}
		k := r.IntN(len(x))
		quickselect(x, k)
		for i := range x {
			if i < k && x[i] > x[k] || i > k && x[i] < x[k] {
				t.Fatalf("%v at %d", x, k)
			}
		}
	}
}

// The example of Benjamini and Hochberg 1995 (thrombolysis): of 15
// tests four are discoveries at q 0.05, three by Bonferroni.
func TestBenjaminiHochbergPublished(t *testing.T) {
	p := []float64{0.0298, 0.0001, 0.0004, 0.6528, 0.0019, 0.0095, 0.0201, 0.0278, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.7590, 1}
	want := map[float64]float64{0.0001: 0.0015, 0.0004: 0.003, 0.0019: 0.0095, 0.0095: 0.035625, 0.0201: 0.0603, 0.0278: 0.06385714, 0.0298: 0.06385714,
		0.0344: 0.0645, 0.0459: 0.0765, 0.7590: 0.81321429, 1: 1}
	found := 0
	q := benjaminiHochberg(p)
	for i := range p {
		if q[i] <= 0.05 {
			found++
		}
		if w, ok := want[p[i]]; ok && !near(q[i], w, 1e-8) {
			t.Errorf("p %v: q %v, want %v", p[i], q[i], w)
		}
	}
	if found != 4 {
		t.Errorf("%d discoveries, want 4", found)
	}
	if len(benjaminiHochberg(nil)) != 0 {
		t.Error("something out of nothing")
	}
}

// P(X ≥ x) against the sum of the distribution's terms.
func TestAtLeast(t *testing.T) {
	for _, mean := range []float64{0.3, 4, 60} {
		for _, phi := range []float64{0.005, 0.2, 3} {
			r := 1 / phi
			rest := 1.0
			for x := range 200 {
				k := float64(x)
				if got := atLeast(k, mean, phi); !near(got, rest, 1e-8) {
					t.Fatalf("at least %d, mean %v, φ %v: %v, want %v", x, mean, phi, got, rest)
				}
				rest -= math.Exp(logGamma(k+r) - logGamma(r) - logGamma(k+1) + r*math.Log(r/(r+mean)) + k*math.Log(mean/(r+mean)))
			}
		}
	}
	if atLeast(2e9, 5, 0.1) != 0 || atLeast(0, 5, 0.1) != 1 || atLeast(3, 0, 0.1) != 0 {
		t.Error("the ends")
	}
}
