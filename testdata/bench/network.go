package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"trail403/ingest/source/s3/s3test"
)

// far is read with a latency, as if from another machine.
var far = archive{name: "far", files: 10_000, records: 6}

const (
	latency  = 50 * time.Millisecond
	fetchers = 64
)

// network measures the complete job on S3: with a latency, compared with what the
// latency alone would cost, and without one, compared with what copies the objects. The
// server runs on the same processors.
func network(dir, binary string, runs int) error {
	if err := far.make(filepath.Join(dir, far.name)); err != nil {
		return err
	}
	server, err := s3test.Run(dir)
	if errors.Is(err, os.ErrNotExist) {
		fmt.Printf("S3 is not measured: %v; make tools installs it\n", err)
		return nil
	} else if err != nil {
		return err
	}
	defer server.Close()
	url, stop := (&s3test.Network{Latency: latency}).Start(server.URL)
	defer stop()
	fmt.Print("S3: versitygw on the same machine; medians of seconds (min to max)\n\n")
	fmt.Println("| what | seconds | objects/s | peak MB |")
	fmt.Println("| --- | ---: | ---: | ---: |")
	over, err := s3Runs(url, binary, far, runs)
	if err != nil {
		return err
	}
	row(fmt.Sprintf("`trail403 report`, %d objects over %s", far.files, latency), far.files, over)
	thin := archives[1]
	if err := thin.make(filepath.Join(dir, thin.name)); err != nil {
		return err
	}
	near, err := s3Runs(server.URL, binary, thin, runs)
	if err != nil {
		return err
	}
	row(fmt.Sprintf("`trail403 report`, %d objects", thin.files), thin.files, near)
	if aws, err := exec.LookPath("aws"); err == nil {
		to, err := os.MkdirTemp("", "trail403-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(to)
		copied, err := measure(nil, aws, "s3", "cp", "--recursive", "--only-show-errors", "s3://"+thin.name, to)
		if err != nil {
			return fmt.Errorf("aws s3 cp: %w", err)
		}
		row(fmt.Sprintf("`aws s3 cp --recursive` of the same, once, %d objects", thin.files), thin.files, []run{copied})
	}
	ideal := float64(far.files) * latency.Seconds() / fetchers
	fmt.Printf("\nobjects × latency ÷ fetchers is %.2f s; over the latency it took %.2f times that\n\n", ideal, median(seconds(over))/ideal)
	return nil
}

// s3Runs measures reports on an archive in S3.
func s3Runs(url, binary string, a archive, runs int) (all []run, err error) {
	for name, value := range s3test.Env(url) {
		if os.Unsetenv(name); value != "" { // some programs distinguish empty from unset
			os.Setenv(name, value)
		}
	}
	args := []string{"--fetchers", fmt.Sprint(fetchers), "s3://" + a.name}
	if _, err := check(a, binary, args...); err != nil {
		return nil, err
	}
	for range runs {
		r, err := report(binary, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

func row(what string, objects int, runs []run) {
	s := seconds(runs)
	fmt.Printf("| %s | %s | %.0f | %.0f |\n", what, spread(s), float64(objects)/median(s), peak(runs))
}
