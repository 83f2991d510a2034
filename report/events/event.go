// Package events writes denials one by one, each with everything that its record shows.
//
// The files, each using only those before it:
//
//  1. event.go: an event.
//  2. columns.go: what is written of an event, for programs.
//  3. lines.go, csv.go, raw.go: JSON Lines, CSV and the records themselves.
//  4. parquet.go: the table of denials.
//  5. text.go: lines for people.
//  6. formats.go: all formats.
package events

import "trail403/ingest/event"

// Event is a denial and its record. All texts are hostile.
type Event struct {
	*event.Denial
	Record              []byte
	GroupID, IncidentID string
	// Object is the name of the object that holds the record, without secrets.
	Object string
}

// Walk hands out the events in their order. Each is valid until the next one.
type Walk func(yield func(*Event) error) error
