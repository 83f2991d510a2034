package trend

import (
	"math"
	"slices"
	"time"
)

const (
	minChange   = 6    // events that a change point needs
	leastJump   = 2    // times the rate before
	speaksFor   = 10   // the smallest gain in log likelihood that counts as a change
	boundAt     = 1.92 // how far the log likelihood may be below the best: half the 95% quantile of χ²₁
	cycleDays   = 3    // the number of days from which the hours of the day are distinguished
	hourMicros  = int64(time.Hour / time.Microsecond)
	hoursOfADay = 24
)

// ChangePoint finds the moment at which the rate of events jumped up. times are those
// of the events of one group, or of several groups that spiked together, in Unix
// microseconds and in ascending order; times outside of [from, to) are ignored. at is
// the time of the first event at the new rate. lo and hi are the events between which
// the jump may also lie, at a confidence of about 95% (docs/statistics.md has the
// figures). ok is false if there is no jump to at least twice the rate.
//
// The change point maximizes the likelihood of two Poisson rates (Raftery and Akman
// 1986, Biometrika 73:85) on a clock that runs as fast as events usually arrive in that
// hour of the day; otherwise every morning would be a jump. The likelihood is divided
// by how much more the hours vary than a Poisson process (McCullagh and Nelder 1989,
// Generalized Linear Models, section 4.5), because a burst says less than as many
// independent events.
//
// The new rate is assumed to last until to, so for a spike, to must be its end.
func ChangePoint(times []int64, from, to int64) (at, lo, hi int64, ok bool) {
	for len(times) > 0 && times[0] < from {
		times = times[1:]
	}
	for len(times) > 0 && times[len(times)-1] >= to {
		times = times[:len(times)-1]
	}
	if len(times) < minChange || to <= from {
		return 0, 0, 0, false
	}
	c := even()
	best := c.scan(times, from, to)
	if days := (to - from) / (hoursOfADay * hourMicros); days >= cycleDays {
		c, best = c.settle(times, from, to, best)
		// If the hours of the day hide the jump, the first half of the time shows
		// better what is usual.
		middle := from + days/2*hoursOfADay*hourMicros
		n, _ := slices.BinarySearch(times, middle)
		if n >= minChange {
			other := learn(times[:n], from, middle, split{})
			if o, found := other.settle(times, from, to, other.scan(times, from, to)); found.ok && (!best.ok || o.likely(times, found) > c.likely(times, best)) {
				c, best = o, found
			}
		}
	}
	if !best.ok {
		return 0, 0, 0, false
	}
	excess := c.excess(times, from, to, best)
	if best.gain/excess < speaksFor {
		return 0, 0, 0, false
	}
	lo, hi = c.bounds(times, from, to, best, boundAt*excess)
	return times[best.split], lo, hi, true
}

// clock runs at a different speed in each hour of the day.
type clock struct {
	speed  [hoursOfADay]float64
	before [hoursOfADay + 1]float64 // the length of a day up to each hour
}

// set computes the sums of the hours.
func (c *clock) set() {
	for h, v := range c.speed {
		c.before[h+1] = c.before[h] + v
	}
}

// at returns the reading of the clock at a time, in hours since 1970.
func (c *clock) at(t int64) float64 {
	hour := floorDiv(t, hourMicros)
	day := floorDiv(hour, hoursOfADay)
	h := hour - day*hoursOfADay
	part := float64(t-hour*hourMicros) / float64(hourMicros)
	return float64(day)*c.before[hoursOfADay] + c.before[h] + part*c.speed[h]
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// split is a possible change just before one event. It holds the rates on both sides,
// and two log likelihoods: its own, and its gain over no change.
type split struct {
	split        int
	before, rate float64
	fit, gain    float64
	ok           bool
}

// scan finds the best moment.
func (c *clock) scan(times []int64, from, to int64) (best split) {
	c.each(times, from, to, func(s split) {
		if s.gain > best.gain {
			best = s
			best.ok = true
		}
	})
	return best
}

// each calls found for each moment just before an event after which events come faster
// than before.
func (c *clock) each(times []int64, from, to int64, found func(split)) {
	c.set()
	begin, end := c.at(from), c.at(to)
	n := float64(len(times))
	whole := n * math.Log(n/(end-begin))
	for k, t := range times {
		if k > 0 && times[k-1] == t {
			continue
		}
		now := c.at(t)
		x, y := float64(k), n-float64(k)
		past, rest := now-begin, end-now
		if past <= 0 || rest <= 0 {
			continue
		}
		s := split{split: k, before: x / past, rate: y / rest}
		if s.rate < leastJump*s.before {
			continue
		}
		s.fit = y * math.Log(s.rate)
		if k > 0 {
			s.fit += x * math.Log(s.before)
		}
		s.gain = s.fit - whole
		found(s)
	}
}

// settle alternates between the moment and the speeds of the hours, so that the jump
// does not speed up its own hours.
func (c *clock) settle(times []int64, from, to int64, best split) (*clock, split) {
	for range 3 {
		if !best.ok {
			break
		}
		next := learn(times, from, to, best)
		again := next.scan(times, from, to)
		if !again.ok {
			break
		}
		same := again.split == best.split
		c, best = next, again
		if same {
			break
		}
	}
	return c, best
}

// likely returns the log likelihood of the times, up to a constant that does not depend
// on the clock or the moment.
func (c *clock) likely(times []int64, s split) float64 {
	sum := s.fit
	for _, t := range times {
		sum += math.Log(c.speed[hourOf(t)])
	}
	return sum
}

// even returns a clock of constant speed.
func even() *clock {
	c := &clock{}
	for h := range c.speed {
		c.speed[h] = 1
	}
	return c
}

// learn returns a clock that runs as fast as events came in each hour of the day,
// leaving the jump out. It is drawn toward an even clock, less so the more days there
// are, and toward the neighboring hours.
func learn(times []int64, from, to int64, jump split) *clock {
	var seen, expected [hoursOfADay]float64
	moment := times[jump.split]
	before := float64(jump.split) / (float64(moment-from) + 1)
	after := float64(len(times)-jump.split) / (float64(to-moment) + 1)
	if jump.split == 0 {
		moment = from
		after = float64(len(times)) / float64(to-from)
	}
	for _, t := range times {
		seen[hourOf(t)]++
	}
	for t := from; t < to; {
		end := min((floorDiv(t, hourMicros)+1)*hourMicros, to)
		rate := after
		if t < moment {
			end = min(end, moment)
			rate = before
		}
		expected[hourOf(t)] += rate * float64(end-t)
		t = end
	}
	const even = 0.5 // the weight of an even clock, in days
	days := float64(to-from) / float64(hoursOfADay*hourMicros)
	next := &clock{}
	for h := range next.speed {
		var s, e float64
		for d, weight := range [3]float64{1, 4, 1} {
			i := (h + d + hoursOfADay - 1) % hoursOfADay
			s += weight * seen[i]
			e += weight * expected[i]
		}
		ratio := 1.0
		if e > 0 {
			ratio = s / e
		}
		next.speed[h] = (ratio*days + even) / (days + even)
	}
	return next
}

func hourOf(t int64) int {
	hour := floorDiv(t, hourMicros)
	return int(hour - floorDiv(hour, hoursOfADay)*hoursOfADay)
}

// excess returns how much more than a Poisson process the hours vary around the two
// rates, at least 1. It uses the side that varies more, because the excess grows with
// the rate.
func (c *clock) excess(times []int64, from, to int64, best split) float64 {
	moment := times[best.split]
	past := c.variation(times[:best.split], from, moment, best.before)
	return max(1, past, c.variation(times[best.split:], moment, to, best.rate))
}

// variation returns the mean of (count - expected)² / expected over the hours, which is
// 1 for a Poisson process of that rate.
func (c *clock) variation(times []int64, from, to int64, rate float64) float64 {
	sum, n := 0.0, 0.0
	k := 0
	for t := from; t < to; {
		end := min((floorDiv(t, hourMicros)+1)*hourMicros, to)
		first := k
		for k < len(times) && times[k] < end {
			k++
		}
		// Parts of hours in which little is expected would make it jump.
		if e, count := rate*(c.at(end)-c.at(t)), float64(k-first); e > 0 {
			sum += (count - e) * (count - e) / max(e, 0.5)
			n++
		}
		t = end
	}
	return sum / max(n-1, 1)
}

// bounds returns the events between which the moment lies: its log likelihood is at
// most drop below the best one.
func (c *clock) bounds(times []int64, from, to int64, best split, drop float64) (lo, hi int64) {
	lo, hi = times[best.split], times[best.split]
	c.each(times, from, to, func(s split) {
		if s.gain >= best.gain-drop {
			earlier := from
			if s.split > 0 {
				earlier = times[s.split-1]
			}
			lo, hi = min(lo, earlier), max(hi, times[s.split])
		}
	})
	return lo, hi
}
