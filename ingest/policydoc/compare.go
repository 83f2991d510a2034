package policydoc

import (
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// A comparison says whether a value of a request matches a value of a policy.
type comparison func(policy, request string) bool

func equal(policy, request string) bool { return plain(policy) == request }

func equalFold(policy, request string) bool { return strings.EqualFold(plain(policy), request) }

// plain returns the text of a value in which * and ? are no wildcards.
func plain(policy string) string {
	if strings.IndexByte(policy, literalStar) < 0 && strings.IndexByte(policy, literalQuestion) < 0 {
		return policy
	}
	b := []byte(policy)
	for i, c := range b {
		switch c {
		case literalStar:
			b[i] = '*'
		case literalQuestion:
			b[i] = '?'
		}
	}
	return string(b)
}

// arnParts is how many parts of an ARN are compared, each by itself: a wildcard
// does not reach over a colon, except in the last one.
const arnParts = 6

func arnLike(policy, request string) bool {
	p, r := strings.SplitN(policy, ":", arnParts), strings.SplitN(request, ":", arnParts)
	if len(p) != arnParts || len(r) != arnParts {
		return false
	}
	for i := range p {
		if !glob(p[i], r[i]) {
			return false
		}
	}
	return true
}

func inRange(policy, request string) bool {
	addr, err := netip.ParseAddr(request)
	if err != nil {
		return false
	}
	addr = addr.Unmap().WithZone("")
	if !strings.Contains(policy, "/") {
		one, err := netip.ParseAddr(policy)
		return err == nil && one.Unmap() == addr
	}
	prefix, err := netip.ParsePrefix(policy)
	return err == nil && prefix.Contains(addr)
}

// ordered compares numbers or dates: holds gets -1, 0 or 1 for a request's value
// that is less than, equal to or greater than the policy's.
func ordered(read func(string) (float64, bool), holds func(order int) bool) comparison {
	return func(policy, request string) bool {
		p, ok := read(policy)
		r, also := read(request)
		switch {
		case !ok || !also:
			return false
		case r < p:
			return holds(-1)
		case r > p:
			return holds(1)
		}
		return holds(0)
	}
}

func number(s string) (float64, bool) {
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil && n-n == 0 // neither infinite nor not a number
}

// dateLayouts are those of https://www.w3.org/TR/NOTE-datetime.
var dateLayouts = [...]string{
	time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02", "2006-01", "2006",
}

// date reads a date as seconds since 1970, which is also how it can be written.
func date(s string) (float64, bool) {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return float64(t.Unix()) + float64(t.Nanosecond())/1e9, true
		}
	}
	return number(s)
}
