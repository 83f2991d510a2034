package flat

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// clocks are the times of all shapes, besides those of RFC 3339. A time without a zone is
// UTC, as CloudTrail's are.
var clocks = []string{
	"2006-01-02 15:04:05",      // Athena, Insights
	"2006-01-02T15:04:05",      // tables that lost the zone
	"2006-01-02 15:04:05 MST",  // Trino, with UTC
	"2006-01-02, 03:04:05 PM",  // the event history until 2020
	"1/2/2006, 3:04:05 PM",     // Sentinel's portal
	"2006-01-02 15:04:05Z0700", // PostgreSQL
}

// timeOf returns a time as CloudTrail writes it: from a text in any of the forms, or from
// a number of seconds or milliseconds since 1970.
func timeOf(value []byte) string {
	text := textOf(value)
	if n, err := json.Number(text).Int64(); err == nil {
		return numberTime(n)
	}
	if f, err := strconv.ParseFloat(text, 64); err == nil && f > 0 && f < 1<<53 {
		return numberTime(int64(f))
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at.UTC().Format(time.RFC3339)
	}
	for _, clock := range clocks {
		at, err := time.Parse(clock, text)
		if err == nil && (!strings.Contains(clock, "MST") || strings.HasSuffix(text, " UTC")) {
			return at.UTC().Format(time.RFC3339)
		}
	}
	return text
}

// numberTime reads a number of seconds, or of thousandths, millionths or billionths of them.
func numberTime(n int64) string {
	const year5000 = 95617584000 // in seconds
	for range 3 {
		if n > year5000 {
			n /= 1000
		}
	}
	return time.Unix(n, 0).UTC().Format(time.RFC3339)
}
