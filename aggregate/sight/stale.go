package sight

import "time"

// CloudTrail delivers within minutes, and late files come within hours.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
const staleAfter = 2 * time.Hour

// archiveAfter is how old data is that somebody keeps, rather than watches.
const archiveAfter = 7 * day

// IsStale says whether the last delivery was so long before the present that denials
// are probably missing. A zero present is an archive. Data that is very old is one, too,
// unless the result should be about the present.
func IsStale(delivered, present time.Time, isCurrent bool) bool {
	if present.IsZero() || delivered.IsZero() {
		return false
	}
	age := present.Sub(delivered)
	return age > staleAfter && (isCurrent || age < archiveAfter)
}
