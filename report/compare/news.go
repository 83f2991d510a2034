package compare

// News is what is worth telling since an earlier report: groups that are new, and
// incidents that started, were fixed, were proven or ended.
type News struct {
	Groups    []GroupChange
	Incidents []IncidentChange
}

// IsEmpty says whether there is nothing to tell.
func (n News) IsEmpty() bool { return len(n.Groups) == 0 && len(n.Incidents) == 0 }

// News returns the news. It is the one definition of them.
func (c *Comparison) News() News {
	n := News{Groups: c.Of(New)}
	for _, in := range c.Incidents {
		switch in.State {
		case Started, Mended, Proven, Ended:
			n.Incidents = append(n.Incidents, in)
		}
	}
	return n
}

// Worse returns what is worse than in the earlier report: groups that are new or louder,
// and incidents that started and are ongoing.
func (c *Comparison) Worse() News {
	n := News{Groups: append(c.Of(New), c.Of(Louder)...)}
	for _, in := range c.Incidents {
		if in.State == Started && in.IsOngoing {
			n.Incidents = append(n.Incidents, in)
		}
	}
	return n
}
