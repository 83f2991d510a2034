package aggregate

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/aggregate/rows"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
)

// at is a time of the test month.
func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, "2026-10-"+s+"Z")
	if err != nil {
		panic(err)
	}
	return t
}

// uuid makes a canonical event id of a number.
func uuid(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012x", n) }

// denied returns a denial that tests change.
func denied(n int, change func(*event.Denial)) event.Denial {
	d := event.Denial{
		EventID: uuid(n), Time: at("05T10:00:00"), Source: "s3.amazonaws.com", Name: "GetObject",
		ErrorCode: "AccessDenied", Message: "Access Denied", HasARN: true,
		Principal: "arn:aws:iam::111122223333:role/app/reader", PrincipalType: "role", CallerAccount: "111122223333",
		Recipient: "111122223333", Action: "s3:GetObject", Bucket: "corp-data", Cause: "not-told", WhyNotTold: "unknown",
		Fingerprint: uint64(n),
	}
	if change != nil {
		change(&d)
	}
	return d
}

// build runs denials through the given number of shards, an object each.
func build(t *testing.T, shards int, denials []event.Denial, opts Options) *Result {
	t.Helper()
	list := make([]*Shard, shards)
	for i := range list {
		list[i] = NewShard(&Limits{}, opts.Denials)
	}
	for i := range denials {
		s := list[i%shards]
		if err := s.Add(&denials[i]); err != nil {
			t.Fatal(err)
		}
		s.Commit()
	}
	c := &coverage.Coverage{}
	c.Records.Seen, c.Records.Kept = len(denials), len(denials)
	r, err := Build(list, c, opts)
	if err != nil {
		t.Fatal(err)
	}
	if r.Coverage.Records.Kept+r.Coverage.Records.Duplicate != len(denials) || r.Totals.Denials != r.Coverage.Records.Kept {
		t.Errorf("coverage does not add up: %+v, %d denials", r.Coverage.Records, r.Totals.Denials)
	}
	return r
}

func TestGroups(t *testing.T) {
	r := build(t, 2, []event.Denial{
		denied(1, func(d *event.Denial) { d.Time = at("05T10:00:00") }),
		denied(2, func(d *event.Denial) { d.Time = at("07T23:59:59"); d.Name = "HeadObject" }),
		denied(3, func(d *event.Denial) { d.Time = at("07T00:00:00"); d.BucketAccount = "444455556666" }),
		denied(4, func(d *event.Denial) { d.Bucket, d.Action, d.Name = "", "s3:ListAllMyBuckets", "ListBuckets" }),
		denied(5, func(d *event.Denial) { d.Cause, d.WhyNotTold, d.DeniedAction = "scp-explicit", "", "s3:GetObject" }),
	}, Options{Window: Window{Interval: Day}})

	if want := (Totals{Denials: 5, Groups: 2, Principals: 1, Buckets: 1}); r.Totals != want {
		t.Errorf("totals %+v, want %+v", r.Totals, want)
	}
	g := r.Groups[0]
	plain := rows.PlainMessage("Access Denied")
	for i := range g.Examples { // messages are the same if their texts are
		g.Examples[i].Message = rows.PlainMessage(g.Examples[i].Text())
	}
	want := Group{
		Principal: "arn:aws:iam::111122223333:role/app/reader", PrincipalType: "role", PrincipalAccount: "111122223333",
		Action: "s3:GetObject", Bucket: "corp-data", BucketAccount: "444455556666", Denials: 4, Recent: 1,
		FirstSeen: at("05T10:00:00"), LastSeen: at("07T23:59:59"),
		EventNames: []Count{{Value: "GetObject", Denials: 3}, {Value: "HeadObject", Denials: 1}},
		Causes: []Cause{
			{Cause: "not-told", WhyNotTold: "unknown", Denials: 3},
			{Cause: "scp-explicit", DeniedAction: "s3:GetObject", Denials: 1},
		},
		Series: []Point{{Start: at("05T00:00:00"), Denials: 2}, {Start: at("07T00:00:00"), Denials: 2}},
		Examples: []Example{
			{EventID: uuid(1), EventTime: at("05T10:00:00"), ErrorCode: "AccessDenied", Message: plain},
			{EventID: uuid(5), EventTime: at("05T10:00:00"), ErrorCode: "AccessDenied", Message: plain},
			{EventID: uuid(3), EventTime: at("07T00:00:00"), ErrorCode: "AccessDenied", Message: plain},
		},
	}
	want.ID, g.Trend, g.Keys, want.Denied = g.ID, Trend{}, nil, g.Denied // they have tests of their own
	for i := range g.Causes {
		if d := g.Causes[i].Documents; len(d) != 1 || d[0].Cause != g.Causes[i].Cause {
			t.Errorf("documents of %s: %v", g.Causes[i].Cause, d)
		}
		g.Causes[i].Documents = nil
	}
	if !reflect.DeepEqual(g, want) {
		t.Errorf("got  %+v\nwant %+v", g, want)
	}
	if w := (Window{From: at("05T00:00:00"), To: at("08T00:00:00"), Interval: Day}); r.Window != w {
		t.Errorf("window %v, want %v", r.Window, w)
	}
}

// The id is promised to be SHA-256 over principal without path, action, bucket.
func TestGroupID(t *testing.T) {
	// printf 'arn:aws:iam::111122223333:role/reader\0s3:GetObject\0corp-data' | sha256sum
	const want = "g-5d45da359f52"
	for _, principal := range []string{"arn:aws:iam::111122223333:role/reader", "arn:aws:iam::111122223333:role/app/team/reader"} {
		if got := GroupID(principal, "s3:GetObject", "corp-data"); got != want {
			t.Errorf("GroupID(%s) = %s, want %s", principal, got, want)
		}
	}
}

func TestPrincipalPath(t *testing.T) {
	role := func(n int, day, arn string) event.Denial {
		return denied(n, func(d *event.Denial) { d.Time, d.Principal = at(day+"T00:00:00"), arn })
	}
	r := build(t, 1, []event.Denial{
		role(1, "01", "arn:aws:iam::111122223333:role/old/reader"),
		role(2, "02", "arn:aws:iam::111122223333:role/new/reader"),
		role(3, "03", "arn:aws:iam::111122223333:role/reader"), // from an ARN of a session
		role(4, "04", "arn:aws-cn:iam::111122223333:role/reader"),
		role(5, "05", "arn:aws:iam::444455556666:role/reader"),
	}, Options{})
	if len(r.Groups) != 3 || r.Groups[0].Principal != "arn:aws:iam::111122223333:role/new/reader" || r.Groups[0].Denials != 3 {
		t.Errorf("got %d groups, the first %s with %d", len(r.Groups), r.Groups[0].Principal, r.Groups[0].Denials)
	}
}

func TestDuplicates(t *testing.T) {
	owner := func(d *event.Denial) { // the bucket owner's copy of a call across accounts
		d.HasARN, d.Recipient, d.BucketAccount = false, "444455556666", "444455556666"
		d.Principal, d.PrincipalType = "111122223333:AROAEXAMPLE", "account"
	}
	f := func(name string, wantDenials int, wantPrincipal, wantAccount string, denials ...event.Denial) {
		t.Helper()
		for _, order := range permutations(len(denials)) {
			var list []event.Denial
			for _, i := range order {
				list = append(list, denials[i])
			}
			r := build(t, 1+len(order)%3, list, Options{})
			g := r.Groups[0]
			if r.Totals.Denials != wantDenials || g.Principal != wantPrincipal || g.BucketAccount != wantAccount {
				t.Errorf("%s, order %v: %d denials, %s, %s", name, order, r.Totals.Denials, g.Principal, g.BucketAccount)
			}
		}
	}
	const role = "arn:aws:iam::111122223333:role/app/reader"
	f("delivered three times", 1, role, "", denied(1, nil), denied(1, nil), denied(1, nil))
	f("across accounts", 1, role, "444455556666",
		denied(1, func(d *event.Denial) { d.SharedEventID = uuid(9) }),
		denied(2, func(d *event.Denial) { d.SharedEventID = uuid(9); owner(d) }))
	f("transitive", 1, role, "444455556666",
		denied(1, func(d *event.Denial) { d.SharedEventID = uuid(9) }),
		denied(2, func(d *event.Denial) { d.SharedEventID = uuid(9); owner(d) }),
		denied(2, owner), // the owner's copy once more, from a tool that dropped the shared id
		denied(3, func(d *event.Denial) { d.OriginalEventID = uuid(1) }))
	f("two updates of an event that is not here", 1, role, "",
		denied(2, func(d *event.Denial) { d.OriginalEventID = uuid(1) }),
		denied(3, func(d *event.Denial) { d.OriginalEventID = uuid(1) }))
	f("an event id is no shared id", 2, role, "",
		denied(1, nil), denied(2, func(d *event.Denial) { d.SharedEventID = uuid(1) }))
	f("without an id", 2, role, "",
		denied(1, func(d *event.Denial) { d.EventID = "" }), denied(1, func(d *event.Denial) { d.EventID = "" }))
	f("without an id, but a shared one", 2, role, "",
		denied(1, func(d *event.Denial) { d.EventID, d.SharedEventID = "", uuid(9) }),
		denied(2, func(d *event.Denial) { d.SharedEventID = uuid(9) }))
	f("odd ids", 2, role, "",
		denied(1, func(d *event.Denial) { d.EventID = "one" }), denied(1, func(d *event.Denial) { d.EventID = "one" }),
		denied(1, func(d *event.Denial) { d.EventID = strings.ToUpper(uuid(10)) }))
}

// When only the owner's copy says whose the bucket is, the copy that stays
// learns it, and with it why the reason was not told.
func TestLearnOwner(t *testing.T) {
	r := build(t, 2, []event.Denial{
		denied(1, func(d *event.Denial) { d.SharedEventID = uuid(9) }),
		denied(2, func(d *event.Denial) {
			d.SharedEventID, d.HasARN, d.Recipient, d.BucketAccount = uuid(9), false, "444455556666", "444455556666"
		}),
	}, Options{})
	if why := r.Groups[0].Causes[0].WhyNotTold; why != "other-account" {
		t.Errorf("why_not_told is %s", why)
	}
}

// Which copy stays must follow from the copies, not from their order.
func TestCompareCopies(t *testing.T) {
	first := []event.Denial{
		denied(7, func(d *event.Denial) { d.Recipient = "999999999999" }), // the ARN counts most
		denied(6, func(d *event.Denial) { d.HasARN = false }),             // then the caller's account
		denied(5, func(d *event.Denial) { d.HasARN, d.Recipient = false, "222222222222" }),
		denied(2, func(d *event.Denial) { d.HasARN, d.Recipient = false, "333333333333" }),
		denied(3, func(d *event.Denial) { d.HasARN, d.Recipient = false, "333333333333" }),
	}
	for i := range first {
		first[i].SharedEventID = uuid(99)
	}
	for from := range first {
		for _, order := range permutations(len(first) - from) {
			var list []event.Denial
			for _, i := range order {
				list = append(list, first[from+i])
			}
			r := build(t, 2, list, Options{})
			if got := r.Groups[0].Examples[0].EventID; r.Totals.Denials != 1 || got != first[from].EventID {
				t.Errorf("of %v stays %s", order, got)
			}
		}
	}
}

func TestExamplesBehindCopies(t *testing.T) {
	var list []event.Denial
	for i := range 40 {
		list = append(list, denied(2*i+1, func(d *event.Denial) { d.SharedEventID, d.Message = uuid(1000+i), fmt.Sprint("caller's ", i) }))
		list = append(list, denied(2*i, func(d *event.Denial) {
			d.SharedEventID, d.HasARN, d.Message = uuid(1000+i), false, "owner's"
			d.Recipient = "444455556666"
		}))
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	r := build(t, 3, list, Options{})
	for i, e := range r.Groups[0].Examples {
		if e.EventID != uuid(2*i+1) || e.Text() != fmt.Sprint("caller's ", i) {
			t.Errorf("example %d is %+v", i, e)
		}
	}
}

func TestDiscard(t *testing.T) {
	s := NewShard(&Limits{}, false)
	bad, good := denied(1, nil), denied(2, func(d *event.Denial) { d.Bucket = "other" })
	s.Add(&bad)
	s.Discard()
	s.Add(&good)
	s.Commit()
	s.Add(&bad)
	s.Discard()

	s.Begin() // an archive of which nothing counts
	s.Add(&bad)
	s.Commit()
	s.End()
	s.Discard()
	s.Begin() // an archive with a good member and a bad one
	s.Add(&bad)
	s.Discard()
	member := denied(3, func(d *event.Denial) { d.Bucket = "member" })
	s.Add(&member)
	s.Commit()
	s.End()
	s.Commit()

	c := &coverage.Coverage{}
	c.Records.Kept = 2
	r, err := Build([]*Shard{s}, c, Options{})
	if err != nil || r.Totals.Denials != 2 || r.Groups[0].Bucket != "member" || r.Groups[1].Bucket != "other" || r.Groups[1].Examples[0].EventID != uuid(2) {
		t.Errorf("got %+v, %v", r.Groups, err)
	}
}

// Beyond a limit a run fails with that limit. What is discarded does not count.
func TestLimits(t *testing.T) {
	bucket := func(n int) event.Denial { return denied(n, func(d *event.Denial) { d.Bucket = fmt.Sprint(n) }) }
	limits := &Limits{Rows: 3, Groups: 2}
	s := NewShard(limits, false)
	for range 10 {
		d := bucket(1)
		if err := s.Add(&d); err != nil {
			t.Fatal(err)
		}
		s.Discard()
	}
	other := NewShard(limits, false)
	for n, shard := range []*Shard{s, other} {
		d := bucket(n)
		if err := shard.Add(&d); err != nil {
			t.Fatal(err)
		}
		shard.Commit()
	}
	d := bucket(2)
	if err := s.Add(&d); err != nil {
		t.Fatal(err)
	}
	exceeds := func(err error, want LimitError) {
		t.Helper()
		var got *LimitError
		if !errors.As(err, &got) || *got != want {
			t.Errorf("got %v, want %+v", err, want)
		}
	}
	exceeds(s.Add(&d), LimitError{What: OverRows, Max: 3})
	s.Commit()
	_, err := Build([]*Shard{s, other}, &coverage.Coverage{}, Options{Limits: limits})
	exceeds(err, LimitError{What: OverGroups, Max: 2})
	s = NewShard(&Limits{Groups: 2}, false)
	err = nil
	for n := 0; n < 3 && err == nil; n++ {
		d := bucket(n)
		err = s.Add(&d)
	}
	exceeds(err, LimitError{What: OverGroups, Max: 2})
}

// The result depends on the set of denials alone: not on their order, not on
// how they are spread over workers and objects.
func TestAnyOrderAnyWorkers(t *testing.T) {
	random := rand.New(rand.NewPCG(403, 1))
	var list []event.Denial
	for range 3000 {
		list = append(list, denied(random.IntN(1500), func(d *event.Denial) {
			d.Time = at("01T00:00:00").Add(time.Duration(random.IntN(3000)) * time.Hour / 10)
			d.Principal = fmt.Sprintf("arn:aws:iam::111122223333:role/%s%d", []string{"", "a/", "b/"}[random.IntN(3)], random.IntN(5))
			d.Bucket = fmt.Sprint("bucket-", random.IntN(4))
			d.Cause = []event.Cause{"scp-explicit", "identity-implicit", "vpce-explicit", "kms-key"}[random.IntN(4)]
			d.PolicyARN = []string{"", "", "arn:aws:iam::aws:policy/A"}[random.IntN(3)]
			d.VPCEndpoint = []string{"", "vpce-1", "vpce-2"}[random.IntN(3)]
			d.KMSKey = []string{"", "arn:aws:kms:us-east-1:111122223333:key/a", "arn:aws:kms:us-east-1:111122223333:key/b"}[random.IntN(3)]
			d.SourceIP, d.UserAgent = fmt.Sprint("10.0.0.", random.IntN(9)), fmt.Sprintf("[tool/%d x/%d]", random.IntN(8), random.IntN(8))
			d.Session = fmt.Sprint("i-", random.IntN(50))
			d.Key = fmt.Sprintf("%s/%d/%d/x", d.Bucket, random.IntN(3), random.IntN(30))
			switch d.Bucket {
			case "bucket-1":
				d.Key = fmt.Sprintf("%d/%d", random.IntN(70), random.IntN(3)) // more prefixes than are told apart, by and by
			case "bucket-2":
				d.Key = ""
			}
			d.Message = fmt.Sprint("message ", random.IntN(100))
			d.HasARN = random.IntN(2) == 0
			d.Recipient = []string{"111122223333", "444455556666"}[random.IntN(2)]
			d.Fingerprint = random.Uint64()
			switch random.IntN(10) {
			case 0:
				d.EventID = ""
			case 1:
				d.EventID = fmt.Sprint("odd ", random.IntN(50))
			case 2, 3:
				d.SharedEventID = uuid(random.IntN(300))
			case 4:
				d.OriginalEventID = uuid(random.IntN(1500))
			}
		}))
	}
	var want *Result
	for _, workers := range []int{1, 2, 8} {
		r := build(t, workers, slices.Clone(list), Options{Denials: true})
		var all []event.Denial
		for d := range r.Denials() {
			all = append(all, *d)
		}
		if len(all) != r.Totals.Denials {
			t.Errorf("%d of %d denials", len(all), r.Totals.Denials)
		}
		r.table, r.order = nil, nil
		if want == nil {
			want = r
		}
		if !reflect.DeepEqual(r, want) {
			t.Errorf("%d workers give another result", workers)
		}
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
}

// A shard that keeps all details agrees with one that keeps the earliest.
func TestDenials(t *testing.T) {
	var list []event.Denial
	for i := range 50 {
		list = append(list, denied(i, func(d *event.Denial) {
			d.Key, d.Message, d.Region, d.UserAgent = fmt.Sprint("key ", i), fmt.Sprint("message ", i), "eu-west-1", "aws-cli"
			d.BucketAccount, d.PolicyARN, d.SourceIP, d.VPCEndpoint = "444455556666", "arn:x", "10.0.0.1", "vpce-1"
			d.DeniedAction, d.Session = "s3:GetObject", "i-0123456789abcdef0"
		}))
	}
	r := build(t, 3, slices.Clone(list), Options{Denials: true})
	i := 0
	for d := range r.Denials() {
		want := list[i]
		want.Fingerprint = 0 // which no report shows
		if !reflect.DeepEqual(*d, want) {
			t.Errorf("got  %+v\nwant %+v", *d, want)
		}
		i++
	}
	if i != len(list) {
		t.Errorf("%d denials", i)
	}
}

func permutations(n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var all [][]int
	for _, p := range permutations(n - 1) {
		for i := range n {
			all = append(all, slices.Insert(slices.Clone(p), i, n-1))
		}
	}
	return all
}

// Of two deliveries of one record, the same object is named in whatever order they are
// read.
func TestPlaceOfCopies(t *testing.T) {
	in := func(object string, record int) event.Denial {
		return denied(1, func(d *event.Denial) {
			d.RequestID = "4B4N7QTZAAS9DXQD"
			d.Place = event.Place{Object: event.Object{Name: object, Entry: len(object)}, Record: record}
		})
	}
	copies := []event.Denial{in("b", 1), in("a", 2), in("a", 7)}
	for _, order := range permutations(len(copies)) {
		var list []event.Denial
		for _, i := range order {
			list = append(list, copies[i])
		}
		r := build(t, 2, list, Options{Denials: true})
		if e := r.Groups[0].Examples[0]; e.Object != "a" || e.RequestID != "4B4N7QTZAAS9DXQD" {
			t.Errorf("order %v: example %+v", order, e)
		}
		for d := range r.Denials() {
			if d.Place != copies[1].Place {
				t.Errorf("order %v: %+v", order, d.Place)
			}
		}
	}
}
