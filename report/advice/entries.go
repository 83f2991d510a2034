package advice

import (
	"maps"

	"trail403/ingest/denial"
	"trail403/ingest/event"
)

// entries hold the advice for each cause. The one for not-told is for a
// WhyNotTold that is not known.
var entries = merge(policyEntries, organizationEntries, serviceEntries, map[event.Cause]entry{
	event.KMSKey:          keyEntry,
	event.ExplicitUnknown: explicitEntry,
	event.Truncated:       truncatedEntry,
	event.NotTold:         untold[denial.WhyUnknown],
	event.Unrecognized:    unrecognizedEntry,
})

func merge(parts ...map[event.Cause]entry) map[event.Cause]entry {
	all := map[event.Cause]entry{}
	for _, m := range parts {
		maps.Copy(all, m)
	}
	return all
}
