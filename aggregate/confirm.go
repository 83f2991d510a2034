package aggregate

import "trail403/aggregate/recovery"

// Watch returns a watch for the groups of a result. Whoever reads the requests again,
// from [recovery.Watch.From] on, hands it to Confirm afterwards.
func (r *Result) Watch() *recovery.Watch {
	w := recovery.NewWatch()
	for i := range r.Groups {
		g := &r.Groups[i]
		w.Add(g.Principal, g.Action, g.Bucket, g.Denied)
	}
	return w
}

// Confirm says of each group what became of its requests.
func (r *Result) Confirm(w *recovery.Watch) {
	for i := range r.Groups {
		r.Groups[i].Recovery = w.Recovery(i)
	}
}
