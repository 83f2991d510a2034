package message

import (
	"strings"

	"trail403/ingest/event"
)

// A fixed text is a message that is the same for every request.
type fixed struct {
	text  string
	cause event.Cause
}

// A final full stop is left out. "Forbidden" is what SDKs make of a 403 to
// HeadObject and HeadBucket, whose answers have no body:
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
var fixedTexts = [...]fixed{
	{"Access Denied", event.NotTold},
	{"AccessDenied", event.NotTold},
	{"Forbidden", event.NotTold},
	{"All access to this object has been disabled", event.AccessDisabled},
	{"Access Denied because " + lock, event.ObjectLock},
	{"Request has expired", event.RequestExpired},
	{"The request was denied due to a VPC endpoint policy", event.VPCEUnknown},
	{"The ciphertext refers to a customer master key that does not exist, does not exist in this region, " +
		"or you are not allowed to access", event.KMSKey},
}

// parseFixed reads a text that is the same for every request, or nearly so. A
// wrapped text is one that a program printed. Other lines may follow there, but
// no reason: the words may be from a key.
func parseFixed(text string, wrapped bool) (Message, bool) {
	if text == "" {
		return Message{Cause: event.NotTold}, true
	}
	for i := range fixedTexts {
		c := cursor{s: text, fold: true}
		if c.lit(fixedTexts[i].text) && (atEnd(c.s) || wrapped && otherLines(c.s)) {
			return Message{Cause: fixedTexts[i].cause}, true
		}
	}
	c := cursor{s: text}
	switch {
	case c.lit("Anonymous users cannot"):
		if i := strings.LastIndex(c.s, "Please authenticate"); i >= 0 {
			return Message{Cause: event.NotTold}, atEnd(c.s[i+len("Please authenticate"):])
		}
	case c.lit("You do not have"):
		return parseGrants(c, wrapped)
	}
	return Message{}, false
}

// parseGrants reads the rest of a message of S3 Access Grants.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-get-data-access.html
func parseGrants(c cursor, wrapped bool) (Message, bool) {
	if !c.anyOf("READ", "WRITE", "READWRITE") || !c.lit("permissions to the requested S3 Prefix:") {
		return Message{}, false
	}
	prefix := trimLeft(c.s)
	if wrapped && (strings.IndexByte(prefix, '"') >= 0 || lastReason(prefix) >= 0) {
		return Message{}, false
	}
	if i := tailIndex(prefix); i >= 0 {
		prefix = prefix[:i]
	}
	return Message{Cause: event.AccessGrants, Resource: trimRight(prefix)}, true
}

// otherLines tells whether s, which follows a fixed text, holds only further
// lines, such as a stack, and no reason.
func otherLines(s string) bool {
	s = strings.TrimPrefix(s, ".")
	if t := trimLeft(s); strings.HasPrefix(t, javaTail) {
		_, s, _ = strings.Cut(t, ")")
	}
	s = strings.TrimLeft(s, " \t\r")
	return strings.HasPrefix(s, "\n") && lastReason(s) < 0
}
