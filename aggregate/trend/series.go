package trend

// series holds a group's counts, with its zeros, for the intervals that were watched
// since its first event. The time before its first event is not part of the baseline: a
// dispersion that includes those zeros would be too large.
type series struct {
	at      []int     // indexes in the frame, ascending
	x       []float64 // counts
	weekday []int     // 0 is Sunday
	w       []float64 // the weekday profile: what each interval has, relative to a mean one
	recent  int       // the position of the first recent interval in at, or len(at) if there is none
	end     int       // the position after the last interval that is not zero

	watched    int // the number of watched intervals, including those before the group's first event
	before     int // watched intervals before the interval of the first event
	since      int // watched intervals from it on
	events     int // all events, including those in cut and unwatched intervals
	first      int // the index of the interval of the first event: -1 if it is in the head, N if in the tail
	activePast int // intervals before the recent period that are not zero
	// All watched intervals, including those before the group's first event.
	pastAll, recentAll sum
	recentBegins       int // the index of the first recent interval
	newBegins          int // the index from which a first event counts as new
}

// read fills s with group g. It reuses the memory of s.
func (s *series) read(f Frame, g *Group) {
	*s = series{at: s.at[:0], x: s.x[:0], weekday: s.weekday[:0], w: s.w[:0]}
	n := max(f.N, 0)
	s.readFirst(n, g)
	s.readRecent(max(f.Recent, 1), n, g)
	from, to := s.narrow(n, g)

	// With hours, no profile is made, and the weekday does not matter.
	weekday := int(f.Start.UTC().Weekday())
	days := int(f.Step/day) % 7
	next := 0
	for i := from; i < to; i++ {
		for next < len(g.Counts) && int(g.Counts[next].Index) < i {
			next++
		}
		if g.unseen(i) {
			continue
		}
		x := 0.0
		if next < len(g.Counts) && int(g.Counts[next].Index) == i {
			x = float64(max(g.Counts[next].N, 0))
		}
		if s.watch(i, x) {
			s.put(i, x, (weekday+i%7*days)%7)
		}
	}
}

// readFirst counts all events, and finds the interval of the first one among n.
func (s *series) readFirst(n int, g *Group) {
	s.events = max(g.Head, 0) + max(g.Tail, 0)
	for _, c := range g.Counts {
		s.events += max(int(c.N), 0)
	}
	s.first = n
	switch {
	case g.Head > 0:
		s.first = -1
	case len(g.Counts) > 0:
		s.first = min(max(int(g.Counts[0].Index), -1), n)
	}
}

// narrow returns the intervals that must be read one by one, and skips the others. Work
// must not grow with a window that is empty but for a few events. Before the first event
// nothing is read, and after the last nothing of a group that has too few for a test.
func (s *series) narrow(n int, g *Group) (from, to int) {
	begin := min(max(g.Begin, 0), n)
	if g.Unseen != nil {
		return begin, n
	}
	from, to = max(begin, s.first), n
	s.skip(begin, from)
	s.before = from - begin
	if s.events < minEvents {
		to = from
		if last := len(g.Counts); last > 0 {
			to = max(from, min(int(g.Counts[last-1].Index)+1, n))
		}
		s.skip(to, n)
		s.since = n - to
	}
	return from, to
}

// watch counts the watched interval i, in which x events came. It says whether the
// interval belongs to the series.
func (s *series) watch(i int, x float64) bool {
	s.watched++
	if i < s.recentBegins {
		s.pastAll.add(x)
	} else {
		s.recentAll.add(x)
	}
	if i < s.first {
		s.before++
		return false
	}
	s.since++
	// The group started somewhere within its first interval, so that one is incomplete.
	return i != s.first || s.before == 0
}

// put adds interval i, in which x events came, to the end of the series.
func (s *series) put(i int, x float64, weekday int) {
	s.at = append(s.at, i)
	s.x = append(s.x, x)
	s.weekday = append(s.weekday, weekday)
	s.w = append(s.w, 1)
	if i < s.recentBegins {
		s.recent = len(s.at)
		if x > 0 {
			s.activePast++
		}
	}
	if x > 0 {
		s.end = len(s.at)
	}
}

// readRecent finds where the recent period starts among n intervals, and from where on
// a first event counts as new.
func (s *series) readRecent(recent, n int, g *Group) {
	begin := min(max(g.Begin, 0), n)
	if g.Unseen == nil {
		s.recentBegins, s.newBegins = max(begin, n-recent), max(begin, n-2*recent)
		return
	}
	s.recentBegins, s.newBegins = n, n
	for i, left := n-1, 2*recent; i >= begin && left > 0; i-- {
		if g.unseen(i) {
			continue
		}
		left--
		if left >= recent {
			s.recentBegins = i
		}
		s.newBegins = i
	}
}

// skip counts the watched intervals of [from, to), in which nothing came.
func (s *series) skip(from, to int) {
	s.watched += to - from
	past := min(max(s.recentBegins-from, 0), to-from)
	s.pastAll.intervals += past
	s.recentAll.intervals += to - from - past
}

func (g *Group) unseen(i int) bool { return i < len(g.Unseen) && g.Unseen[i] }

// past returns how many of the first intervals make the baseline: those before the
// recent period and, if the group fell silent, before the silence.
func (s *series) past() int { return min(s.recent, s.end) }

// sum is how many events came in how many intervals.
type sum struct {
	count     float64
	intervals int
}

func (s *sum) add(x float64) {
	s.count += x
	s.intervals++
}

func (s sum) mean() float64 {
	if s.intervals == 0 {
		return 0
	}
	return s.count / float64(s.intervals)
}
