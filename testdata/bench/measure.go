package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"time"
)

// run is one measured process.
type run struct {
	seconds float64
	cpu     float64 // seconds of all processors, the system's included
	memory  int64   // peak resident, bytes
}

// measure runs a command, by way of a small process of this program: Linux counts
// what the process that starts another holds into the peak of the other. What the
// command writes goes to out; nil discards it.
// https://elixir.bootlin.com/linux/v6.12/source/fs/exec.c, exec_mmap
func measure(out io.Writer, name string, args ...string) (run, error) {
	self, err := os.Executable()
	if err != nil {
		return run{}, err
	}
	figures, theirs, err := os.Pipe()
	if err != nil {
		return run{}, err
	}
	defer figures.Close()
	cmd := exec.Command(self, append([]string{"-measure", name, "--"}, args...)...)
	cmd.Stdout, cmd.Stderr, cmd.ExtraFiles = out, os.Stderr, []*os.File{theirs}
	err = cmd.Run()
	theirs.Close()
	if err != nil {
		return run{}, fmt.Errorf("%s: %w", name, err)
	}
	var r run
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
	cpu := (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	_, err = fmt.Fprintln(os.NewFile(3, "figures"), seconds, cpu, peakMemory(cmd.ProcessState))
	return err
}

// report runs the complete job. Its JSON goes nowhere.
func report(binary string, args ...string) (run, error) {
	return measure(nil, binary, append([]string{"report", "--format", "json"}, args...)...)
}

// facts are what a report says about an archive.
type facts struct {
	records, groups, bytes int
}

// check runs the complete job, whose report must hold what the archive does.
func check(a archive, binary string, args ...string) (facts, error) {
	out := &beginning{}
	if _, err := measure(out, binary, append([]string{"report", "--format", "json"}, args...)...); err != nil {
		return facts{}, err
	}
	var coverage struct {
		Records struct{ Seen int }
		Bytes   struct{ Decompressed int }
	}
	var totals struct{ Groups int }
	for name, to := range map[string]any{"coverage": &coverage, "totals": &totals} {
		_, rest, _ := bytes.Cut(out.text, []byte("\n \""+name+"\": "))
		if err := json.NewDecoder(bytes.NewReader(rest)).Decode(to); err != nil {
			return facts{}, fmt.Errorf("%s of the report: %w", name, err)
		}
	}
	f := facts{coverage.Records.Seen, totals.Groups, coverage.Bytes.Decompressed}
	if f.records != a.size() || a.groups > 0 && f.groups != a.groups {
		return f, fmt.Errorf("%d records and %d groups, want %d and %d", f.records, f.groups, a.size(), a.groups)
	}
	return f, nil
}

// beginning keeps the beginning of what is written to it: a report may be large.
type beginning struct{ text []byte }

func (b *beginning) Write(p []byte) (int, error) {
	const most = 1 << 20
	b.text = append(b.text, p[:min(len(p), most-len(b.text))]...)
	return len(p), nil
}

// of returns a figure of all runs, ascending.
func of(runs []run, figure func(run) float64) (list []float64) {
	for _, r := range runs {
		list = append(list, figure(r))
	}
	slices.Sort(list)
	return list
}

func seconds(runs []run) []float64 { return of(runs, func(r run) float64 { return r.seconds }) }

func cpu(runs []run) []float64 { return of(runs, func(r run) float64 { return r.cpu }) }

// peak returns the most memory of any run, in MB.
func peak(runs []run) float64 {
	return slices.Max(of(runs, func(r run) float64 { return float64(r.memory) / 1e6 }))
}

func median(sorted []float64) float64 { return sorted[len(sorted)/2] }
