package rows

import (
	"cmp"

	"trail403/aggregate/filter"
	"trail403/ingest/denial"
	"trail403/ingest/identity"
)

// Dedupe drops all but one row of each event and returns how many it dropped.
//
// Rows are copies of one event if they have the same eventID (a file that was
// delivered twice, two trails in one bucket) or the same sharedEventID (the
// copies for the caller's and the bucket owner's account), or one is an update
// of the other (addendum.originalEventID); transitively. See
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html.
//
// Rows before from, in Unix microseconds, are copies only of each other and are not in
// the number, so that what is read before a window changes nothing within it.
func (t *Table) Dedupe(from int64) (duplicates int) {
	s := t.copies(from)

	// Best holds the row to keep of each set of several, and matched what filters say
	// about any of its rows: only one copy has the id that is asked for.
	best, matched := map[int]int{}, map[int]filter.Fulfilled{}
	for i := range t.rows.n {
		root := s.Root(i)
		if root == i {
			continue
		}
		b, ok := best[root]
		if !ok {
			b = root
			matched[root] = t.rows.at(root).matched
		}
		matched[root] |= t.rows.at(i).matched
		if t.compareCopies(i, b) < 0 {
			b = i
		}
		best[root] = b
		if t.rows.at(i).Micros >= from {
			duplicates++
		}
	}
	if len(best) == 0 {
		return 0
	}
	accounts := t.accountsOf(s, best)
	for i := range t.rows.n {
		if b, ok := best[s.Root(i)]; ok && b != i {
			t.rows.at(i).flags |= dropped
		}
	}
	for root, b := range best {
		t.rows.at(b).matched = matched[root]
		t.learnOwner(t.rows.at(b), accounts[root])
	}
	return duplicates
}

// copies returns which rows are copies of one event.
func (t *Table) copies(from int64) *Sets {
	s := NewSets(t.rows.n)
	idOf := func(i int) id {
		r := t.rows.at(i)
		return r.event.apart(r.Micros < from)
	}
	events := newIDs(t.rows.n, idOf)
	for i := range t.rows.n {
		if t.rows.at(i).flags&noEventID == 0 {
			if j := events.add(i); j != i {
				s.Join(i, j)
			}
		}
	}
	link := func(seen map[id]int, x id, i int) {
		if j, ok := seen[x]; ok {
			s.Join(i, j)
		} else {
			seen[x] = i
		}
	}
	shared, originals := map[id]int{}, map[id]int{}
	for _, a := range t.shared {
		link(shared, a.id.apart(t.rows.at(a.row).Micros < from), a.row)
	}
	for _, a := range t.originals {
		x := a.id.apart(t.rows.at(a.row).Micros < from)
		link(originals, x, a.row)
		if j := events.find(x); j >= 0 {
			s.Join(a.row, j)
		}
	}
	return s
}

// compareCopies orders copies of one event, the one to keep first: an update, which
// corrects what came before it, then the copy that names the caller by ARN, then the copy of the caller's account, then the smallest
// (recipient, event id). Beyond that, copies differ in nothing but their places that
// matters here, but the choice must not depend on their order.
func (t *Table) compareCopies(i, j int) int {
	a, b := t.rows.at(i), t.rows.at(j)
	ca, cb := &t.contexts.list[a.context], &t.contexts.list[b.context]
	c := cmp.Or(
		cmp.Compare(b.flags&updates, a.flags&updates),
		cmp.Compare(cb.flags&hasARN, ca.flags&hasARN),
		cmp.Compare(cb.flags&requester, ca.flags&requester),
		cmp.Compare(t.strings.text(ca.text[Recipient]), t.strings.text(cb.text[Recipient])),
		cmp.Compare(t.EventID(a), t.EventID(b)),
		cmp.Compare(a.fingerprint, b.fingerprint),
		cmp.Compare(a.Micros, b.Micros),
	)
	if c == 0 {
		return t.objects.compare(a, b)
	}
	return c
}

// accountsOf returns for each set the bucket's account that its copies name, the
// smallest if they differ.
func (t *Table) accountsOf(s *Sets, best map[int]int) map[int]string {
	accounts := map[int]string{}
	for i := range t.rows.n {
		root := s.Root(i)
		account := t.Text(t.Number(t.rows.at(i), BucketAccount))
		if _, ok := best[root]; !ok || account == "" {
			continue
		}
		if known, ok := accounts[root]; !ok || account < known {
			accounts[root] = account
		}
	}
	return accounts
}

// learnOwner gives the row that is kept the bucket's account if only another copy
// names it. That account may also be why the message gives no reason.
func (t *Table) learnOwner(r *Row, account string) {
	c := t.contexts.list[r.context]
	if c.text[BucketAccount] != 0 || account == "" {
		return
	}
	c.text[BucketAccount] = t.strings.intern(account)
	caller := identity.AccountOf(t.strings.text(c.text[Principal]))
	if c.Why > whyOf(denial.WhyOtherAccount) && denial.IsOtherAccount(caller, account) {
		c.Why = whyOf(denial.WhyOtherAccount)
	}
	r.context = t.contexts.intern(c)
}
