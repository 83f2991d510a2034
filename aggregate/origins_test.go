package aggregate

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"trail403/ingest/event"
)

// maxPrefixes is how many prefixes of object keys of a group are kept apart.
const maxPrefixes = 64

func TestFrom(t *testing.T) {
	var list []event.Denial
	for i := range 28 {
		list = append(list, denied(i, func(d *event.Denial) {
			for n := range 7 { // 1 of the first address, 2 of the second, … 7 of the last
				if i >= n*(n+1)/2 {
					d.SourceIP = fmt.Sprint("10.0.0.", n)
				}
			}
			d.UserAgent = []string{"[aws-cli/2.1 Python/3]", "aws-cli/2.1 Python/4", ""}[i%3]
			d.Region, d.VPCEndpoint, d.Key = "eu-west-1", "", "a/b/c"
		}))
	}
	from := build(t, 3, list, Options{}).Groups[0].From
	want := From{
		SourceIPs:   Top{List: []Count{{Value: "10.0.0.6", Denials: 7}, {Value: "10.0.0.5", Denials: 6}, {Value: "10.0.0.4", Denials: 5}, {Value: "10.0.0.3", Denials: 4}, {Value: "10.0.0.2", Denials: 3}}, OtherValues: 2, OtherDenials: 3},
		UserAgents:  Top{List: []Count{{Value: "aws-cli/2.1", Denials: 19}}}, // two texts, one tool
		Regions:     Top{List: []Count{{Value: "eu-west-1", Denials: 28}}},
		KeyPrefixes: Top{List: []Count{{Value: "a/b/", Denials: 28}}},
	}
	if !reflect.DeepEqual(from, want) {
		t.Errorf("got  %+v\nwant %+v", from, want)
	}
}

// Prefixes end at the second slash, and where there are too many, earlier: for all
// denials, in whatever order and by however many workers they were read.
func TestKeyPrefixes(t *testing.T) {
	f := func(name string, keys []string, want ...Count) {
		t.Helper()
		for _, shards := range []int{1, 3, 7} {
			var list []event.Denial
			for i, key := range keys {
				list = append(list, denied(i, func(d *event.Denial) {
					d.Key = key
					if i%2 == 0 { // one principal, two names
						d.Principal = "arn:aws:iam::111122223333:role/reader"
					}
				}))
			}
			rand.New(rand.NewPCG(1, uint64(shards))).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			top := build(t, shards, list, Options{}).Groups[0].From.KeyPrefixes
			if !reflect.DeepEqual(top.List, want) {
				t.Errorf("%s, %d shards: got %v, want %v", name, shards, top, want)
			}
		}
	}
	many := func(n int, form string) (keys []string) {
		for i := range n {
			keys = append(keys, fmt.Sprintf(form, i))
		}
		return keys
	}
	f("levels", []string{"a/b/c/d", "a/b/e", "a/f", "g", "/h/i/j", ""}, Count{Value: "a/b/", Denials: 2}, Count{Value: "", Denials: 1}, Count{Value: "/h/", Denials: 1}, Count{Value: "a/", Denials: 1})
	f("as many as are told apart", slices.Concat(many(maxPrefixes-1, "a/%02d/x"), []string{"b/c/d", "b/c/e"}),
		Count{Value: "b/c/", Denials: 2}, Count{Value: "a/00/", Denials: 1}, Count{Value: "a/01/", Denials: 1}, Count{Value: "a/02/", Denials: 1}, Count{Value: "a/03/", Denials: 1})
	f("one more", slices.Concat(many(maxPrefixes, "a/%02d/x"), []string{"b/c/d", "b/c/e"}), Count{Value: "a/", Denials: maxPrefixes}, Count{Value: "b/", Denials: 2})
	f("none in common", many(500, "%d/x/y"), Count{Value: "", Denials: 500})
	f("without a slash", many(500, "%d"), Count{Value: "", Denials: 500})
}

// What keys have in common is told for all of a cause, not for examples alone.
func TestCommonKeys(t *testing.T) {
	f := func(want Keys, keys ...string) {
		t.Helper()
		for _, order := range permutations(len(keys)) {
			var list []event.Denial
			for n, i := range order {
				list = append(list, denied(n, func(d *event.Denial) {
					d.Key, d.Cause = keys[i], "scp-implicit"
					d.Principal = []string{"arn:aws:iam::1:role/a/x", "arn:aws:iam::1:role/x"}[i%2]
				}))
			}
			list = append(list, denied(99, func(d *event.Denial) { d.Key, d.Principal = "other/key", "arn:aws:iam::1:role/x" }))
			got := build(t, 2, list, Options{}).Groups[0].Keys
			want.Cause = "scp-implicit"
			if len(got) != 2 || got[1] != want {
				t.Errorf("%q, order %v: got %+v, want %+v", keys, order, got, want)
			}
		}
	}
	f(Keys{Common: "a/b.csv", One: true}, "a/b.csv", "a/b.csv", "a/b.csv")
	f(Keys{Common: "a/b", One: true, None: true}, "a/b", "", "a/b")
	f(Keys{Common: "a/b/", One: false}, "a/b/", "a/b/c", "a/b/d")
	f(Keys{Common: "", One: false}, "a", "b", "a")
	f(Keys{None: true}, "", "")
}
