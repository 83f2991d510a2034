package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"time"
)

// A report is the part of the program's JSON report that is read here.
type report struct {
	Window struct {
		From time.Time `json:"from"`
		To   time.Time `json:"to"`
	} `json:"window"`
	Groups    []reportedGroup `json:"groups"`
	Incidents []incident      `json:"incidents"`
}

type reportedGroup struct {
	ID        string `json:"id"`
	Principal string `json:"principal"`
	Action    string `json:"action"`
	Bucket    string `json:"bucket"`
	Denials   int    `json:"denials"`
	Trend     struct {
		Kind string `json:"kind"`
	} `json:"trend"`
}

type incident struct {
	ID           string    `json:"id"`
	Pattern      string    `json:"pattern"`
	Onset        time.Time `json:"onset"`
	Groups       []string  `json:"groups"`
	Changes      []named   `json:"changes"`
	ChangesAfter []named   `json:"changes_after"`
}

// named is a change that the report names.
type named struct {
	EventID string `json:"event_id"`
}

// program is the binary to measure.
type program string

// report runs the program on a folder and reads its report.
func (p program) report(dir string, flags ...string) (*report, error) {
	args := append([]string{"report", "--quiet", "--format", "json", "--workers", "1"}, flags...)
	cmd := exec.Command(string(p), append(args, dir)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s %q: %w\n%s", p, append(args, dir), err, errs.Bytes())
	}
	r := &report{}
	if err := json.Unmarshal(out.Bytes(), r); err != nil {
		return nil, fmt.Errorf("the report on %s: %w", dir, err)
	}
	if len(r.Groups) == 0 {
		return nil, errors.New("the report on " + dir + " has no groups")
	}
	return r, nil
}

// from returns the flag for a window that starts so long before a moment.
func from(cut time.Time, span time.Duration) string {
	return "--from=" + cut.Add(-span).UTC().Format(time.RFC3339)
}
