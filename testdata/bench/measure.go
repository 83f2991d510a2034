package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/sync/errgroup"
)

// run is one measured process.
type run struct {
	seconds float64
	cpu     float64 // seconds of all processors, the system's included
	memory  int64   // peak resident, bytes
	output  []byte
}

// measure runs a command through a small process of this program: Linux counts the
// memory of a process as part of the peak of the process that it starts, and the bench
// itself holds reports. https://elixir.bootlin.com/linux/v6.12/source/fs/exec.c,
// exec_mmap
func measure(name string, args ...string) (run, error) {
	self, err := os.Executable()
	if err != nil {
		return run{}, err
	}
	figures, theirs, err := os.Pipe()
	if err != nil {
		return run{}, err
	}
	defer figures.Close()
	var out bytes.Buffer
	cmd := exec.Command(self, append([]string{"-measure", name, "--"}, args...)...)
	cmd.Stdout, cmd.Stderr, cmd.ExtraFiles = &out, os.Stderr, []*os.File{theirs}
	err = cmd.Run()
	theirs.Close()
	if err != nil {
		return run{}, err
	}
	r := run{output: out.Bytes()}
	_, err = fmt.Fscan(figures, &r.seconds, &r.cpu, &r.memory)
	return r, err
}

// measured runs a command for measure, and writes the figures to file 3.
func measured(name string, args []string) error {
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	begin := time.Now()
	err := cmd.Run()
	seconds := time.Since(begin).Seconds()
	if err != nil {
		return err
	}
	var memory int64
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		memory = usage.Maxrss << 10 // Linux counts in KiB
	}
	cpu := (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	_, err = fmt.Fprintln(os.NewFile(3, "figures"), seconds, cpu, memory)
	return err
}

// compare alternates between the complete job and plain gunzip, and prints medians.
func compare(a archive, dir, binary string, runs int) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var jobs, gunzips []run
	var ratios, cpuRatios []float64
	for i := range runs + 1 {
		job, err := measure(binary, "report", "--format", "json", dir)
		if err != nil {
			return fmt.Errorf("%s: %w", binary, err)
		}
		bare, err := measure(self, "-gunzip", dir)
		if err != nil {
			return fmt.Errorf("gunzip: %w", err)
		}
		if i == 0 {
			continue // a warm-up, so that all runs find the files in memory
		}
		jobs, gunzips = append(jobs, job), append(gunzips, bare)
		ratios = append(ratios, job.seconds/bare.seconds)
		cpuRatios = append(cpuRatios, job.cpu/bare.cpu)
	}
	var report struct {
		Coverage struct {
			Records struct{ Seen int }
			Bytes   struct{ Decompressed int64 }
		}
	}
	if err := json.Unmarshal(jobs[0].output, &report); err != nil {
		return err
	}
	if report.Coverage.Records.Seen != a.size() {
		return fmt.Errorf("%d records seen, want %d", report.Coverage.Records.Seen, a.size())
	}
	size := float64(report.Coverage.Bytes.Decompressed)
	fmt.Printf("%s: %d files, %d records, %.0f MB decompressed; medians of %d runs (min to max)\n\n", a.name, a.files, a.size(), size/1e6, runs)
	fmt.Println("| what | seconds | MB/s | records/s | peak MB |")
	fmt.Println("| --- | ---: | ---: | ---: | ---: |")
	for _, row := range []struct {
		name string
		runs []run
	}{{"trail403 report", jobs}, {"bare gunzip", gunzips}} {
		s := seconds(row.runs)
		slices.SortFunc(row.runs, func(a, b run) int { return int(a.memory - b.memory) })
		m := median(s)
		fmt.Printf("| %s | %.2f (%.2f to %.2f) | %.0f | %.0f | %.0f |\n", row.name, m, s[0], s[len(s)-1],
			size/1e6/m, float64(a.size())/m, float64(row.runs[len(row.runs)-1].memory)/1e6)
	}
	slices.Sort(ratios)
	slices.Sort(cpuRatios)
	fmt.Printf("\nratio, run by run: %.2f (%.2f to %.2f); of processor time, which a busy machine changes less: %.2f (%.2f to %.2f)\n\n",
		median(ratios), ratios[0], ratios[len(ratios)-1], median(cpuRatios), cpuRatios[0], cpuRatios[len(cpuRatios)-1])
	return nil
}

func seconds(runs []run) []float64 {
	var s []float64
	for _, r := range runs {
		s = append(s, r.seconds)
	}
	slices.Sort(s)
	return s
}

func median(sorted []float64) float64 { return sorted[len(sorted)/2] }

// gunzipAll is what the complete job is compared with: only reading and decompressing,
// with as many workers.
func gunzipAll(dir string) error {
	names := make(chan string)
	var g errgroup.Group
	g.Go(func() error {
		defer close(names)
		return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".gz") {
				names <- path
			}
			return err
		})
	})
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() error {
			var gz gzip.Reader
			in := bufio.NewReaderSize(nil, 64<<10)
			buf := make([]byte, 256<<10)
			var failed error
			for name := range names {
				failed = errors.Join(failed, gunzip(name, &gz, in, buf))
			}
			return failed
		})
	}
	return g.Wait()
}

func gunzip(name string, gz *gzip.Reader, in *bufio.Reader, buf []byte) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	in.Reset(f)
	if err := gz.Reset(in); err != nil {
		return err
	}
	for {
		if _, err := gz.Read(buf); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}
