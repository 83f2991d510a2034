package main

import (
	"strings"
	"time"
)

// repeatedRecords plants records that CloudTrail delivers again: in a later file with
// the same event id, and as an addendum with its own event id that names that of the
// original.
func (g *generator) repeatedRecords() {
	d := newDraw(g.seed, "repeated-records")
	var refused, others []*entry
	for _, e := range g.entries {
		switch {
		case e.arrives.After(on(30, 0, 0, 0)) || e.escaped:
		case e.denial != nil:
			refused = append(refused, e)
		default:
			others = append(others, e)
		}
	}
	again := func(e *entry, after time.Duration) *entry {
		twin := *e
		twin.arrives = e.arrives.Add(after)
		g.entries = append(g.entries, &twin)
		return &twin
	}
	for range 14 {
		again(pick(d, refused...), 13*time.Hour)
	}
	for range 4 {
		again(pick(d, others...), 13*time.Hour)
	}
	for range 3 {
		twin := again(pick(d, refused...), 20*time.Hour)
		requestID, _ := twin.record.get("requestID").(string)
		original, _ := twin.record.get("eventID").(string)
		twin.record = twin.record.with("eventID", d.uuid()).with("addendum", obj(
			"reason", "UPDATED_DATA", "updatedFields", "additionalEventData.bytesTransferredOut",
			"originalRequestID", requestID, "originalEventID", original))
	}
}

// deliverTwice returns a file that is in the archive a second time, with another random
// suffix.
func deliverTwice(d draw, files []*file) *file {
	for _, f := range files {
		if f.kind == "trail" && strings.Contains(f.path, appAccount+"_CloudTrail_"+east+"_20261009T2") {
			twin := *f
			twin.path = trail{appAccount, "CloudTrail", east}.path(d, f.delivered)
			return &twin
		}
	}
	panic("no file of October 9 to deliver twice")
}
