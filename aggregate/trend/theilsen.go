package trend

// maxSlopes bounds the number of points that theilSen makes pairs of. A longer series
// is averaged in blocks first.
const maxSlopes = 512

// theilSen fits the line y = intercept + slope·t. Its slope is the median of the slopes
// of all pairs (Theil 1950; Sen 1968, JASA 63:1379), which bursts hardly move, even if
// one in four values is a burst. t must ascend strictly. It uses mem as its memory.
func theilSen(t, y []float64, mem *memory) (slope, intercept float64) {
	t, y = thin(t, y)
	n := len(y)
	if n < 2 {
		return 0, median(append([]float64(nil), y...))
	}
	slopes := mem.scratch[:0]
	for i := range y {
		for j := range i {
			slopes = append(slopes, (y[i]-y[j])/(t[i]-t[j]))
		}
	}
	slope = median(slopes)
	rest := slopes[:0]
	for i := range y {
		rest = append(rest, y[i]-slope*t[i])
	}
	mem.scratch = slopes
	return slope, median(rest)
}

// thin averages blocks of consecutive values, so that at most maxSlopes points remain.
func thin(t, y []float64) ([]float64, []float64) {
	block := (len(y) + maxSlopes - 1) / maxSlopes
	if block <= 1 {
		return t, y
	}
	var bt, by []float64
	for i := 0; i < len(y); i += block {
		j := min(i+block, len(y))
		bt, by = append(bt, mean(t[i:j])), append(by, mean(y[i:j]))
	}
	return bt, by
}

func mean(x []float64) float64 {
	if len(x) == 0 {
		return 0
	}
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// median returns the median of x, or 0 if x is empty. It reorders x.
func median(x []float64) float64 {
	n := len(x)
	if n == 0 {
		return 0
	}
	quickselect(x, n/2)
	hi := x[n/2]
	if n%2 == 1 {
		return hi
	}
	lo := x[0]
	for _, v := range x[:n/2] {
		lo = max(lo, v)
	}
	return lo + (hi-lo)/2
}

// quickselect reorders x so that x[k] is what it would be if x were sorted, with
// nothing larger before it and nothing smaller after it (Hoare 1961, Algorithm 65).
func quickselect(x []float64, k int) {
	for lo, hi := 0, len(x)-1; lo < hi; {
		// The middle one of three values is a good pivot for sorted values too.
		a, b, c := x[lo], x[lo+(hi-lo)/2], x[hi]
		pivot := max(min(a, b), min(max(a, b), c))
		i, j := lo, hi
		for i <= j {
			for x[i] < pivot {
				i++
			}
			for x[j] > pivot {
				j--
			}
			if i <= j {
				x[i], x[j] = x[j], x[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return
		}
	}
}
