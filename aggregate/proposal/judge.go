package proposal

import (
	"slices"

	"trail403/aggregate/evaluate"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Outcome is what a proposed policy would have changed for a request.
type Outcome string

const (
	Same    Outcome = ""        // it would have succeeded or been denied as it was
	Refused Outcome = "refused" // it succeeded, and would have been denied
	Allowed Outcome = "allowed" // it was denied, and would have succeeded
	Unknown Outcome = "unknown" // the log does not tell
)

// Judgment is an outcome and the reason for it.
type Judgment struct {
	Outcome
	Denied    bool   // the request was denied
	Statement int    // number of the Deny statement that decides, or 0
	Sid       string // of that statement
	Why       string // the statement, or a sentence: hostile, as the names in a document are
	// ByOthers says that the outcome depends on policies beside the proposed one.
	ByOthers bool
}

// Sentences that several judgments share.
const (
	noAllow       = "No statement of the proposed policy allows it."
	mayBeAllowed  = "The proposed policy does not allow it. Whether another policy does is not known."
	noLongerHere  = "The proposed policy does not deny the request. Whether all other policies allow it is not known."
	allAllow      = "All policies that count are known, and they allow the request."
	untold        = "The message does not say which policy denied the request, and the proposed policy is not one that does."
	unknownBucket = "A statement denies the request if the bucket is in the account, and the record does not show that."
)

// judge judges one request. A request that succeeded has no error code.
func (p *Proposal) judge(d *event.Denial) Judgment {
	if !p.concerns(d) {
		return Judgment{}
	}
	r := evaluate.RequestOf(d, &d.Context)
	if !r.Applies(p.target.Kind) {
		return Judgment{}
	}
	deny, allow, denies, unseen := evaluate.Says(r, &p.policy)
	s := said{deny, allow, unseen}
	if d.ErrorCode != "" {
		return p.judgeDenied(d, r, s)
	}
	switch {
	case deny == policydoc.Holds:
		j := Judgment{Outcome: Refused, Statement: denies[0].Statement.Number, Sid: denies[0].Statement.Sid}
		j.Why = denies[0].Statement.String()
		if p.target.Kind == event.RCP && p.target.Name != "" && d.BucketAccount == "" {
			j.Outcome, j.Why = Unknown, unknownBucket
		}
		return j
	case deny == policydoc.Unseen:
		return Judgment{Outcome: Unknown, Why: s.doubt()}
	case p.target.isAdded():
		return Judgment{}
	}
	return p.judgeAllow(d, r, s)
}

// said is what the proposed policy by itself says.
type said struct {
	deny, allow policydoc.Truth
	unseen      []string
}

// doubt says what the answer depends on.
func (s *said) doubt() string {
	names := slices.Clone(s.unseen)
	slices.Sort(names)
	return "It depends on " + policydoc.Join(names, ", ") + ", which the log does not show."
}

// limits are the kinds that can only limit what others allow.
var limits = [...]event.Policy{event.SCP, event.RCP, event.EndpointPolicy, event.Boundary, event.SessionPolicy}

// judgeAllow judges a request that succeeded and that no statement of the proposed
// policy denies.
func (p *Proposal) judgeAllow(d *event.Denial, r *evaluate.Request, s said) Judgment {
	switch {
	case s.allow == policydoc.Holds:
		return Judgment{}
	case p.target.Kind == event.EndpointPolicy && s.allow == policydoc.Fails:
		return Judgment{Outcome: Refused, Why: noAllow}
	case p.target.Kind == event.EndpointPolicy:
		return Judgment{Outcome: Unknown, Why: s.doubt()}
	}
	j := p.judgeWithOthers(d, r, s)
	j.ByOthers = true
	return j
}

// judgeWithOthers judges a successful request that only another policy can allow.
func (p *Proposal) judgeWithOthers(d *event.Denial, r *evaluate.Request, s said) Judgment {
	policies := evaluate.Policies{
		List: append(p.others(d, r), p.policy), Complete: []event.Policy{p.target.Kind}, Allowing: limits[:],
	}
	if p.target.Kind == event.ResourcePolicy && p.book.IsComplete(d.Principal) {
		policies.Complete = append(policies.Complete, event.IdentityPolicy)
	}
	switch evaluate.Allows(r, &policies) {
	case policydoc.Holds:
		return Judgment{}
	case policydoc.Fails:
		return Judgment{Outcome: Refused, Why: noAllow}
	}
	if s.allow == policydoc.Unseen {
		return Judgment{Outcome: Unknown, Why: s.doubt()}
	}
	return Judgment{Outcome: Unknown, Why: mayBeAllowed}
}

// judgeDenied judges a request that was denied. The message is right about the kind of
// policy: only one of that kind changes anything.
func (p *Proposal) judgeDenied(d *event.Denial, r *evaluate.Request, s said) Judgment {
	kind := d.Cause.Policy()
	isOpen := kind == "" && (d.Cause.Effect() != "" || d.Cause == event.NotTold || d.Cause == event.Truncated ||
		d.Cause == event.KMSKey && p.target.isKey())
	stays := s.deny == policydoc.Holds ||
		d.Cause.Effect() == event.Implicit && s.allow == policydoc.Fails && s.deny != policydoc.Unseen
	switch {
	case p.target.isAdded() || stays || kind != p.target.Kind && !isOpen:
		return Judgment{}
	case s.deny == policydoc.Unseen || d.Cause.Effect() == event.Implicit && s.allow == policydoc.Unseen:
		return Judgment{Outcome: Unknown, Denied: true, Why: s.doubt()}
	case isOpen:
		return Judgment{Outcome: Unknown, Denied: true, Why: untold}
	}
	policies := evaluate.Policies{List: append(p.others(d, r), p.policy), Complete: []event.Policy{p.target.Kind}}
	if evaluate.Decide(r, &policies).Allowed == policydoc.Holds {
		return Judgment{Outcome: Allowed, Denied: true, Why: allAllow, ByOthers: true}
	}
	return Judgment{Outcome: Unknown, Denied: true, Why: noLongerHere, ByOthers: true}
}
