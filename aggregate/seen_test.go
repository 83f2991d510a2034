package aggregate

import (
	"testing"

	"trail403/aggregate/amendment"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
)

// With Options.Suggest, the result knows all requests, also those that no document is about.
func TestSeen(t *testing.T) {
	var denials []event.Denial
	for n := range 20 {
		denials = append(denials, notAllowed(n, "15T10:00:00"))
	}
	for _, shards := range []int{1, 3} {
		list := make([]*Shard, shards)
		for i := range list {
			list[i] = NewShard(&Limits{}, false)
		}
		for i := range denials {
			if err := list[i%shards].Add(&denials[i]); err != nil {
				t.Fatal(err)
			}
		}
		for _, s := range list {
			s.Commit()
		}
		window := Window{From: at("01T00:00:00"), To: at("30T00:00:00"), Interval: Day}
		r, err := Build(list, &coverage.Coverage{}, Options{Window: window, Suggest: true})
		if err != nil {
			t.Fatal(err)
		}
		g := &r.Groups[0]
		n := 0
		of := amendment.Group{Principal: g.Principal, Action: g.Action, Bucket: g.Bucket}
		for _, one := range r.Seen.Of(of, event.ResourceImplicit, g.Causes[0].DeniedAction, "") {
			n += one.Denials
			if one.Request.Resource == "" {
				t.Error("the resource of a request is not known")
			}
		}
		if n != g.Denials || n != len(denials) {
			t.Errorf("%d shards: %d of %d denials", shards, n, g.Denials)
		}
	}
}
