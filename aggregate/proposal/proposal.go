package proposal

import (
	"slices"

	"trail403/aggregate/document"
	"trail403/aggregate/evaluate"
	"trail403/aggregate/link"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Proposal is a policy that is not in force, and what is known of the others.
type Proposal struct {
	target    Target
	policy    evaluate.Policy
	snapshots []event.Snapshot
	book      *document.Book
	// isKnownMore says that there are more snapshots than when requests were judged first.
	isKnownMore bool
}

// New returns a proposal. The snapshots are what files say about the policies in force.
func New(target Target, d *policydoc.Document, snapshots []event.Snapshot) *Proposal {
	return &Proposal{
		target:    target,
		policy:    evaluate.Policy{Kind: target.Kind, Name: "proposed", On: target.Name, Document: d},
		snapshots: snapshots,
		book:      document.New(nil, snapshots...),
	}
}

// after returns the same proposal, with the policies that changes in the trail set.
func (p *Proposal) after(changes []event.Change) *Proposal {
	out := *p
	out.book = document.New(link.Unique(changes), p.snapshots...)
	return &out
}

// with returns the same proposal, with more snapshots of the policies in force.
func (p *Proposal) with(snapshots []event.Snapshot) *Proposal {
	out := *p
	out.snapshots = slices.Concat(p.snapshots, snapshots)
	out.book, out.isKnownMore = document.New(nil, out.snapshots...), len(snapshots) > 0
	return &out
}

// concerns says whether the policy is about a request.
func (p *Proposal) concerns(d *event.Denial) bool { return p.target.Concerns(d) }

// others returns the policies that are known to apply to a request, without those whose
// place the proposed one takes.
func (p *Proposal) others(d *event.Denial, r *evaluate.Request) (list []evaluate.Policy) {
	for _, one := range p.book.Concerned(d, r) {
		if one.Kind != p.target.Kind || one.Kind == event.ResourcePolicy && one.On != p.target.Name {
			list = append(list, one)
		}
	}
	return list
}
