package amendment

import (
	"iter"
	"slices"
	"strings"
	"time"

	"trail403/aggregate/document"
	"trail403/aggregate/evaluate"
	"trail403/aggregate/statement"
	"trail403/ingest/event"
)

// Group names a group of denials.
type Group struct{ Principal, Action, Bucket string }

// Seen are the requests that were denied, and the documents that are known.
type Seen struct {
	book   *document.Book
	order  []Group
	groups map[Group]group
}

type group struct {
	requests []statement.Denied
	more     int // denials that are not among the requests
}

// New returns a Seen without requests.
func New(book *document.Book) *Seen { return &Seen{book: book, groups: map[Group]group{}} }

// Add adds the requests of a group, and the number of its denials that are left out.
func (s *Seen) Add(g Group, requests []statement.Denied, more int) {
	if _, known := s.groups[g]; !known {
		s.order = append(s.order, g)
	}
	s.groups[g] = group{requests, more}
}

// Of returns the requests of a group that were denied for a cause. The denials that are
// left out count for no cause.
func (s *Seen) Of(g Group, cause event.Cause, deniedAction, policyARN string) (list []statement.Denied) {
	for _, r := range s.groups[g].requests {
		if d := r.Denial; d.Cause == cause && d.DeniedAction == deniedAction && d.PolicyARN == policyARN {
			list = append(list, r)
		}
	}
	return list
}

// each yields all requests, in the order in which they were added.
func (s *Seen) each() iter.Seq[*statement.Denied] {
	return func(yield func(*statement.Denied) bool) {
		for _, g := range s.order {
			list := s.groups[g].requests
			for i := range list {
				if !yield(&list[i]) {
					return
				}
			}
		}
	}
}

// leftOut counts the denials that are not among the requests, in groups of which some
// request fits.
func (s *Seen) leftOut(fits func(*statement.Denied) bool) (denials int) {
	for _, g := range s.groups {
		isConcerned := func(r statement.Denied) bool { return fits(&r) }
		if g.more > 0 && slices.ContainsFunc(g.requests, isConcerned) {
			denials += g.more
		}
	}
	return denials
}

// now is later than every document.
var now = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// Policies returns the policies that would apply to a request now, as far as they are
// known.
func (s *Seen) Policies(r *statement.Denied) []evaluate.Policy {
	then := *r.Denial
	then.Time = now
	return s.book.Concerned(&then, r.Request)
}

// Editable returns those policies of a kind that would apply to a request now and that
// the account can edit. A resource has one of its own, which on names.
func (s *Seen) Editable(r *statement.Denied, kind event.Policy, on string) (list []evaluate.Policy) {
	for _, p := range s.Policies(r) {
		isOther := kind == event.ResourcePolicy && p.On != on
		if p.Kind == kind && !isOther && !isOfAWS(p.Name) {
			list = append(list, p)
		}
	}
	return list
}

// isOfAWS says whether a managed policy is one of AWS's own.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
func isOfAWS(name string) bool {
	_, rest, _ := strings.Cut(name, ":iam::")
	return strings.HasPrefix(rest, "aws:policy/")
}

// NewerThan says whether it is known that a document was set, or read, after a time.
func NewerThan(p *evaluate.Policy, at time.Time) bool {
	return p.Since.After(at) || p.Read.After(at)
}
