package message

import (
	"strings"

	"trail403/ingest/event"
)

// A target is where the resource is in a denial: between the action and the
// reason. S3 quotes it, and other services do not. KMS may name none, and it may
// be missing.
//
// A key can hold anything: quotes, and the very words of a reason. So the
// quote that closes a resource is known only from what follows it, and a
// reason counts only after such a quote.
type target struct {
	kind  targetKind
	quote string // what opened the resource: a quote, plain or as JSON and XML write it, or ""
	at    int    // where the resource starts
}

type targetKind int

const (
	noTarget   targetKind = iota // no resource, or words that are not known
	unnamed                      // "on this resource"
	named                        // a resource, quoted or not
	incomplete                   // the text ends within the words
)

// What KMS writes where it names no key.
var unnamedResources = [...]string{"on this resource", "on the resource associated with this ciphertext"}

// openTarget reads the words that introduce the resource, at the start of rest.
func openTarget(rest string) target {
	c := cursor{s: rest}
	if c.anyOf(unnamedResources[:]...) {
		return target{kind: unnamed}
	}
	arn := false
	if !c.anyOf("on resource:", "on resource") {
		// Tools that rewrite the text leave "resource:" out.
		if arn = c.lit("on"); !arn {
			if c.cut && trim(rest) != "" {
				return target{kind: incomplete}
			}
			return target{}
		}
	}
	s := trimLeft(c.s)
	t := target{kind: named, at: len(rest) - len(s)}
	for _, q := range [...]string{`"`, `\"`, "&quot;"} {
		if strings.HasPrefix(s, q) {
			t.quote, t.at = q, t.at+len(q)
			return t
		}
	}
	switch {
	case s == "":
		return target{kind: incomplete}
	case arn && !strings.HasPrefix(s, "arn:"):
		if c.cut {
			return target{kind: incomplete}
		}
		return target{}
	}
	return t
}

// upTo returns the resource if a reason may start at rest[i:]: if the resource
// is closed there.
func (t target) upTo(rest string, i int) (resource string, closed bool) {
	head := trimRight(rest[:i])
	switch {
	case t.kind != named:
		// Words that are not known: still no reason within quotes.
		return "", strings.IndexByte(head, '"') < 0 || strings.HasSuffix(head, `"`)
	case t.quote == "":
		return head[min(t.at, len(head)):], true
	}
	return strings.CutSuffix(head[t.at:], t.quote)
}

// reason reads the reason in rest and the resource before it. The last words
// that start a reason must really read as one, up to the end of the text. If
// loose, other words may follow.
//
// What such words say is not known, but the kind of policy is named in full
// before them. They must not hold a quote, which would mean that the reason is
// within the resource, nor name a second cause, nor start a second message. They
// are not accepted in a text that may have been cut within a key, nor in one that
// starts with unknown words.
func (t target) reason(rest string, loose bool) (r reason, resource string, read reading) {
	i := lastReason(rest)
	if i < 0 {
		return r, "", unreadable
	}
	resource, closed := t.upTo(rest, i)
	if !closed {
		return r, "", unreadable
	}
	r, read = readReason(rest[i:])
	if read == whole && !atEnd(r.tail) && !(loose && t.mayFollow(&r)) || startsAgain(r.tail) {
		read = unreadable
	}
	return r, resource, read
}

// mayFollow tells whether the words after a reason may be of no importance.
func (t target) mayFollow(r *reason) bool {
	holdsQuote := strings.IndexByte(r.tail, '"') >= 0 || t.quote != "" && strings.Contains(r.tail, t.quote)
	return r.cause != event.ExplicitUnknown && !holdsQuote && !goesOn(r.tail)
}

// noReason returns the cause of a text that has no readable reason, and the
// resource.
func (t target) noReason(rest string) (event.Cause, string) {
	resource, after := "", rest
	switch {
	case t.kind == incomplete:
		return event.Truncated, ""
	case t.kind == unnamed:
		c := cursor{s: rest}
		c.anyOf(unnamedResources[:]...)
		after = c.s
	case t.kind == named && t.quote == "":
		resource, after = bare(rest[t.at:])
	case t.kind == named:
		// A quoted resource ends at the last quote.
		s := rest[t.at:]
		i := strings.LastIndex(s, t.quote)
		if i < 0 {
			return event.Truncated, s
		}
		resource, after = s[:i], s[i+len(t.quote):]
	}
	if atEnd(after) {
		return event.NotTold, resource
	}
	if _, read := readReason(after); read == partial {
		return event.Truncated, resource
	}
	return event.Unrecognized, resource
}

// bare cuts a resource that is not quoted from what follows it. It may hold
// spaces ("user bob").
func bare(s string) (resource, after string) {
	end := len(s)
	if i := lastReason(s); i >= 0 {
		end = i
	} else if i := tailIndex(s); i >= 0 {
		end = i
	} else if i := strings.IndexAny(s, spaces); i >= 0 && strings.HasPrefix(s, "arn:") {
		// An ARN rarely holds spaces, so a reason that was cut may follow.
		if _, read := readReason(s[i:]); read == partial && trim(s[i:]) != "" {
			end = i
		}
	} else if i := strings.LastIndex(s, "with an"); i > 0 && isSpace(s[i-1]) {
		if _, read := readReason(s[i:]); read == partial {
			end = i
		}
	}
	resource = trimRight(s[:end])
	if !strings.HasSuffix(resource, "..") { // an ellipsis stays
		resource = strings.TrimSuffix(resource, ".")
	}
	return resource, s[end:]
}
