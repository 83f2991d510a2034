package ingest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
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
		src := s3Source(t, url, s3.Options{InFlight: fetchers, Stall: 5 * time.Second})
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
		if most := network.MostInFlight.Load(); most > 2*int64(fetchers) || // the server counts a while longer
			fetchers == 64 && most < 32 {
			t.Errorf("%d requests in flight", most)
		}
	}
}

// A run that is cancelled at any moment ends at once, and leaves nothing behind.
func TestCancelNetwork(t *testing.T) {
	root, _ := bucketTree(t, manyObjects(t, 200)...)
	server := s3test.Start(t, root)
	s3test.Setenv(t, server.URL)
	random := rand.New(rand.NewPCG(1, 2))
	before := runtime.NumGoroutine()
	for range 12 {
		network := &s3test.Network{Latency: 20 * time.Millisecond, Faulty: true, Stall: func(n int64) bool { return n%40 == 0 }}
		url, stop := network.Start(server.URL)
		os.Setenv("AWS_ENDPOINT_URL", url)
		client := s3.New(s3.Options{Retry: retry.Policy{Attempts: 8, First: time.Second, Longest: time.Second}})
		src := source.Bucket{Store: client, Location: source.Location{Bucket: inBucket}}
		why := errors.New("the user pressed Ctrl-C")
		ctx, cancel := context.WithCancelCause(t.Context())
		var cancelled time.Time
		timer := time.AfterFunc(time.Duration(random.IntN(400))*time.Millisecond, func() {
			cancelled = time.Now()
			cancel(why)
		})
		c, err := Run(ctx, []source.Source{src}, Options{Retry: retry.Policy{Attempts: 8, First: time.Second, Longest: time.Second}}, newNoSink)
		if timer.Stop() {
			t.Error("the run ended by itself")
		} else if took := time.Since(cancelled); !errors.Is(err, why) || c != nil || took > time.Second {
			t.Errorf("got %v, %+v after %s", err, c, took)
		}
		client.Close()
		stop()
		cancel(nil)
	}
	for end := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; {
		if time.Now().After(end) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines are left of %d:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
		time.Sleep(time.Millisecond)
	}
}
