package incident

// jumpSpans are the lengths of time after a change in which a jump is looked for.
var jumpSpans = [...]int64{hour / 4, hour, 6 * hour, day, 3 * day}

// jumpsBy returns the probability of the events after a moment, given the events before
// it. A number of events that the group had before in as long a time proves nothing.
func (d *finder) jumpsBy(before, after []int64, at, past int64) float64 {
	best := 1.0
	for _, length := range jumpSpans {
		if past < 4*length {
			break
		}
		end := min(at+length, d.to)
		n := countIn(after, at, end)
		mean := (float64(len(before)) + 0.5) * float64(end-at) / float64(past)
		if n < leastToJump || float64(n) < leastJump*mean || 2*n < 3*mostIn(before, length) {
			continue
		}
		best = min(best, upperTail(n, mean, dispersion)*float64(len(jumpSpans)))
	}
	return best
}

// mostIn returns the largest number of the sorted times that lie within a span of this
// length.
func mostIn(times []int64, length int64) (most int) {
	from := 0
	for i, t := range times {
		for t-times[from] >= length {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}
