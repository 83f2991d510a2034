package aggregate

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/event"
)

// setPolicy is a change that set the bucket policy to some statements, or removed it.
func setPolicy(when string, statements ...string) event.Change {
	c := changed(when, "s3", "PutBucketPolicy", "bucket corp-data")
	d := event.Document{Kind: event.ResourcePolicy, Of: c.Targets[0]}
	if statements != nil {
		d.Text = `{"Version": "2012-10-17", "Statement": [` + strings.Join(statements, ", ") + `]}`
	}
	c.Documents = []event.Document{d}
	return c
}

const (
	denyOutside = `{"Sid": "OnlyOurEndpoint", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
		"Resource": "arn:aws:s3:::corp-data/*", "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b"}}}`
	denyOthers = `{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::corp-data/*",
		"Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}}`
	allowOthers = `{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::corp-data/*",
		"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}`
	denyWrites = `{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}`
	allowReads = `{"Sid": "Reads", "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
		"Resource": "arn:aws:s3:::corp-data/a/*"}`
)

// byPolicy is a denial by the bucket policy, of an address of the internet.
func byPolicy(n int, when string) event.Denial {
	return denied(n, func(d *event.Denial) {
		d.Time, d.Cause, d.WhyNotTold = at(when), event.ResourceExplicit, ""
		d.SourceIP, d.Key, d.BucketAccount = "198.51.100.7", fmt.Sprintf("a/b/c/%d", n), "111122223333"
	})
}

// notAllowed is a denial because the bucket policy allows too little.
func notAllowed(n int, when string) event.Denial {
	d := byPolicy(n, when)
	d.Cause = event.ResourceImplicit
	return d
}

// resultOf builds a result of denials and changes, in any order.
func resultOf(t *testing.T, shards int, denials []event.Denial, changes []event.Change) *Result {
	t.Helper()
	list := make([]*Shard, shards)
	for i := range list {
		list[i] = NewShard(&Limits{}, false)
	}
	for _, i := range rand.New(rand.NewPCG(1, uint64(shards))).Perm(len(denials)) {
		if err := list[i%shards].Add(&denials[i]); err != nil {
			t.Fatal(err)
		}
	}
	for i := range changes {
		if err := list[i%shards].AddChange(&changes[i]); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range list {
		s.Commit()
	}
	c := &coverage.Coverage{Trails: coverage.Trails{trail: seenOn(strings.Repeat("x", 30))}}
	r, err := Build(list, c, Options{Window: Window{From: at("01T00:00:00"), To: at("30T00:00:00"), Interval: Day}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A statement that a change added, and that denies each request after it, proves the
// change, with few denials too. What is not known does not.
func TestProof(t *testing.T) {
	for name, x := range map[string]struct {
		changes   []event.Change
		denials   []event.Denial
		incidents int
		certainty Certainty
		proof     string
	}{
		"one denial": {
			changes: []event.Change{setPolicy("02T09:00:00", allowReads), setPolicy("20T08:57:00", allowReads, denyOutside)},
			denials: []event.Denial{byPolicy(1, "20T09:00:00")}, incidents: 1,
			certainty: Proven, proof: "OnlyOurEndpoint 2 true 1/1",
		},
		"there was no policy before": {
			changes: []event.Change{setPolicy("02T09:00:00"), setPolicy("20T08:57:00", denyOutside)},
			denials: []event.Denial{byPolicy(1, "20T09:00:00")}, incidents: 1,
			certainty: Proven, proof: "OnlyOurEndpoint 1 true 1/1",
		},
		"the policy before is not known": {
			changes: []event.Change{setPolicy("20T08:57:00", denyOutside)},
			denials: []event.Denial{byPolicy(1, "20T09:00:00"), byPolicy(2, "20T09:01:00")}, incidents: 1,
			certainty: Proven,
			proof:     "OnlyOurEndpoint 1 false 2/2",
		},
		"nor is it, and the group was denied before": {
			changes: []event.Change{setPolicy("20T08:57:00", denyOutside)},
			denials: []event.Denial{byPolicy(1, "10T09:00:00"), byPolicy(2, "20T09:01:00")},
		},
		"nor is it, and the denial came late": {
			changes: []event.Change{setPolicy("20T08:57:00", denyOutside)},
			denials: []event.Denial{byPolicy(1, "20T10:00:00")},
		},
		"the same statement was there before": {
			changes: []event.Change{setPolicy("02T09:00:00", denyOutside), setPolicy("20T08:57:00", allowReads, denyOutside)},
			denials: []event.Denial{byPolicy(1, "20T09:00:00")},
		},
		"the denial depends on what the log does not show": {
			changes: []event.Change{setPolicy("02T09:00:00"), setPolicy("20T08:57:00", denyOthers)},
			denials: []event.Denial{byPolicy(1, "20T09:00:00")},
		},
		"the statement is about other requests": {
			changes: []event.Change{setPolicy("02T09:00:00"), setPolicy("20T08:57:00", denyWrites)},
			denials: []event.Denial{byPolicy(1, "20T09:00:00")},
		},
		"the policy was set again since": {
			changes: []event.Change{
				setPolicy("02T09:00:00"), setPolicy("20T08:57:00", denyOutside), setPolicy("21T08:00:00", denyOutside, allowReads),
			},
			denials: []event.Denial{byPolicy(1, "20T09:00:00"), byPolicy(2, "22T09:00:00")}, incidents: 1,
			certainty: Proven,
			proof:     "OnlyOurEndpoint 1 true 2/2",
		},
		"an Allow was removed": {
			changes: []event.Change{setPolicy("02T09:00:00", allowReads), setPolicy("20T08:57:00", denyWrites)},
			denials: []event.Denial{notAllowed(1, "20T09:00:00")}, incidents: 1,
			certainty: Proven, proof: "Reads 1 false 1/1 removed",
		},
		"the policy was removed": {
			changes: []event.Change{setPolicy("02T09:00:00", allowReads), setPolicy("20T08:57:00")},
			denials: []event.Denial{notAllowed(1, "20T09:00:00")}, incidents: 1,
			certainty: Proven, proof: "Reads 1 false 1/1 removed",
		},
		"an Allow was narrowed": {
			changes: []event.Change{
				setPolicy("02T09:00:00", allowReads), setPolicy("20T08:57:00", strings.Replace(allowReads, "/a/", "/z/", 1)),
			},
			denials: []event.Denial{notAllowed(1, "20T09:00:00")}, incidents: 1,
			certainty: Proven, proof: "Reads 1 false 1/1",
		},
		"an Allow was removed, and another one may allow the request": {
			changes: []event.Change{setPolicy("02T09:00:00", allowReads), setPolicy("20T08:57:00", allowOthers)},
			denials: []event.Denial{notAllowed(1, "20T09:00:00")},
		},
		"an Allow was removed, and a Deny blocked the request": {
			changes: []event.Change{setPolicy("02T09:00:00", allowReads), setPolicy("20T08:57:00", denyWrites)},
			denials: []event.Denial{byPolicy(1, "20T09:00:00")},
		},
		"not all denials": {
			changes: []event.Change{setPolicy("02T09:00:00"), setPolicy("20T08:57:00", denyOutside)},
			denials: []event.Denial{byPolicy(1, "20T09:00:00"), byPolicy(2, "20T09:00:01"), denied(3, func(d *event.Denial) {
				*d = byPolicy(3, "20T09:00:02")
				d.Context.InvokedBy = "athena.amazonaws.com" // which hides where the request came from
			})}, incidents: 1, certainty: Probable, proof: "OnlyOurEndpoint 1 true 2/3",
		},
	} {
		var first *Result
		for shards := 1; shards <= 3; shards++ {
			r := resultOf(t, shards, x.denials, x.changes)
			if len(r.Incidents) != x.incidents {
				t.Errorf("%s: %d incidents", name, len(r.Incidents))
				break
			}
			if first == nil {
				first = r
			}
			if !reflect.DeepEqual(r.Groups, first.Groups) || !reflect.DeepEqual(r.Incidents, first.Incidents) {
				t.Errorf("%s: %d workers find something else", name, shards)
			}
		}
		if first == nil || x.incidents == 0 {
			continue
		}
		in, proof := &first.Incidents[0], ""
		if p := in.Proof; p != nil {
			proof = fmt.Sprintf("%s %d %v %d/%d", p.Sid, p.Number, p.IsNew, p.Explained, p.Of)
			if p.IsRemoved {
				proof += " removed"
			}
		}
		if in.Certainty != x.certainty || proof != x.proof {
			t.Errorf("%s: %q, %q", name, in.Certainty, proof)
		}
		if len(in.Changes) == 0 || first.Changes[in.Changes[0].Change].Time != at("20T08:57:00") {
			t.Errorf("%s: changes %v", name, in.Changes)
		}
	}
}

// A group has the statements that deny its requests, or the Allow that comes nearest, as
// they were when each request was denied.
func TestStatements(t *testing.T) {
	implicit := denied(3, func(d *event.Denial) {
		*d = byPolicy(3, "05T09:00:00")
		d.Cause, d.Key = event.ResourceImplicit, "b/c"
	})
	r := resultOf(t, 2, []event.Denial{
		byPolicy(1, "05T09:00:00"), byPolicy(2, "20T09:00:00"), implicit, byPolicy(4, "25T09:00:00"),
	}, []event.Change{
		setPolicy("02T09:00:00", allowReads), setPolicy("20T08:57:00", denyOutside), setPolicy("24T09:00:00", denyOthers),
	})
	var got []string
	for _, s := range r.Groups[0].Statements {
		got = append(got, fmt.Sprintf("%s %s %d %s %d %v", s.Matches, s.Sid, s.Number, s.Effect, s.Denials, s.Unseen))
	}
	want := []string{
		"refuses OnlyOurEndpoint 1 Deny 1 []", "may refuse  1 Deny 1 [aws:PrincipalOrgID]", "misses Reads 1 Allow 1 []",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if why := r.Groups[0].Statements[0].Why; !strings.Contains(why, "did not have aws:SourceVpce") {
		t.Errorf("why: %s", why)
	}
	if !strings.Contains(r.Groups[0].Disagrees, "none in the documents") {
		t.Errorf("disagrees: %q", r.Groups[0].Disagrees)
	}
}

// Many different requests are judged up to a bound, the earliest ones, in each run the
// same.
func TestStatementsBounded(t *testing.T) {
	var list []event.Denial
	for i := range 3000 {
		d := byPolicy(i, "20T09:00:00")
		d.Time = d.Time.Add(time.Duration(i) * time.Second)
		d.SourceIP = fmt.Sprintf("198.51.%d.%d", i/250, i%250)
		list = append(list, d)
	}
	for shards := 1; shards <= 3; shards++ {
		r := resultOf(t, shards, list, []event.Change{setPolicy("02T09:00:00"), setPolicy("20T08:57:00", denyOutside)})
		if s := r.Groups[0].Statements; len(s) != 1 || s[0].Denials != 1000 {
			t.Errorf("%+v", s)
		}
	}
}
