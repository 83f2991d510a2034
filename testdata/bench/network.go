package main

import (
	"encoding/json"
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
		copied, err := measure(aws, "s3", "cp", "--recursive", "--only-show-errors", "s3://"+thin.name, to)
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
	for range runs {
		r, err := measure(binary, "report", "--format", "json", "--fetchers", fmt.Sprint(fetchers), "s3://"+a.name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", binary, err)
		}
		var report struct {
			Coverage struct{ Records struct{ Seen int } }
		}
		if err := json.Unmarshal(r.output, &report); err != nil {
			return nil, err
		}
		if report.Coverage.Records.Seen != a.size() {
			return nil, fmt.Errorf("%d records seen, want %d", report.Coverage.Records.Seen, a.size())
		}
		all = append(all, r)
	}
	return all, nil
}

func row(what string, objects int, runs []run) {
	s, peak := seconds(runs), int64(0)
	for _, r := range runs {
		peak = max(peak, r.memory)
	}
	fmt.Printf("| %s | %.2f (%.2f to %.2f) | %.0f | %.0f |\n", what, median(s), s[0], s[len(s)-1], float64(objects)/median(s), float64(peak)/1e6)
}
