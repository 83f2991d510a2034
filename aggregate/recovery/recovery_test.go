package recovery

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"trail403/aggregate/rows"
	"trail403/ingest/event"
)

const reader = "arn:aws:iam::111122223333:role/app/reader"

func at(hour int) time.Time { return time.Date(2026, 10, 22, hour, 0, 0, 0, time.UTC) }

// watch is a watch for the reader role, which was denied from 10:00 to 12:00.
func watch() *Watch {
	w := NewWatch()
	w.Add("arn:aws:iam::111122223333:role/other", "s3:GetObject", "corp-data", Denied{First: at(9), Last: at(9)})
	w.Add(reader, "s3:GetObject", "corp-data", Denied{
		First: at(10), Last: at(12), Prefixes: rows.PrefixesOf("reports/2026/10/a.csv", "reports/2026/11/b.csv", "top.csv"),
	})
	w.Add(reader, "s3:ListBucket", "corp-data", Denied{First: at(10), Last: at(12), Keyless: true})
	return w
}

// get is a request of the reader role.
func get(hour int, key string) event.Denial {
	return event.Denial{
		EventID: fmt.Sprint(hour, key), Time: at(hour), Principal: "arn:aws:iam::111122223333:role/reader",
		Action: "s3:GetObject", Bucket: "corp-data", Key: key,
	}
}

// inside is a key under a prefix that was denied.
const inside = "reports/2026/x"

func TestRecovery(t *testing.T) {
	with := func(d event.Denial, change func(*event.Denial)) event.Denial {
		change(&d)
		return d
	}
	tests := []struct {
		name     string
		requests []event.Denial
		want     State
		count    int
		first    int
	}{
		{"nothing", nil, None, 0, 0},
		{"after, here", []event.Denial{get(15, inside), get(13, inside+"y")}, Fixed, 2, 13},
		{"after, at the top", []event.Denial{get(13, "new.csv")}, Fixed, 1, 13},
		{"copies", []event.Denial{get(13, inside), get(13, inside)}, Fixed, 1, 13},
		{"copies in two accounts", []event.Denial{
			with(get(13, inside), func(d *event.Denial) { d.SharedEventID = "s" }),
			with(get(13, inside), func(d *event.Denial) { d.SharedEventID, d.EventID = "s", "other" }),
		}, Fixed, 1, 13},
		{"without ids", []event.Denial{
			with(get(13, inside), func(d *event.Denial) { d.EventID, d.Fingerprint = "", 1 }),
			with(get(13, inside), func(d *event.Denial) { d.EventID, d.Fingerprint = "", 2 }),
		}, Fixed, 2, 13},
		{"elsewhere", []event.Denial{get(14, "reports/2025/x"), get(13, "reports/x")}, Elsewhere, 2, 13},
		{"here and elsewhere", []event.Denial{get(14, inside), get(13, "reports/2025/x")}, Fixed, 1, 14},
		{"here all the time", []event.Denial{get(11, inside), get(14, inside), get(15, "a/b")}, Elsewhere, 2, 14},
		{"as it was denied last", []event.Denial{get(12, inside), get(14, inside)}, Elsewhere, 1, 14},
		{"elsewhere all the time", []event.Denial{get(11, "reports/2025/x"), get(14, inside)}, Fixed, 1, 14},
		{"before it was denied", []event.Denial{get(9, inside), get(14, inside)}, Fixed, 1, 14},
		{"only while it was denied", []event.Denial{get(11, inside)}, None, 0, 0},
		{"a denial", []event.Denial{
			with(get(14, inside), func(d *event.Denial) { d.ErrorCode = "AccessDenied" }),
		}, None, 0, 0},
		{"another bucket", []event.Denial{
			with(get(14, inside), func(d *event.Denial) { d.Bucket = "b" }),
		}, None, 0, 0},
		{"another action", []event.Denial{
			with(get(14, inside), func(d *event.Denial) { d.Action = "s3:PutObject" }),
		}, None, 0, 0},
		{"another principal", []event.Denial{
			with(get(14, inside), func(d *event.Denial) { d.Principal = "anonymous" }),
		}, None, 0, 0},
		{"an update of a record", []event.Denial{
			with(get(14, inside), func(d *event.Denial) { d.OriginalEventID = "e" }),
		}, None, 0, 0},
		{"without a key", []event.Denial{get(14, "")}, Elsewhere, 1, 14},
	}
	for _, tt := range tests {
		w := watch()
		s := w.NewShard()
		for _, r := range tt.requests {
			if err := s.AddRequest(&r); err != nil {
				t.Fatal(err)
			}
		}
		s.Commit()
		got := w.Recovery(1)
		first := time.Time{}
		if tt.count > 0 {
			first = at(tt.first)
		}
		if got.State != tt.want || got.Successes != tt.count || !got.First.Equal(first) || got.AtLeast {
			t.Errorf("%s: %+v, want %s, %d since %v", tt.name, got, tt.want, tt.count, first)
		}
	}
}

// A call without an object key is the place that a list of a bucket was denied in.
func TestKeyless(t *testing.T) {
	w := watch()
	s := w.NewShard()
	r := get(13, "")
	r.Action = "s3:ListBucket"
	_ = s.AddRequest(&r)
	s.Commit()
	if got := w.Recovery(2); got.State != Fixed {
		t.Errorf("%+v", got)
	}
	if from := w.From(); !from.Equal(at(9)) {
		t.Errorf("the first denial is of %v", from)
	}
}

// Requests of an object that could not be read to its end do not count, and those of an
// archive count with it.
func TestDiscard(t *testing.T) {
	w := watch()
	s := w.NewShard()
	add := func(key string) {
		r := get(13, key)
		_ = s.AddRequest(&r)
	}
	add("reports/2026/lost")
	s.Discard()
	add("reports/2026/1")
	s.Commit()
	s.Begin()
	add("reports/2026/2")
	s.Commit()
	add("reports/2026/lost")
	s.Discard()
	s.End()
	s.Commit()
	s.Begin()
	add("reports/2026/lost")
	s.Commit()
	s.End()
	s.Discard()
	s.Commit()
	if got := w.Recovery(1); got.Successes != 2 {
		t.Errorf("%d successes count, want 2", got.Successes)
	}
}

// What is kept is bounded, and the answer does not depend on the order.
func TestMost(t *testing.T) {
	requests := make([]event.Denial, most(2)+100)
	for i := range requests {
		requests[i] = get(13, fmt.Sprintf("reports/2026/%d", i))
		requests[i].Time = requests[i].Time.Add(time.Duration(i) * time.Second)
	}
	for seed := range uint64(3) {
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(requests), func(i, j int) {
			requests[i], requests[j] = requests[j], requests[i]
		})
		w := watch()
		s := w.NewShard()
		for i := range requests {
			_ = s.AddRequest(&requests[i])
		}
		s.Commit()
		if got := w.Recovery(1); *got != (Recovery{State: Fixed, Successes: most(2), AtLeast: true, First: at(13)}) {
			t.Errorf("%+v", got)
		}
	}
}
