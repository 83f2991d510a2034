package proposal

import (
	"errors"
	"testing"

	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

func refuser(t *testing.T) *Proposal {
	t.Helper()
	d, err := policydoc.Parse([]byte(denying("")))
	if err != nil {
		t.Fatal(err)
	}
	return New(Target{Kind: event.ResourcePolicy, Name: "corp-data"}, d, nil)
}

func add(t *testing.T, s *Shard, eventID string) {
	t.Helper()
	d := success()
	d.EventID = eventID
	if err := s.AddRequest(&d); err != nil {
		t.Fatal(err)
	}
}

// Only what was committed counts, of an archive only what counts with it.
func TestCommit(t *testing.T) {
	s := refuser(t).NewShard(&Limit{100})
	add(t, s, "a")
	s.Commit()
	add(t, s, "b")
	s.Discard()
	s.Begin() // an archive that is read to its end
	add(t, s, "c")
	s.Commit()
	add(t, s, "d")
	s.Discard()
	s.End()
	s.Commit()
	s.Begin() // one that is not
	add(t, s, "e")
	s.Commit()
	s.End()
	s.Discard()
	r := Merge([]*Shard{s}, nil)
	if r.Refused != 2 || len(r.Groups) != 1 || r.Groups[0].EventID != "a" {
		t.Errorf("the result is %+v", r)
	}
}

// Copies count once, and the requester's tells more. The order makes no difference.
func TestCopies(t *testing.T) {
	owner, requester := success(), success()
	owner.EventID, owner.SharedEventID, owner.HasARN, owner.Principal = "o", "s", false, "111122223333:AROAX"
	requester.SharedEventID = "s"
	for _, order := range [][]event.Denial{{owner, requester}, {requester, owner}} {
		p := refuser(t)
		shards := []*Shard{p.NewShard(&Limit{10}), p.NewShard(&Limit{10})}
		for i := range order {
			if err := shards[i].AddRequest(&order[i]); err != nil {
				t.Fatal(err)
			}
			shards[i].Commit()
		}
		r := Merge(shards, nil)
		if r.Refused != 1 || r.Requests != 2 || r.Groups[0].Principal != reader {
			t.Errorf("the result is %+v", r)
		}
	}
}

func TestLimit(t *testing.T) {
	s := refuser(t).NewShard(&Limit{1})
	add(t, s, "a")
	d := success()
	if err := s.AddRequest(&d); !errors.Is(err, ErrTooMany) {
		t.Errorf("the error is %v", err)
	}
}
