package cli

import (
	"time"

	"trail403/aggregate"
)

// parseTime reads a time or a date, in UTC.
func parseTime(flag, s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, usagef("--%s %q is not a time", flag, s).
		hint("write a date (2026-10-01) or a time with its zone (2026-10-01T09:00:00Z); " +
			"to count back from now, use --since 7d")
}

// window returns the window that the flags ask for. What they leave open is zero.
func (o *reportFlags) window(now time.Time) (w aggregate.Window, err error) {
	if o.interval != "auto" {
		if w.Interval, err = aggregate.ParseInterval(o.interval); err != nil {
			return w, usagef("--interval %q is not an interval", o.interval).
				hint("write auto, hours that divide a day (1h, 6h), or whole days (1d, 7d)")
		}
	}
	switch {
	case o.since != "" && o.from != "":
		return w, usagef("--since and --from both set the start of the window").hint("use only one of them")
	case o.since != "":
		span, err := parseSpan("since", o.since)
		if err != nil {
			return w, err
		}
		w.From = now.UTC().Add(-span).Truncate(time.Second)
	case o.from != "":
		if w.From, err = parseTime("from", o.from); err != nil {
			return w, err
		}
	}
	if o.to != "" {
		if w.To, err = parseTime("to", o.to); err != nil {
			return w, err
		}
	}
	if !w.From.IsZero() && !w.To.IsZero() && !w.From.Before(w.To) {
		from, to := w.From.Format(time.RFC3339), w.To.Format(time.RFC3339)
		return w, usagef("the window is empty: it starts at %s and ends at %s", from, to).
			hint("--to is the first moment after the window: --from 2026-10-01 --to 2026-11-01 is October")
	}
	return w, nil
}
