package aggregate

import (
	"bytes"
	"cmp"

	"trail403/ingest/denial"
	"trail403/ingest/identity"
)

// dedupe marks all but one row of each event as dropped and returns how many it
// marked.
//
// Rows are copies of one event if they have the same eventID (a file that was
// delivered twice, two trails in one bucket) or the same sharedEventID (the
// copies for the caller's and the bucket owner's account), or one is an update
// of the other (addendum.originalEventID); transitively. See
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html.
func (t *table) dedupe() (duplicates int) {
	s := newSets(t.rows.n)
	byEvent := make(map[id]int, t.rows.n)
	byShared := map[id]int{}
	link := func(seen map[id]int, x id, i int) {
		if j, ok := seen[x]; ok {
			s.join(i, j)
		} else {
			seen[x] = i
		}
	}
	for i := range t.rows.n {
		r := t.rows.at(i)
		if r.flags&noEventID != 0 {
			continue
		}
		link(byEvent, r.event, i)
		if r.shared != (id{}) {
			link(byShared, r.shared, i)
		}
	}
	for _, o := range t.originals {
		link(byEvent, o.id, o.row)
	}

	// Best holds the row to keep of each set of several.
	best := map[int]int{}
	for i := range t.rows.n {
		root := s.root(i)
		if root == i {
			continue
		}
		b, ok := best[root]
		if !ok {
			b = root
		}
		if t.compareCopies(i, b) < 0 {
			b = i
		}
		best[root] = b
		duplicates++
	}
	accounts := t.accountsOf(s, best)
	for i := range t.rows.n {
		if b, ok := best[s.root(i)]; ok && b != i {
			t.rows.at(i).flags |= dropped
		}
	}
	for root, b := range best {
		t.learnOwner(t.rows.at(b), accounts[root])
	}
	return duplicates
}

// compareCopies orders copies of one event, the one to keep first: the one that
// names the caller by ARN, then the caller's account's own, then the smallest
// (recipient, event id). Beyond that copies differ in nothing that is told
// apart, but the choice must not depend on their order.
func (t *table) compareCopies(i, j int) int {
	a, b := t.rows.at(i), t.rows.at(j)
	return cmp.Or(
		cmp.Compare(b.flags&hasARN, a.flags&hasARN),
		cmp.Compare(b.flags&requester, a.flags&requester),
		cmp.Compare(t.strings.text(a.text[recipient]), t.strings.text(b.text[recipient])),
		cmp.Compare(t.eventID(a), t.eventID(b)),
		cmp.Compare(a.fingerprint, b.fingerprint),
		cmp.Compare(a.micros, b.micros),
	)
}

// accountsOf returns for each set the bucket's account that its copies tell,
// the smallest if they differ.
func (t *table) accountsOf(s *sets, best map[int]int) map[int]string {
	accounts := map[int]string{}
	for i := range t.rows.n {
		root := s.root(i)
		account := t.strings.text(t.rows.at(i).text[bucketAccount])
		if _, ok := best[root]; !ok || account == "" {
			continue
		}
		if known, ok := accounts[root]; !ok || account < known {
			accounts[root] = account
		}
	}
	return accounts
}

// learnOwner gives the row that stays the bucket's account if only another copy
// tells it. Then the reason may not have been told because of that account.
func (t *table) learnOwner(r *row, account string) {
	if r.text[bucketAccount] != 0 || account == "" {
		return
	}
	r.text[bucketAccount] = t.strings.intern(account)
	caller := identity.AccountOf(t.strings.text(r.text[principal]))
	if r.why > whyOf(denial.WhyOtherAccount) && denial.IsOtherAccount(caller, account) {
		r.why = whyOf(denial.WhyOtherAccount)
	}
}

// sets are disjoint sets of row numbers.
// https://en.wikipedia.org/wiki/Disjoint-set_data_structure
type sets struct{ parent []int32 }

func newSets(n int) *sets {
	s := &sets{make([]int32, n)}
	for i := range s.parent {
		s.parent[i] = int32(i)
	}
	return s
}

func (s *sets) root(i int) int {
	for s.parent[i] != int32(i) {
		s.parent[i] = s.parent[s.parent[i]]
		i = int(s.parent[i])
	}
	return i
}

// join makes the smaller root that of both.
func (s *sets) join(i, j int) {
	a, b := s.root(i), s.root(j)
	s.parent[max(a, b)] = int32(min(a, b))
}

// compareRows orders rows by time and event id.
func (t *table) compareRows(a, b *row) int {
	if c := cmp.Compare(a.micros, b.micros); c != 0 {
		return c
	}
	if len(t.oddIDs) > 0 || (a.flags|b.flags)&noEventID != 0 {
		return cmp.Or(cmp.Compare(t.eventID(a), t.eventID(b)), cmp.Compare(a.fingerprint, b.fingerprint))
	}
	return cmp.Or(bytes.Compare(a.event[:], b.event[:]), cmp.Compare(a.fingerprint, b.fingerprint))
}
