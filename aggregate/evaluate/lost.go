package evaluate

import "trail403/ingest/policydoc"

// Lost returns the Allow statement of an earlier document of a policy that allowed the
// request, if no statement of the policy allows it as directly any more, or may. An Allow
// for the account counts for less than one for the caller: the caller's own policies have
// to allow the request too.
func Lost(r *Request, now *Policy, before *policydoc.Document) *policydoc.Statement {
	left := policydoc.NoGrant
	for s := range now.statements(policydoc.Allow) {
		if m := r.Match(now, s); m.Truth() != policydoc.Fails {
			left = max(left, m.Grant)
		}
	}
	was := *now
	was.Document = before
	for s := range was.statements(policydoc.Allow) {
		if m := r.Match(&was, s); m.Truth() == policydoc.Holds && m.Grant > left {
			return s
		}
	}
	return nil
}
