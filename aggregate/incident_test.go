package aggregate

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/aggregate/trend"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
)

// targets reads "TYPE NAME, TYPE NAME".
func targets(s string) (list []event.Target) {
	for _, t := range strings.Split(s, ", ") {
		kind, name, _ := strings.Cut(t, " ")
		list = append(list, event.Target{Type: kind, Name: name})
	}
	return list
}

// changed is a change at a time of the test month: the service, the call, what it
// touches.
func changed(when, source, name, touches string) event.Change {
	return event.Change{EventID: name + " " + when, Time: at(when), Source: source + ".amazonaws.com", Name: name, Account: "444455556666", Targets: targets(touches)}
}

// A result keeps the changes that something names, and counts all.
func TestIncidentWithChange(t *testing.T) {
	s := NewShard(&Limits{}, false)
	n := 0
	for g := range 4 {
		for i := range 12 {
			n++
			den := denied(n, func(d *event.Denial) {
				d.Principal = fmt.Sprintf("arn:aws:iam::111122223333:role/r%d", g)
				d.Time = at("20T09:00:00").Add(time.Duration(g)*time.Minute + time.Duration(i)*5*time.Hour)
				d.Cause, d.WhyNotTold = "resource-explicit", ""
			})
			if err := s.Add(&den); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []event.Change{
		changed("20T08:57:00", "s3", "PutBucketPolicy", "bucket corp-data"),
		changed("20T08:58:00", "s3", "PutBucketPolicy", "bucket other"),
		changed("20T09:30:00", "s3", "PutBucketPolicy", "bucket corp-data"),
	} {
		for range 2 { // delivered twice
			if err := s.AddChange(&c); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.Commit()
	// There are objects every day, so that the denials ended and not the data.
	c := &coverage.Coverage{Trails: coverage.Trails{trail: seenOn(strings.Repeat("x", 30))}}
	c.Records.Seen, c.Records.Kept = n, n
	r, err := Build([]*Shard{s}, c, Options{Window: Window{From: at("01T00:00:00"), To: at("31T00:00:00")}})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Incidents) != 1 || len(r.Changes) != 1 || r.ChangesSeen != 3 {
		t.Fatalf("incidents %+v, changes %+v of %d", r.Incidents, r.Changes, r.ChangesSeen)
	}
	in := r.Incidents[0]
	if in.Pattern != BucketPolicy || in.Shared != (Shared{Bucket: "corp-data", Cause: "resource-explicit"}) || !in.Onset.Equal(at("20T09:00:00")) ||
		in.Denials != n || in.Principals != 4 || in.Buckets != 1 || len(in.Groups) != 4 || !slices.Equal(in.Changes, []Link{{Change: 0, Lag: 3 * time.Minute}}) {
		t.Errorf("got %+v", in)
	}
	for _, g := range r.Groups {
		if g.IncidentID != in.ID {
			t.Errorf("%s is in incident %q", g.Principal, g.IncidentID)
		}
		if g.Trend.Kind == trend.New {
			t.Errorf("%s is new", g.Principal)
		}
	}
}
