package coverage

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"trail403/ingest/source"
)

// A set of days is one, in whichever order it is filled.
func TestDays(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var d Days
		want := map[int]bool{}
		for range 1 + draw.IntN(40) {
			day := 20000 + draw.IntN(1+draw.IntN(2000))
			d.add(day)
			want[day] = true
		}
		got := slices.Collect(d.all)
		if len(got) != len(want) || !slices.IsSorted(got) {
			t.Fatalf("got %v, want %v", got, want)
		}
		for day := 19990; day < 22010; day++ {
			if at := time.Unix(int64(day)*secondsADay+draw.Int64N(secondsADay), 0); d.Has(at) != want[day] {
				t.Fatalf("day %d: got %t", day, d.Has(at))
			}
		}
		if !d.First().Equal(time.Unix(int64(got[0])*secondsADay, 0)) {
			t.Fatalf("first is %v, want day %d", d.First(), got[0])
		}
	}
	if (&Days{}).Has(time.Unix(1_700_000_000, 0)) {
		t.Error("an empty set has a day")
	}
}

func told(name string) *source.Told {
	told := source.Tell(name)
	return &told
}

func TestTrails(t *testing.T) {
	var a, b Trails
	for day := 1; day <= 5; day++ {
		name := fmt.Sprintf("111122223333_CloudTrail_us-east-1_2026100%dT1200Z_x.json.gz", day)
		if day%2 == 0 {
			a.add(told(name))
		} else {
			b.add(told(name))
		}
	}
	a.add(told("no trail file"))
	b.add(told("444455556666_CloudTrail_us-east-1_20261009T0000Z_x.json.gz"))
	a.merge(b)
	if len(a) != 2 || len(slices.Collect(a[source.Place{Account: "111122223333", Region: "us-east-1"}].all)) != 5 {
		t.Errorf("got %v", a)
	}
}

// The latest object is the one whose name says the latest minute, of all workers.
func TestDelivered(t *testing.T) {
	f := func(want string, names ...string) {
		t.Helper()
		var a, b Coverage
		for i, name := range names {
			if i%2 == 0 {
				a.Read(told(name), Records{}, Bytes{}, false)
			} else {
				b.Read(told(name), Records{}, Bytes{}, false)
			}
		}
		b.Add(&a)
		got := ""
		if !b.Delivered.IsZero() {
			got = b.Delivered.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", names, got, want)
		}
	}
	const trail = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/10/"
	f("", "events.json", trail+"31/events.json.gz")
	f("2026-10-31T23:55:00Z",
		trail+"31/111122223333_CloudTrail_us-east-1_20261031T2355Z_x.json.gz",
		trail+"30/111122223333_CloudTrail_us-east-1_20261030T0000Z_x.json.gz",
		"111122223333_CloudTrail_us-east-1_99991030T0000Z_x.json.gz",
		trail+"31/events.json.gz")
	f("2026-10-31T23:55:00Z", "x.json", "111122223333_CloudTrail_us-east-1_20261031T2355Z_x.json.gz")
}
