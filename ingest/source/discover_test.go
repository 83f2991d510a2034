package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// keys is a bucket in memory.
type keys struct {
	sorted   []string
	page     int
	requests atomic.Int64
	fail     func(prefix string) error
}

func newKeys(page int, all ...string) *keys {
	slices.Sort(all)
	return &keys{sorted: slices.Compact(all), page: page}
}

// Pages answers as S3 does.
func (k *keys) Pages(_, prefix, delimiter, after string) NextPage {
	folded, end := "", after
	return func(ctx context.Context, found func(Item)) (more bool, err error) {
		k.requests.Add(1)
		if err := context.Cause(ctx); err != nil {
			return false, err
		}
		if k.fail != nil {
			if err := k.fail(prefix); err != nil {
				return false, err
			}
		}
		n := 0
		for _, key := range k.sorted[sort.SearchStrings(k.sorted, prefix):] {
			if !strings.HasPrefix(key, prefix) {
				break
			}
			folder := ""
			if i := strings.Index(key[len(prefix):], "/"); delimiter != "" && i >= 0 {
				folder = key[:len(prefix)+i+1]
			}
			if key <= end || folder != "" && (folder == folded || folder+last <= end) {
				continue
			}
			if n == k.page {
				return true, nil
			}
			n++
			if folder != "" {
				folded, end = folder, folder+last
				found(Item{Key: folder, Folder: true})
			} else {
				end = key
				found(Item{Key: key, Size: int64(len(key))})
			}
		}
		return false, nil
	}
}

func (k *keys) Get(context.Context, string, string) (io.ReadCloser, int64, error) {
	return nil, 0, errors.New("not read here")
}

// list returns what a source in the bucket finds, sorted.
func (k *keys) list(t *testing.T, key string, q Query) []string {
	t.Helper()
	var got []string
	for e, err := range (Bucket{Store: k, Location: Location{"b", key}}).List(t.Context(), q) {
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(e.Name, "s3://b/")
		if e.Pruned {
			name += " pruned"
		}
		got = append(got, name)
	}
	slices.Sort(got)
	return got
}

// want is what a source finds, key by key.
func (k *keys) want(root string, q Query) []string {
	var want []string
keys:
	for _, key := range k.sorted {
		if !strings.HasPrefix(key, root) {
			continue
		}
		for i := len(root); i < len(key); i++ {
			if key[i] == '/' && q.Prunes(key[:i]) {
				want = append(want, key[:i]+" pruned")
				continue keys
			}
		}
		if region := regionOf(key); region != "" {
			if after, before := q.span(region); key <= after || before != "" && key >= before {
				continue
			}
		}
		want = append(want, key)
	}
	slices.Sort(want)
	return slices.Compact(want)
}

// Whatever the layout, the times and the size of pages: discovery finds what
// going through all keys finds, each once.
func TestDiscoveryFindsAll(t *testing.T) {
	seeds := uint64(60)
	if testing.Short() {
		seeds = 15
	}
	for seed := range seeds {
		random := rand.New(rand.NewPCG(5, seed))
		pick := func(from ...string) string { return from[random.IntN(len(from))] }
		begin := time.Date(2026, 9, 25, 0, 0, 0, 0, time.UTC)
		var all []string
		for range 1 + random.IntN(400) {
			at := begin.Add(time.Duration(random.IntN(200*24*60)) * time.Minute)
			account := pick("111122223333", "444455556666")
			folder := pick("CloudTrail", "CloudTrail", "CloudTrail", "CloudTrail-Digest", "CloudTrail-NetworkActivity", "Config", "else")
			regionName := pick("us-east-1", "eu-west-1")
			file := fmt.Sprintf("%s_%s_%s_%s_%d.json.gz", account, folder, regionName, at.Format("20060102T1504Z"), random.IntN(3))
			key := pick("", "team/logs/", "zeta/") + "AWSLogs/" + pick("", "o-exampleorg/") + account + "/" + folder + "/" + regionName + "/" + at.Format("2006/01/02/") + file
			switch random.IntN(12) {
			case 0:
				key = pick("flat/", "copies/2026/", "", "team/", "AWSLogs/") + file
			case 1:
				key = account + "/" + folder + "/" + regionName + at.Format("/2006/01/02/") + file
			}
			all = append(all, key)
		}
		k := newKeys(1+random.IntN(30), all...)
		var q Query
		if random.IntN(2) == 0 {
			q.From = begin.Add(time.Duration(random.IntN(100*24*60*60)) * time.Second)
		}
		if random.IntN(2) == 0 {
			q.To = begin.Add(time.Duration(random.IntN(200*24*60*60)) * time.Second)
		}
		if random.IntN(3) == 0 {
			q.Accounts = []string{"111122223333"}
		}
		if random.IntN(3) == 0 {
			q.Regions = []string{"eu-west-1"}
		}
		some := k.sorted[random.IntN(len(k.sorted))]
		for i, c := range some {
			if c == '/' || i == 0 {
				root := some[:i+1]
				if i == 0 {
					root = ""
				}
				if got, want := k.list(t, root, q), k.want(root, q); !slices.Equal(got, want) {
					t.Fatalf("seed %d, below %q, %+v, pages of %d:\n got %s\nwant %s", seed, root, q, k.page, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
				}
			}
		}
	}
}

// There is about one request for each page of keys, whatever the layout.
func TestDiscoveryRequests(t *testing.T) {
	f := func(what string, most int64, q Query, key func(i int) string, n int) {
		t.Helper()
		all := make([]string, n)
		for i := range all {
			all[i] = key(i)
		}
		k := newKeys(1000, all...)
		if got, want := k.list(t, "", q), k.want("", q); !slices.Equal(got, want) {
			t.Errorf("%s: %d found, want %d", what, len(got), len(want))
		}
		if got := k.requests.Load(); got > most {
			t.Errorf("%s: %d requests, want at most %d", what, got, most)
		}
	}
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	trail := func(account string, at time.Time, i int) string {
		return "AWSLogs/" + account + "/CloudTrail/us-east-1" + at.Format("/2006/01/02/") + account + "_CloudTrail_us-east-1_" + at.Format("20060102T1504Z_") + fmt.Sprint(i) + ".json.gz"
	}
	dense := func(i int) string { return trail("111122223333", begin.Add(time.Duration(i)*3*time.Minute), i) }
	week := Query{From: begin.AddDate(0, 0, 20), To: begin.AddDate(0, 0, 27)}
	f("480 objects a day", 50, Query{}, dense, 40*480)
	f("the same, a week", 20, week, dense, 40*480)
	f("the same, an hour", 6, Query{From: week.From, To: week.From.Add(time.Hour)}, dense, 40*480)
	many := func(i int) string {
		return trail(fmt.Sprintf("1111%08d", i%100), begin.Add(time.Duration(i/100)*24*time.Hour), i)
	}
	f("a hundred accounts, an object a day", 303, Query{}, many, 10_000)
	f("the same, a week", 303, week, many, 10_000)
	f("all in one folder", 35, Query{}, func(i int) string { return fmt.Sprintf("flat/%06d.json.gz", i) }, 15_000)
	f("a folder an object", 25, Query{}, func(i int) string { return fmt.Sprintf("by-id/%06d/x.json.gz", i) }, 15_000)
	f("another layout by date", 65, Query{}, func(i int) string {
		return begin.Add(time.Duration(i)*5*time.Minute).Format("logs/year=2006/month=01/day=02/") + fmt.Sprint(i)
	}, 15_000)
}

// A listing that is refused ends the run, wherever it is.
func TestDiscoveryRefused(t *testing.T) {
	why := errors.New("refused")
	k := newKeys(10, "AWSLogs/111122223333/CloudTrail/us-east-1/2026/10/05/a", "AWSLogs/444455556666/CloudTrail/us-east-1/2026/10/05/a", "x/y")
	k.fail = func(prefix string) error {
		if strings.HasPrefix(prefix, "AWSLogs/444455556666/") {
			return why
		}
		return nil
	}
	var got error
	for _, err := range (Bucket{Store: k, Location: Location{"b", "AWSLogs/"}}).List(t.Context(), Query{}) {
		if got != nil {
			t.Error("something came behind the error")
		}
		got = err
	}
	if got != why {
		t.Errorf("got %v", got)
	}
}
