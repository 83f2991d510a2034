package policy

// Span is when something was seen, and how often.
type Span struct {
	Denials, Recent int
	first, last     int64
}

// Add counts a denial.
func (s *Span) Add(micros int64, recent bool) {
	if s.Denials == 0 {
		s.first, s.last = micros, micros
	}
	s.Denials++
	if recent {
		s.Recent++
	}
	s.first, s.last = min(s.first, micros), max(s.last, micros)
}

// merge counts what o has seen.
func (s *Span) merge(o *Span) {
	if s.Denials == 0 {
		*s = *o
		return
	}
	s.Denials += o.Denials
	s.Recent += o.Recent
	s.first, s.last = min(s.first, o.first), max(s.last, o.last)
}
