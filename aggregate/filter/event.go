package filter

import (
	"net/netip"
	"strings"

	"trail403/ingest/glob"
)

// The fields of a single event. They differ from request to request, so conditions on
// them are judged when a record is read.
const (
	Session     Field = "session"
	IP          Field = "ip"
	UserAgent   Field = "user-agent"
	VPCEndpoint Field = "vpc-endpoint"
	EventRegion Field = "event-region"
	Key         Field = "key"
	EventID     Field = "event-id"
	RequestID   Field = "request-id" // also x-amz-id-2, and the authorization id in a message
	AccessKey   Field = "access-key" // its value is never shown
)

// EventFields returns the fields of a single event.
func EventFields() []Field {
	return []Field{Session, IP, UserAgent, VPCEndpoint, EventRegion, Key, EventID, RequestID, AccessKey}
}

// Event is what conditions on a single event look at.
type Event struct {
	Session, SourceIP, UserAgent, VPCEndpoint, Region, Key, EventID, AccessKey string

	RequestID, ID2, AuthorizationID string
}

// values returns what a condition on the field is compared with.
func (e *Event) values(field Field) [3]string {
	switch field {
	case Session:
		return [3]string{e.Session}
	case IP:
		return [3]string{e.SourceIP}
	case UserAgent:
		return [3]string{e.UserAgent}
	case VPCEndpoint:
		return [3]string{e.VPCEndpoint}
	case EventRegion:
		return [3]string{e.Region}
	case Key:
		return [3]string{e.Key}
	case EventID:
		return [3]string{e.EventID}
	case RequestID:
		return [3]string{e.RequestID, e.ID2, e.AuthorizationID}
	}
	return [3]string{e.AccessKey}
}

// matches says whether a value of the field matches a pattern. A user agent contains a
// pattern without * and ?, and an object key begins with it. An address can lie in a
// network.
func (f Field) matches(pattern, value string) bool {
	if value == "" {
		return pattern == "*"
	}
	isPlain := !strings.ContainsAny(pattern, "*?")
	switch {
	case f == AccessKey:
		return value == pattern
	case f == UserAgent && isPlain:
		return strings.Contains(value, pattern)
	case f == Key && isPlain:
		return strings.HasPrefix(value, pattern)
	case f == IP && strings.Contains(pattern, "/"):
		network, err := netip.ParsePrefix(pattern)
		address, notAddress := netip.ParseAddr(value)
		return err == nil && notAddress == nil && network.Contains(address.Unmap())
	case f == IP && isPlain && value != pattern: // one address can be written in several ways
		a, err := netip.ParseAddr(pattern)
		b, other := netip.ParseAddr(value)
		return err == nil && other == nil && a.Unmap() == b.Unmap()
	}
	return glob.Match(pattern, value)
}

// impossibleEvent says why a pattern can match no value of a field of an event.
func impossibleEvent(field Field, pattern string) Problem {
	switch field {
	case IP:
		if _, err := netip.ParsePrefix(pattern); strings.Contains(pattern, "/") && err != nil {
			return NotNetwork
		}
	case AccessKey:
		if len(pattern) < 16 || len(pattern) > 128 || strings.Trim(pattern, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
			return NotKey
		}
	}
	return ""
}

// masked returns an id of an access key as it may be shown.
func masked(key string) string { return "…" + key[max(len(key)-4, 0):] }
