package denial

import "trail403/ingest/event"

// told is what an error message says, ready for a denial.
type told struct {
	text      string // redacted
	cause     event.Cause
	action    string
	policyARN string
	principal string // not redacted, and neither is the resource
	resource  string
}
