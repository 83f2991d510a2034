package cli

import (
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
)

// condition is a condition of --fail-on. holds returns why it holds, or "" if it
// does not.
type condition struct {
	name  string
	holds func(*findings) string
}

// threshold is what a condition of the form NAME>=N compares.
type threshold struct {
	name  string
	count func(*findings) int
}

// condition returns the condition whose text is the name of the threshold and rest.
func (t *threshold) condition(text, rest string) (condition, error) {
	if rest == "" {
		return condition{}, usagef("the condition %s in --fail-on has no number", text).
			hint("quote the condition, because the shell treats > as a redirection: --fail-on '%s>=100'", t.name)
	}
	digits, ok := strings.CutPrefix(rest, ">=")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 1 {
		return condition{}, usagef("%q in --fail-on is not a condition", text).
			hint("write it as '%s>=N', where N is at least 1", t.name)
	}
	return condition{text, func(r *findings) string {
		if count := t.count(r); count >= n {
			return counted(count, strings.TrimSuffix(t.name, "s"))
		}
		return ""
	}}, nil
}

const staleName = "stale"

// staleCondition returns the condition whose text is stale and rest, such as >2h: the
// last object was delivered that long before the present. It holds where nothing tells
// when objects were delivered, as a script must not take that for fresh data.
func staleCondition(text, rest string, present time.Time) (condition, error) {
	if rest == "" {
		return condition{}, usagef("the condition %s in --fail-on has no span of time", text).
			hint("quote the condition, because the shell treats > as a redirection: --fail-on 'stale>2h'")
	}
	span, ok := strings.CutPrefix(rest, ">")
	longest, err := parseSpan("fail-on", span)
	if !ok || err != nil {
		return condition{}, usagef("%q in --fail-on is not a condition", text).
			hint("write it as 'stale>SPAN', where SPAN is a whole number followed by m, h, d or w: " +
				"stale>90m, stale>2h, stale>1d")
	}
	return condition{text, func(r *findings) string {
		delivered := r.Coverage.Delivered
		switch {
		case delivered.IsZero():
			return "no object that was read shows when it was delivered"
		case present.Sub(delivered) > longest:
			return "the last object was delivered at " + delivered.Format("2006-01-02 15:04") + " UTC"
		}
		return ""
	}}, nil
}

func counted(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return humanize.Comma(int64(n)) + " " + noun
}
