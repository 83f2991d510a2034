// Package policy adds denials up by the policy that denied them: the policy that a
// message names, or else the place where it must be. People open documents, and one
// document can deny requests in several ways.
//
// The files, each using only those before it:
//
//  1. policy.go: a policy or document, and a cause of a group, as the result has them.
//  2. cause.go: the order of causes, and span.go: when, and how often.
//  3. layers.go: one cause that takes the place of another.
//  4. reason.go: what a row says about why it was denied.
//  5. reasons.go: the reasons of one group, and the causes that they amount to.
//  6. key.go: which policy, and which document, a reason is about.
//  7. gathered.go: what is counted of one policy.
//  8. gather.go: all policies and documents.
//  9. rejoin.go: documents of one result in another.
package policy

import (
	"slices"

	"trail403/aggregate/rows"
)

// Gatherer adds up the denials of all groups by policy.
type Gatherer struct {
	t   *rows.Table
	all map[policyKey]*gathered
}

// NewGatherer returns a Gatherer for the denials of a table.
func NewGatherer(t *rows.Table) *Gatherer { return &Gatherer{t, map[policyKey]*gathered{}} }

// Add counts the denials of a group for one reason. It returns the number of the policy
// that denied them.
func (gs *Gatherer) Add(g rows.GroupKey, r Reason, s *Span) int32 {
	k := keyOf(gs.t, g, &r)
	p := gs.all[k]
	if p == nil {
		p = &gathered{number: int32(len(gs.all))}
		gs.all[k] = p
	}
	p.add(g, &r, s)
	return p.number
}

// Found is what all denials add up to.
type Found struct {
	Policies  []Policy  // by denials descending
	Documents []*Policy // by denials descending; see Policy
	// DocumentOf is the index of the document that each policy is or is a part of, by
	// the number that Add returned.
	DocumentOf []int32
}

// document is a document with the numbers of the policies that it consists of.
type document struct {
	*Policy
	number int32
	more   []int32
}

// Result returns the policies and documents. The Gatherer is empty afterwards.
func (gs *Gatherer) Result() Found {
	parts := map[documentKey][]policyKey{}
	for k := range gs.all {
		d := documentKeyOf(gs.t, k)
		parts[d] = append(parts[d], k)
	}
	type numbered struct {
		Policy
		number int32
		alone  bool // in its document
	}
	list := make([]numbered, 0, len(gs.all))
	documents := make([]document, 0, len(parts))
	for d, keys := range parts {
		if len(keys) > 1 {
			documents = append(documents, gs.merge(d, keys))
		}
		for _, k := range keys {
			list = append(list, numbered{gs.all[k].policy(gs.t, k), gs.all[k].number, len(keys) == 1})
			delete(gs.all, k)
		}
	}
	slices.SortFunc(list, func(a, b numbered) int { return comparePolicies(&a.Policy, &b.Policy) })
	out := Found{Policies: make([]Policy, len(list))}
	for i := range list {
		out.Policies[i] = list[i].Policy
		if list[i].alone {
			documents = append(documents, document{Policy: &out.Policies[i], number: list[i].number})
		}
	}
	out.join(documents)
	return out
}

// join puts the documents in order and notes which policies they consist of.
func (f *Found) join(documents []document) {
	slices.SortFunc(documents, func(a, b document) int { return comparePolicies(a.Policy, b.Policy) })
	f.Documents = make([]*Policy, len(documents))
	f.DocumentOf = make([]int32, len(f.Policies))
	for i, d := range documents {
		f.Documents[i] = d.Policy
		f.DocumentOf[d.number] = int32(i)
		for _, n := range d.more {
			f.DocumentOf[n] = int32(i)
		}
	}
}

// merge adds up the policies that are parts of one document.
func (gs *Gatherer) merge(d documentKey, parts []policyKey) document {
	sum := &gathered{}
	var numbers []int32
	for _, k := range parts {
		sum.absorb(gs.all[k])
		numbers = append(numbers, gs.all[k].number)
	}
	p := sum.policy(gs.t, d.policyKey)
	return document{&p, numbers[0], numbers[1:]}
}
