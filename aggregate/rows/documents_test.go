package rows

import (
	"errors"
	"strings"
	"testing"
	"unsafe"

	"trail403/ingest/event"
)

// setting is a change with a document, whose text has memory of its own.
func setting(id string, text string) *event.Change {
	return &event.Change{EventID: id, Documents: []event.Document{{Text: strings.Clone(text)}}}
}

// Equal documents are kept once, whichever workers and objects they come from.
func TestDocumentsShareMemory(t *testing.T) {
	limits := &Limits{}
	shards := []*Shard{NewShard(limits, false), NewShard(limits, false)}
	for _, s := range shards {
		for _, id := range []string{"a", "b"} {
			if err := s.AddChange(setting(id, "{same}")); err != nil {
				t.Fatal(err)
			}
			s.Commit()
		}
	}
	if err := shards[1].AddChange(setting("c", "{other}")); err != nil {
		t.Fatal(err)
	}
	shards[1].Commit()
	places := map[*byte]bool{}
	changes := Merge(shards, false).TakeChanges()
	for _, c := range changes {
		places[unsafe.StringData(c.Documents[0].Text)] = true
	}
	if len(changes) != 5 || len(places) != 2 {
		t.Errorf("%d changes have %d texts, want 5 and 2", len(changes), len(places))
	}
}

// A document counts as the rows that would take its memory, until it is discarded.
func TestDocumentsAreLimited(t *testing.T) {
	limits := &Limits{Rows: 10}
	s := NewShard(limits, false)
	nine := strings.Repeat("x", 8*documentBytes)
	if err := s.AddChange(setting("a", nine)); err != nil {
		t.Fatal(err)
	}
	s.Discard()
	if n := limits.rows.Load(); n != 0 {
		t.Errorf("%d rows after Discard", n)
	}
	if err := s.AddChange(setting("b", nine)); err != nil {
		t.Fatal(err)
	}
	s.Commit()
	var limit *LimitError
	if err := s.AddChange(setting("c", nine)); !errors.As(err, &limit) || limit.What != OverRows {
		t.Errorf("got %v", err)
	}
}
