package ingest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
	"trail403/ingest/source/retry"
	"trail403/ingest/source/s3"
	"trail403/ingest/source/s3/s3test"
)

// quick does not make tests wait.
var quick = retry.Policy{Attempts: 8, First: time.Millisecond, Longest: 10 * time.Millisecond}

const inBucket = "trail-bucket"

// bucketTree is a tree that is a bucket, too: pairs of a path and its bytes.
func bucketTree(t *testing.T, files ...string) (root, local string) {
	t.Helper()
	for i := 0; i < len(files); i += 2 {
		files[i] = inBucket + "/" + files[i]
	}
	root = tree(t, files...)
	return root, filepath.Join(root, inBucket)
}

func s3Source(t *testing.T, url string, o s3.Options) source.Source {
	t.Helper()
	s3test.Setenv(t, url)
	o.Retry = quick
	client := s3.New(o)
	t.Cleanup(client.Close)
	return source.Bucket{Store: client, Location: source.Location{Bucket: inBucket}}
}

// manyObjects are small trail files and what is not one of them.
func manyObjects(t *testing.T, n int) (files []string) {
	for i := range n {
		name := fmt.Sprintf("AWSLogs/111122223333/CloudTrail/us-east-1/2026/10/%02d/111122223333_CloudTrail_us-east-1_202610%02dT0000Z_%d.json.gz", i%28+1, i%28+1, i)
		files = append(files, name, gz(trail(denied(fmt.Sprint("id-", i)), other("x"))))
	}
	large := make([]string, 3000)
	for i := range large {
		large[i] = denied(fmt.Sprint("large-", i))
	}
	return append(files,
		"broken.json.gz", gz(trail(denied("broken")))[:60],
		"empty", "", "notes.txt", "notes",
		"large.json", trail(large...)+strings.Repeat(" ", maxWhole), // read as it comes
		"archive.tar", tarOf(t, packed{"a.json", trail(denied("tar-1"))}, packed{"b.json", trail(denied("tar-2"))}),
	)
}

// Whatever the network does, S3 gives what the local files give.
func TestFaultyNetwork(t *testing.T) {
	root, local := bucketTree(t, manyObjects(t, 300)...)
	server := s3test.Start(t, root)
	var want *coverage.Coverage
	var wantIDs []string
	want, wantIDs = run(t, Options{}, source.Local{Path: local})
	for _, fetchers := range []int{1, 64} {
		latency := 50 * time.Millisecond
		if fetchers == 1 {
			latency = 0
		}
		network := &s3test.Network{Latency: latency, Faulty: true, Stall: func(n int64) bool { return n == 123 || n == 124 }}
		url, stop := network.Start(server.URL)
		defer stop()
		src := s3Source(t, url, s3.Options{InFlight: fetchers, Stall: 2 * time.Second})
		got, denials := runOnce(t, Options{Fetchers: fetchers, Retry: quick}, 2, []source.Source{src})
		var ids []string
		for _, d := range denials {
			ids = append(ids, d.EventID)
		}
		if !slices.Equal(ids, wantIDs) {
			t.Errorf("%d denials, want %d", len(ids), len(wantIDs))
		}
		for i := range got.Failures {
			got.Failures[i].Object = strings.ReplaceAll(got.Failures[i].Object, "s3://"+inBucket, local)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v\nwant %+v", got, want)
		}
		if network.Faults.Load() < 10 {
			t.Errorf("only %d faults in %d requests", network.Faults.Load(), network.Requests.Load())
		}
		if most := network.MostInFlight.Load(); most > 2*int64(fetchers) { // the server counts a while longer
			t.Errorf("%d requests in flight", most)
		}
	}
}

// A run that is canceled at any request ends at once, and leaves nothing behind:
// what it would wait for (bodies that never come, the next attempts) takes an hour
// each.
func TestCancelNetwork(t *testing.T) {
	root, _ := bucketTree(t, manyObjects(t, 200)...)
	server := s3test.Start(t, root)
	s3test.Setenv(t, server.URL)
	patient := retry.Policy{Attempts: 8, First: time.Hour, Longest: time.Hour}
	random := rand.New(rand.NewPCG(1, 2))
	before := runtime.NumGoroutine()
	for range 12 {
		why := errors.New("the user pressed Ctrl-C")
		ctx, cancel := context.WithCancelCause(t.Context())
		var requests atomic.Int64
		last := 1 + random.Int64N(200)
		network := &s3test.Network{
			Faulty: true,
			Stall:  func(n int64) bool { return n%40 == 0 },
			Answer: func(http.ResponseWriter, *http.Request) bool {
				if requests.Add(1) == last {
					cancel(why)
				}
				return false
			},
		}
		url, stop := network.Start(server.URL)
		os.Setenv("AWS_ENDPOINT_URL", url)
		client := s3.New(s3.Options{Retry: quick, Stall: time.Hour})
		src := source.Bucket{Store: client, Location: source.Location{Bucket: inBucket}}
		c, err := Run(ctx, []source.Source{src}, Options{Retry: patient}, newNoSink)
		if !errors.Is(err, why) || c != nil {
			t.Errorf("canceled at request %d of %d: got %v, %+v", last, requests.Load(), err, c)
		}
		client.Close()
		stop()
		cancel(nil)
	}
	for runtime.NumGoroutine() > before { // else the test's own time limit shows what is left
		time.Sleep(time.Millisecond)
	}
}
