package incident

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"

	"trail403/aggregate/trend"
)

// How improbable a start must be: to count alone, and to count together with others.
const (
	strongP = 1e-4
	weakP   = 1e-2
)

// startsOf returns the moments at which a group may have started or jumped, in order of
// time.
func (d *finder) startsOf(g *Group) (list []start) {
	if b, ok := d.began(g); ok {
		list = append(list, b)
	}
	if len(g.Times) >= leastToJump {
		clear(d.counts)
		d.count(g)
		begin := max(int((g.Begin-d.from+d.step-1)/d.step), 0)
		for _, s := range d.jumps(d.counts, g.Unseen, begin, jumping{least: leastJump, dispersion: dispersion, strong: strongP}) {
			list = append(list, d.dated(g, s))
		}
	}
	return list
}

// dated moves a jump to the first event of the new level.
func (d *finder) dated(g *Group, s start) start {
	at, _, _, ok := trend.ChangePoint(g.Times, max(s.at-d.past, d.from), min(s.until, d.to))
	if !ok || at < s.at-d.step || at >= s.until {
		i, _ := slices.BinarySearch(g.Times, s.at)
		at = g.Times[min(i, len(g.Times)-1)]
	}
	s.at = at
	return s
}

// leastToJump is how many events a group has, at least, to be searched for jumps on its
// own.
const leastToJump = LeastEvents / 4

// count adds a group's events to the counts.
func (d *finder) count(g *Group) {
	for _, t := range g.Times {
		if i := (t - d.from) / d.step; t >= d.from && i < int64(len(d.counts)) && d.counts[i] < math.MaxInt32 {
			d.counts[i]++
		}
	}
}

// dispersion is the assumed variance of daily counts beyond that of independent events:
// mean + dispersion × mean². Retries and batch jobs have about this much, and a smaller
// value raises false alarms.
const dispersion = 0.5

// began says whether the group started after a silence, as far as its events show. The
// start is strong if a group of its rate would hardly have been silent for so long
// before, under a negative binomial distribution. A few events do not make a rate.
func (s *span) began(g *Group) (start, bool) {
	first := g.Times[0]
	silence := first - max(g.Begin, s.from)
	if silence < s.quiet || first >= s.to || float64(silence) < longerThan*float64(longest(g.Times)) {
		return start{}, false
	}
	length := max(min(s.early, s.to-first), hour)
	events := countIn(g.Times, first, first+s.early)
	rate := float64(events) / (float64(length) / day)
	p := silent(rate, silence)
	return start{at: first, until: min(first+s.early, s.to), strong: p < strongP*10 && events >= leastToJump}, true
}

// longerThan says how much longer the first silence of a group must be than its later
// ones. A weekly job does not start again each week, and not in the first week of the
// window either.
const longerThan = 1.5

// longest returns the longest silence between two of the sorted times.
func longest(times []int64) (silence int64) {
	for i, t := range times[1:] {
		silence = max(silence, t-times[i])
	}
	return silence
}

// silent returns the probability of no event during a length of time, under a negative
// binomial distribution with this rate per day.
func silent(perDay float64, length int64) float64 {
	return math.Pow(1+dispersion*perDay, -float64(length)/day/dispersion)
}

// Lengths of the baseline and of a jump, in intervals.
const (
	leastPast = 7
	mostPast  = 28
	mostJump  = 3
	leastJump = 3.0 // a jump is at least this many times the baseline
)

// jumping holds the requirements for a jump.
type jumping struct {
	least      float64 // a jump is at least this many times the baseline
	dispersion float64 // the assumed dispersion
	strong     float64 // how improbable a jump must be to count alone
	part       float64 // the share of the last interval that was seen
}

// exceeds is how many times the highest interval before it a jump is, at least.
const exceeds = 1.2

// Requirements for a jump to be a clear break. It is then an incident even if a single
// group jumps and no change explains it.
const (
	clearP         = 1e-6
	clearlyExceeds = 3
)

// jumps returns the intervals at which counts went up. There, the counts of the next
// one to three intervals are improbable under the baseline, and at least the required
// number of times as high. Of consecutive intervals that qualify, it returns the least
// probable.
func (s *span) jumps(counts []int32, unseen []bool, begin int, j jumping) (list []start) {
	j.part = s.part
	past := leastPast
	if s.step < day {
		past = 24
	}
	best := 1.0 // of the current run of improbable intervals
	for d := begin + past; d < len(counts); d++ {
		p, end, clear := 1.0, d, false
		if counts[d] > 0 {
			p, end, clear = j.probability(counts, unseen, begin, d, past)
		}
		if p >= weakP {
			best = 1
			continue
		}
		if p >= best {
			continue
		}
		if best < 1 { // the last run has not ended
			list = list[:len(list)-1]
		}
		best = p
		list = append(list, start{at: s.from + int64(d)*s.step, until: s.from + int64(end)*s.step, past: true, strong: p < j.strong, clear: clear})
	}
	return list
}

// probability returns how probable the counts from interval d on are under those before
// it: the smallest of the probabilities for one to three intervals. It also returns the
// interval after these. The probability is 1 if the counts are not high enough, or the
// baseline is too short.
func (j *jumping) probability(counts []int32, unseen []bool, begin, d, least int) (p float64, end int, clear bool) {
	b := baselineOf(counts, unseen, begin, d, max(mostPast, least*3))
	if b.n < least || b.mean == 0 {
		return 1, d, false // without a baseline, the group starts here
	}
	k := b.dispersion(j.dispersion)
	high := b.mean + math.Sqrt(b.variance/float64(b.n)) // the mean is known no better than this
	p, end = 1, d
	width, total := 0, 0
	for i := d; i < len(counts) && width < mostJump; i++ {
		if isUnseen(unseen, i) {
			continue
		}
		width++
		total += int(counts[i])
		w := float64(width)
		if i == len(counts)-1 {
			w += j.part - 1
		}
		if w <= 0 || float64(total) < j.least*b.mean*w || float64(total) <= exceeds*b.most*math.Ceil(w) {
			continue
		}
		if q := upperTail(total, high*w, k/w) * w; q < p {
			p, end = q, i+1
			clear = p < clearP && float64(total) > clearlyExceeds*b.most*math.Ceil(w)
		}
	}
	return p, end, clear
}

// baseline describes the counts of the intervals before a possible jump.
type baseline struct {
	n              int     // how many intervals they are
	mean, variance float64 // of the counts
	most           float64 // the highest count
}

// baselineOf returns the baseline of interval d: the watched intervals before it, at
// most that many and none before begin.
func baselineOf(counts []int32, unseen []bool, begin, d, most int) baseline {
	n, sum, squares, highest := 0, 0.0, 0.0, int32(0)
	for i := d - 1; i >= begin && n < most; i-- {
		if !isUnseen(unseen, i) {
			n++
			highest = max(highest, counts[i])
			sum += float64(counts[i])
			squares += float64(counts[i]) * float64(counts[i])
		}
	}
	if n == 0 {
		return baseline{}
	}
	mean := sum / float64(n)
	return baseline{n: n, mean: mean, variance: max(squares/float64(n)-mean*mean, mean), most: float64(highest)}
}

// dispersion returns the dispersion of the counts. A few days say little about the
// group's own dispersion, so the assumed one has the weight of a week.
func (b *baseline) dispersion(assumed float64) float64 {
	const prior = 7
	own := (b.variance - b.mean) / (b.mean * b.mean)
	return (float64(b.n)*own + prior*assumed) / (float64(b.n) + prior)
}

func isUnseen(unseen []bool, i int) bool { return i < len(unseen) && unseen[i] }

// upperTail returns the probability of at least n events under a negative binomial
// distribution with this mean and dispersion k. It is the regularized incomplete beta
// function, https://dlmf.nist.gov/8.17#E24.
func upperTail(n int, mean, k float64) float64 {
	if n <= 0 {
		return 1
	}
	size := 1 / k
	return mathext.RegIncBeta(float64(n), size, mean/(mean+size))
}
