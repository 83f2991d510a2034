package cli

import (
	"strconv"
	"strings"
	"time"
)

// parseTime reads a time or a date, in UTC.
func parseTime(flag, s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, usagef("--%s %q is no time", flag, s).
		hint("write a date (2026-10-01) or a time with its zone (2026-10-01T09:00:00Z); for a span of time before now there is --since 7d")
}

// parseSpan reads 90m, 36h, 7d or 2w.
func parseSpan(flag, s string) (time.Duration, error) {
	units := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}
	digits := strings.TrimRight(s, "mhdw")
	n, err := strconv.Atoi(digits)
	unit, ok := units[s[len(digits):]]
	const longest = 100 * 366 * 24 * time.Hour
	if err != nil || !ok || n <= 0 || time.Duration(n) > longest/unit {
		return 0, usagef("--%s %q is no span of time", flag, s).hint("write a whole number and m, h, d or w: 90m, 36h, 7d, 2w")
	}
	return time.Duration(n) * unit, nil
}
