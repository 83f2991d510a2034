package cli

import (
	"strconv"
	"strings"
	"time"
)

// parseSpan reads 90m, 36h, 7d or 2w.
func parseSpan(flag, s string) (time.Duration, error) {
	units := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}
	digits := strings.TrimRight(s, "mhdw")
	n, err := strconv.Atoi(digits)
	unit, ok := units[s[len(digits):]]
	const longest = 100 * 366 * 24 * time.Hour
	if err != nil || !ok || n <= 0 || time.Duration(n) > longest/unit {
		return 0, usagef("--%s %q is not a span of time", flag, s).
			hint("write a whole number followed by m, h, d or w: 90m, 36h, 7d, 2w")
	}
	return time.Duration(n) * unit, nil
}
