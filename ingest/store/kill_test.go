//go:build unix

package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"trail403/ingest"
	"trail403/ingest/coverage"
	"trail403/ingest/source"
	"trail403/ingest/source/s3"
	"trail403/ingest/store"
	"trail403/ingest/store/place"
)

// killAt is the variable of the environment that makes this program a collector: the
// number of the step before which it kills itself, 0 for none.
const killAt = "TRAIL403_TEST_KILL_AT"

func TestMain(m *testing.M) {
	if at := os.Getenv(killAt); at != "" {
		if err := victim(at); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// steps counts what a collector does, and kills it before one of the steps, without
// anything being cleaned up.
type steps struct{ n, last atomic.Int64 }

func (s *steps) next() {
	if s.n.Add(1) == s.last.Load() {
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}

// deadly is a place where each step can be the last.
type deadly struct {
	place.Place
	steps *steps
}

func (d deadly) List(ctx context.Context, folder string) ([]place.File, error) {
	d.steps.next()
	return d.Place.List(ctx, folder)
}

func (d deadly) Stage() (*os.File, error) {
	d.steps.next()
	return d.Place.Stage()
}

func (d deadly) Create(ctx context.Context, name string, staged *os.File) error {
	d.steps.next()
	err := d.Place.Create(ctx, name, staged)
	d.steps.next()
	return err
}

func (d deadly) Discard(staged *os.File) {
	d.steps.next()
	d.Place.Discard(staged)
}

// dying is a sink for which each object can be the last.
type dying struct {
	*store.Shard
	steps *steps
}

func (d dying) Done(src source.Source, e source.Entry, found *coverage.Coverage) error {
	d.steps.next()
	return d.Shard.Done(src, e, found)
}

// victim collects what the environment names until it is killed.
func victim(at string) error {
	var s steps
	var last int64
	if _, err := fmt.Sscan(at, &last); err != nil {
		return err
	}
	s.last.Store(last)
	var src source.Source = source.Local{Path: os.Getenv("TRAIL403_TEST_SOURCE")}
	var to place.Place = place.Folder{Path: os.Getenv("TRAIL403_TEST_STORE")}
	if os.Getenv("TRAIL403_TEST_S3") != "" {
		client := s3.New(s3.Options{Retry: quick})
		defer client.Close()
		src, to = bucketsOf(client)
	}
	p, ctx := deadly{to, &s}, context.Background()
	l, err := open(ctx, p)
	if err != nil {
		return err
	}
	sources := []source.Source{src}
	c, err := store.New(ctx, l, sources, store.Options{CommitObjects: 3})
	if err != nil {
		return err
	}
	read := ingest.Options{Workers: 2, Skip: c.Skip, Query: c.Query()}
	if _, err := ingest.Run(ctx, sources, read, func() ingest.Sink { return dying{c.NewShard(), &s} }); err != nil {
		return err
	}
	_, err = c.Finish()
	return err
}

// kill runs two collectors at once, and kills each before a random step of its first
// ones. It returns how many were killed.
func kill(t *testing.T, random *rand.Rand, env ...string) (killed int) {
	t.Helper()
	var wg sync.WaitGroup
	var n atomic.Int64
	for range 2 {
		at := 1 + random.IntN(60)
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(append(os.Environ(), env...), fmt.Sprintf("%s=%d", killAt, at))
		wg.Go(func() {
			out, err := cmd.CombinedOutput()
			status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus)
			switch {
			case ok && status.Signaled():
				n.Add(1)
			case err != nil:
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	wg.Wait()
	return int(n.Load())
}

// A hundred times, one of two collectors is killed, wherever it is, while the archive
// grows. Nothing is lost, and nothing is there twice.
func TestKill(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 3))
	root, p := t.TempDir(), place.Folder{Path: t.TempDir()}
	src := source.Local{Path: root}
	killed, n, enough := 0, 0, 100
	if testing.Short() {
		enough = 10
	}
	for round := 0; killed < enough && round < 300; round++ {
		for range 6 {
			write(t, root, objectName(1+n/50, n), trail(denied(fmt.Sprint("d", n)), deleted(fmt.Sprint("c", n))))
			n++
		}
		killed += kill(t, random, "TRAIL403_TEST_SOURCE="+root, "TRAIL403_TEST_STORE="+p.Path)
	}
	if killed < enough {
		t.Errorf("only %d were killed", killed)
	}
	mustCollect(t, p, store.Options{}, src)
	same(t, p, src)
	c := check(t, p)
	t.Logf("%d objects in %d files, %d lists unused", c.Objects, c.Files, len(c.Unused))
}

// The same with a store and a trail in S3.
func TestKillS3(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 3))
	root, src, p := gateway(t, nil)
	killed, n, enough := 0, 0, 20
	if testing.Short() {
		enough = 4
	}
	for round := 0; killed < enough && round < 100; round++ {
		for range 6 {
			write(t, root, "trails/"+objectName(1+n/50, n), trailOf(fmt.Sprint("d", n)))
			n++
		}
		killed += kill(t, random, "TRAIL403_TEST_S3=1")
	}
	mustCollect(t, p, store.Options{}, src)
	same(t, p, src)
	check(t, p)
}
