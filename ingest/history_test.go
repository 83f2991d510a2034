package ingest

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest/source"
)

// objects is a bucket in memory: keys and their bytes.
type objects map[string]string

func (o objects) Pages(_, prefix, delimiter, after string) source.NextPage {
	return func(_ context.Context, found func(source.Item)) (bool, error) {
		folded := ""
		for _, key := range slices.Sorted(maps.Keys(o)) {
			if !strings.HasPrefix(key, prefix) || key <= after {
				continue
			}
			if i := strings.Index(key[len(prefix):], "/"); delimiter != "" && i >= 0 {
				if folder := key[:len(prefix)+i+1]; folder != folded {
					folded = folder
					found(source.Item{Key: folder, Folder: true})
				}
				continue
			}
			found(source.Item{Key: key, Size: int64(len(o[key]))})
		}
		return false, nil
	}
}

func (o objects) Get(_ context.Context, _, key string) (io.ReadCloser, int64, error) {
	return io.NopCloser(strings.NewReader(o[key])), int64(len(o[key])), nil
}

// month is a trail with an object at nine on each day of October, with a denial of
// eight that day in it.
func month() (local memory, remote objects) {
	local, remote = memory{}, objects{"AWSLogs/111122223333/CloudTrail-Digest/x": "", "notes/undated.json": trail(other("x"))}
	for d := 1; d <= 31; d++ {
		key := fmt.Sprintf("AWSLogs/111122223333/CloudTrail/us-east-1/2026/10/%02d/111122223333_CloudTrail_us-east-1_202610%02dT0900Z_abc.json.gz", d, d)
		remote[key] = gz(trail(deniedAt(fmt.Sprintf("%02d", d), fmt.Sprintf("2026-10-%02dT08:00:00Z", d))))
		local[key] = remote[key]
	}
	return local, remote
}

// What comes before a window is read and counts as outside. Of S3 it is the most
// recent, up to a number of objects.
func TestHistory(t *testing.T) {
	local, remote := month()
	bucket := source.Bucket{Store: remote, Location: source.Location{Bucket: "b"}}
	f := func(history time.Duration, most int, src source.Source, wantIDs, wantResult, wantFrom string) {
		t.Helper()
		opts := Options{From: day("2026-10-20"), To: day("2026-10-21"), History: history, HistoryObjects: most}
		c, ids := run(t, opts, src)
		if got := ids[0] + " to " + ids[len(ids)-1]; got != wantIDs || len(ids) != c.Records.Kept+ids20(ids) {
			t.Errorf("%v, %d objects: denials %v, want %s", history, most, ids, wantIDs)
		}
		if got := result(c); got != wantResult {
			t.Errorf("%v, %d objects: %s, want %s", history, most, got, wantResult)
		}
		if got := c.HistoryFrom.Format("02T15:04"); got != wantFrom && !(wantFrom == "" && c.HistoryFrom.IsZero()) {
			t.Errorf("%v, %d objects: since %s, want %s", history, most, got, wantFrom)
		}
	}
	const d = 24 * time.Hour
	f(0, 0, local, "20 to 20", "3 read, 28 outside-window, 1 kept, 2 outside", "")
	f(7*d, 0, local, "13 to 20", "9 read, 22 outside-window, 1 kept, 8 outside", "13T00:00")
	f(7*d, 2, local, "13 to 20", "9 read, 22 outside-window, 1 kept, 8 outside", "13T00:00")
	f(0, 5, bucket, "20 to 20", "4 read, 1 kept, 1 not denied, 2 outside", "")
	f(7*d, 0, bucket, "13 to 20", "10 read, 1 kept, 1 not denied, 8 outside", "13T00:00")
	f(7*d, 100, bucket, "13 to 20", "10 read, 1 kept, 1 not denied, 8 outside", "13T00:00")
	f(7*d, 6, bucket, "13 to 20", "10 read, 1 kept, 1 not denied, 8 outside", "13T00:00")
	// The object of the 16th is left out, so that all since it was delivered is known.
	f(7*d, 2, bucket, "17 to 20", "6 read, 1 outside-window, 1 kept, 1 not denied, 4 outside", "16T09:01")
	f(7*d, 3, bucket, "16 to 20", "7 read, 1 kept, 1 not denied, 5 outside", "16T00:00")
	// The first day before the window is listed with it.
	f(7*d, 1, bucket, "18 to 20", "5 read, 1 kept, 1 not denied, 3 outside", "18T00:00")
	f(d, 1, bucket, "19 to 20", "4 read, 1 kept, 1 not denied, 2 outside", "19T00:00")
}

// ids20 counts the denials before the 20th.
func ids20(ids []string) (n int) {
	for _, id := range ids {
		if id < "20" {
			n++
		}
	}
	return n
}

// A bucket of which no name tells a time has no history, and what holds no object of
// the window is not listed further.
func TestHistoryWithoutDates(t *testing.T) {
	_, remote := month()
	for _, name := range []string{"notes/", "AWSLogs/"} {
		bucket := source.Bucket{Store: remote, Location: source.Location{Bucket: "b", Key: name}}
		opts := Options{From: day("2027-10-20"), History: 400 * 24 * time.Hour, HistoryObjects: 10}
		plan, err := MakePlan(t.Context(), []source.Source{bucket}, opts)
		if err != nil {
			t.Fatal(err)
		}
		if plan.History != 0 || !plan.Coverage.HistoryFrom.Equal(opts.From) {
			t.Errorf("%s: %d objects since %s", name, plan.History, plan.Coverage.HistoryFrom)
		}
	}
}

// A plan says how many objects are read only for the history.
func TestHistoryPlan(t *testing.T) {
	local, remote := month()
	for _, src := range []source.Source{local, source.Bucket{Store: remote, Location: source.Location{Bucket: "b", Key: "AWSLogs/"}}} {
		opts := Options{From: day("2026-10-20"), To: day("2026-10-21"), History: 7 * 24 * time.Hour, HistoryObjects: 4}
		plan, err := MakePlan(t.Context(), []source.Source{src}, opts)
		if err != nil {
			t.Fatal(err)
		}
		want := 4 // of S3
		if _, ok := src.(memory); ok {
			want = 6
		}
		if plan.History != want {
			t.Errorf("got %d objects of history, want %d", plan.History, want)
		}
	}
}
