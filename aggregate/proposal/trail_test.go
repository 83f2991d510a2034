package proposal

import (
	"testing"
	"time"

	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// The policies that the trail shows count, from when they were set, whatever was read first
// and by which worker. What was not read to its end does not count.
func TestTrail(t *testing.T) {
	d, err := policydoc.Parse([]byte(`{"Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
		"Action": "s3:*", "Resource": "*"}}`))
	if err != nil {
		t.Fatal(err)
	}
	role := event.Target{Type: change.Role, Name: reader}
	set := event.Change{
		EventID: "c", Time: success().Time.Add(time.Hour), Source: "iam.amazonaws.com", Name: "PutRolePolicy",
		Targets: []event.Target{role},
		Documents: []event.Document{
			{Kind: event.IdentityPolicy, Of: role, Name: "in", Text: withoutPrincipal(allow)},
		},
	}
	requests := []event.Denial{success(), success(), success()}
	for i := range requests {
		requests[i].EventID = string(rune('a' + i))
		requests[i].Time = requests[i].Time.Add(time.Duration(i) * time.Hour)
	}
	f := func(committed bool, want int, order ...int) {
		t.Helper()
		p := New(Target{Kind: event.ResourcePolicy, Name: "corp-data"}, d, nil)
		shards := []*Shard{p.NewShard(&Limit{10}), p.NewShard(&Limit{10})}
		for n, i := range order {
			s := shards[n%2]
			if i < 0 {
				if err := s.AddChange(&set); err != nil {
					t.Fatal(err)
				}
				if !committed {
					s.Discard()
				}
			} else if err := s.AddRequest(&requests[i]); err != nil {
				t.Fatal(err)
			}
			s.Commit()
		}
		if r := Merge(shards, nil); r.Unknown != want || r.Refused+r.Allowed != 0 {
			t.Errorf("%v: got %d unknown, %d refused, %d allowed; want %d unknown", order, r.Unknown, r.Refused, r.Allowed, want)
		}
	}
	f(true, 1, -1, 0, 1, 2) // only the request before the change
	f(true, 1, 2, 1, 0, -1)
	f(true, 1, 1, 0, 2, -1)
	f(false, 3, -1, 0, 1, 2)
}
