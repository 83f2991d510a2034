package message

import (
	"strings"

	"trail403/ingest/event"
)

// A Message is what an error text tells. Principal, Action, Resource and
// PolicyARN are parts of the text and share its memory.
type Message struct {
	Cause     event.Cause
	Principal string // what follows "User: ", usually an ARN
	Action    string // the action that the message names, such as s3:GetObject or kms:Decrypt, or ""
	Resource  string // without quotes, "" where none is named, perhaps cut short if Cause is Truncated
	PolicyARN string // of the policy that denied the request, where AWS tells it, or ""
}

// CloudTrail keeps 1 KB of an error message. Those that were seen cut had from
// minCut to maxCut bytes and ended in three dots. Whether all do is not known.
// A text of limit bytes or more that gives no reason counts as cut.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
const (
	limit  = 1000
	minCut = 1024
	maxCut = 1026
)

// message reads what follows the left part in a text of n bytes. A wrapped text
// was printed by a program, not taken from a log, and is complete unless it says
// otherwise.
func (d denial) message(n int, wrapped bool) Message {
	m := Message{Principal: d.principal, Action: d.action}
	rest, dots := cutDots(d.rest)
	long := n >= limit
	cut := long && (dots || !wrapped)
	t := openTarget(rest)
	r, resource, read := t.reason(rest, (wrapped || !long) && !d.prefixed)
	switch {
	case read == unreadable:
		m.Cause, m.Resource = t.noReason(rest)
		switch {
		case m.Cause == event.NotTold && strings.HasPrefix(m.Principal, "access-grants.s3."):
			// S3 Access Grants could not take the role of the location.
			m.Cause = event.AccessGrants
		case cut:
			m.Cause = event.Truncated
		}
	case read == partial, cut && t.mayBeCut(&r, n, dots):
		m.Cause, m.Resource = event.Truncated, resource
	default:
		m.Cause, m.Resource = r.cause, resource
		if !dots {
			m.PolicyARN = r.arn
		}
	}
	return m
}

// mayBeCut tells whether a reason may lack its end, in a long text of n bytes.
func (t target) mayBeCut(r *reason, n int, dots bool) bool {
	switch {
	case dots && !(t.quote == "" && isEncoded(r.tail)):
		// A fake reason in a key that was cut looks like one whose ARN was cut.
		// EC2 does not quote, and what it adds last is not missed.
		return true
	case minCut <= n && n <= maxCut && t.quote != "" && (r.arn != "" || trim(r.tail) != "" && trim(r.tail) != "."):
		// Without dots, only what has no fixed end shows that it was cut.
		return true
	}
	return r.cause == event.ExplicitUnknown // no service in use ends here: words are missing
}
