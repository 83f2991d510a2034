package message

import (
	"strings"

	"trail403/ingest/event"
)

// A reason is why AWS denied the request, as the end of a message has it.
type reason struct {
	cause event.Cause
	arn   string // of the policy, "" where there is none
	tail  string // what follows
}

// How far a text reads as a reason.
type reading int

const (
	unreadable reading = iota
	partial            // a reason that ends too early
	whole
)

const (
	sseC = "this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys"
	kms  = "the resource does not exist in this Region, no resource-based policies allow access, " +
		"or a resource-based policy explicitly denies access"
	lock = "object protected by object lock"
)

// lastReason returns where the last words in s that start a reason are, -1 if
// there are none. Only the last ones count: the true reason follows the resource,
// which can hold any words, and holds none of these words itself.
func lastReason(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] != 'b' && s[i] != 'w' || i > 0 && !isSpace(s[i-1]) {
			continue
		}
		c := cursor{s: s[i:]}
		if c.lit("because") && (c.s == "" || isSpace(c.s[0])) || c.lit("with an explicit deny") {
			return i
		}
	}
	return -1
}

// readReason reads the reason at the start of s.
func readReason(s string) (reason, reading) {
	var r reason
	c := cursor{s: s}
	switch {
	case c.lit("because"):
		r.cause = c.because()
	case c.lit("with an explicit deny"):
		r.cause, r.arn = c.explicitDeny()
	}
	switch {
	case r.cause != "":
		r.tail = c.s
		return r, whole
	case c.cut:
		return r, partial
	}
	return r, unreadable
}

// because reads what follows the word. It returns "" for what is not known.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
func (c *cursor) because() event.Cause {
	switch {
	case c.lit("no"):
		if p := c.policy(); p != nil && c.lit("allows the") && c.theAction() {
			return event.CauseOf(p.kind, event.Implicit)
		}
	case c.anyOf("public ACLs are", "public access control lists (ACLs) are", "public access control lists are"):
		if c.blockedBy("BlockPublicAcls") {
			return event.BlockPublicACLs
		}
	case c.lit("public policies are"):
		if c.blockedBy("BlockPublicPolicy") {
			return event.BlockPublicPolicy
		}
	case c.lit(sseC):
		// The advice that follows may be missing or cut.
		c.anyOf("(SSE-C)")
		c.anyOf(".")
		c.anyOf("Please specify a different server-side encryption type")
		return event.SSECBlocked
	case c.lit(kms):
		return event.KMSKey
	case c.lit(lock):
		return event.ObjectLock
	}
	return ""
}

// theAction reads "ACTION action". The action is that of the left part, or what
// the service took for it, and is not compared.
func (c *cursor) theAction() bool {
	word := c.word()
	return word != "" && (c.lit("action") || strings.TrimRight(word, ".,;") == "action")
}

// blockedBy reads how a setting of Block Public Access denies a request, in the
// wording of 2024 and in that of today.
func (c *cursor) blockedBy(setting string) bool {
	if !c.anyOf("prevented by the", "blocked by the") {
		return false
	}
	c.fold = true // people write BlockPublicACLs
	ok := c.lit(setting)
	c.fold = false
	return ok && c.anyOf("setting in S3 Block Public Access", "block public access setting", "setting")
}

// policy reads the words for a kind of policy, nil if there are none.
func (c *cursor) policy() *policy {
	for i := range policies {
		if c.lit(policies[i].words) {
			return &policies[i]
		}
	}
	return nil
}

// explicitDeny reads what follows "with an explicit deny". Where one kind of
// policy acts through another, the last one is the cause.
func (c *cursor) explicitDeny() (event.Cause, string) {
	if !c.lit("in") {
		if c.cut && trim(c.s) != "" {
			return "", ""
		}
		return event.ExplicitUnknown, "" // old texts, and other services, name no policy
	}
	for {
		if !c.anyOf("an", "a", "the") {
			return "", ""
		}
		p := c.policy()
		if p == nil {
			return "", ""
		}
		arn := c.policyARN()
		next := cursor{s: c.s}
		if !next.lit("transitively through") {
			if next.cut && trim(c.s) != "" {
				c.cut = true
				return "", ""
			}
			return event.CauseOf(p.kind, event.Explicit), arn
		}
		c.s = next.s
	}
}

// policyARN reads the ARN of the policy, which AWS gives since 2026 for some
// policies, after ": ". The user guide writes it with more words than S3 does.
// Another text in its place is left where it is.
func (c *cursor) policyARN() string {
	d := cursor{s: c.s}
	if !d.anyOf(":", ", with policy ARN:", "with policy ARN:") {
		return ""
	}
	s := trimLeft(d.s)
	i := strings.IndexAny(s, spaces+"\"'`();<>")
	if i < 0 {
		i = len(s)
	}
	arn := strings.TrimRight(s[:i], ".,")
	// arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
	p, ok := strings.CutPrefix(arn, "arn:")
	if !ok || strings.Count(p, ":") < 4 || p[0] == ':' || arn[len(arn)-1] == ':' {
		return ""
	}
	c.s = s[len(arn):]
	return arn
}
