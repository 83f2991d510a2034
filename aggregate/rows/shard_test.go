package rows

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"trail403/ingest/event"
)

// A shard keeps the changes of objects that were read to their end, and counts
// them among its rows.
func TestShardChanges(t *testing.T) {
	limits := &Limits{Rows: 4}
	s := NewShard(limits, false)
	add := func(n int) {
		t.Helper()
		for i := range n {
			c := event.Change{EventID: fmt.Sprint(i), Name: "PutBucketPolicy"}
			if err := s.AddChange(&c); err != nil {
				t.Fatal(err)
			}
		}
	}
	add(2)
	s.Commit()
	add(2)
	s.Discard()
	s.Begin() // an archive
	add(1)
	s.Commit()
	s.End()
	s.Discard()
	if got := len(s.kept.changes); got != 2 {
		t.Errorf("kept %d, want 2", got)
	}
	s.Begin()
	add(2)
	s.Commit()
	s.End()
	s.Discard()
	if got := limits.rows.Load(); got != 2 {
		t.Errorf("%d rows, want 2: an archive that was not committed counts for nothing", got)
	}
	add(2)
	c := event.Change{Name: "PutBucketPolicy"}
	var limit *LimitError
	if err := s.AddChange(&c); !errors.As(err, &limit) || *limit != (LimitError{OverRows, 4}) {
		t.Errorf("got %v", err)
	}
}

// A hostile key costs no more than others, and no order of objects matters.
func TestKeyPrefixMemory(t *testing.T) {
	s := NewShard(&Limits{}, false)
	for i := range 5000 {
		d := event.Denial{EventID: fmt.Sprint(i), Principal: "p", Action: "a", Bucket: "b", Key: fmt.Sprintf("%08d/%s/x", i, strings.Repeat("y", 900))}
		if err := s.Add(&d); err != nil {
			t.Fatal(err)
		}
		s.Commit()
	}
	if n := len(s.kept.strings.list); n > 3*maxPrefixes {
		t.Errorf("the dictionary holds %d strings", n)
	}
}
