// Package message reads the text of an access denied error of Amazon S3 and
// finds its cause.
//
//	User: P is not authorized to perform: A on resource: "R" because no session policy allows the A action
//
// No pattern decides. The left part is read from the left, the reason from the
// right, and the resource is what lies between: an attacker can put any words
// into an object's key, but not behind it. A text that is not known stays
// [Unrecognized]; nothing is guessed.
//
// The forms are those of
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
// and
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
package message

import (
	"strings"
	"trail403/ingest/event"
)

// A Message is what an error text tells. Principal, Action, Resource and
// PolicyARN are parts of the text and share its memory.
type Message struct {
	Cause     event.Cause
	Principal string // what stands after "User: ", usually an ARN
	Action    string // the action that the message names, such as s3:GetObject or kms:Decrypt, or ""
	Resource  string // without quotes; "" where none is named; may be cut short if Cause is Truncated
	PolicyARN string // of the policy that refused, where AWS tells it, or ""
}

// CloudTrail keeps 1 KB of an error message. Those that were seen cut had from
// minCut to maxCut bytes and ended in three dots; whether all do is not known.
// A text from limit on that gives no reason counts as cut.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
const (
	limit  = 1000
	minCut = 1024
	maxCut = 1026
)

// Parse reads an error text: a message as AWS writes it, or as the AWS CLI or
// an SDK prints it. It always returns a cause, and does not allocate.
func Parse(text string) Message {
	return parse(unquote(trim(text)))
}

func parse(text string) Message {
	d, denied := cutDenial(text)
	if denied && !d.prefixed {
		return d.message(len(text), false)
	}
	if m, ok := parseFixed(text, false); ok {
		return m
	}
	inner, xml := unwrapXML(text)
	if xml {
		if m, ok := parseFixed(inner, true); ok {
			return m
		}
		d, denied = cutDenial(inner)
	}
	if !denied || d.prefixed {
		if m, ok := parseWrapped(inner); ok {
			return m
		}
	}
	switch {
	case denied:
		return d.message(len(inner), xml)
	case len(inner) >= limit && strings.HasSuffix(inner, "..."):
		return Message{Cause: event.Truncated}
	}
	return Message{Cause: event.Unrecognized}
}

// message reads what follows the left part in a text of n bytes. A wrapped text
// was printed by a program, not taken from a log, and is whole unless it says
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
	case read == partial,
		// A fake reason in a key that was cut looks like one whose ARN was cut.
		// EC2 does not quote, and what it adds last is not missed.
		cut && dots && !(t.quote == "" && isEncoded(r.tail)),
		// Without dots, only what has no fixed end shows that it was cut.
		cut && minCut <= n && n <= maxCut && t.quote != "" && (r.arn != "" || trim(r.tail) != "" && trim(r.tail) != "."),
		// No service in use ends here: words are missing.
		cut && r.cause == event.ExplicitUnknown:
		m.Cause, m.Resource = event.Truncated, resource
	default:
		m.Cause, m.Resource = r.cause, resource
		if !dots {
			m.PolicyARN = r.arn
		}
	}
	return m
}
