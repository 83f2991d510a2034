package store

import "trail403/ingest/event"

// row is an event with its record. It has one of denial, change and key.
type row struct {
	denial *event.Denial
	change *event.Change
	key    *event.KeyUse
	at     event.Place
	record string
}
