package cli

import (
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A command that answers at once must not wait for what it does not use: tables,
// expressions and templates are made when they are used first. What the start of each
// package allocates is counted, which is the same on every machine and takes no clock.
func TestStartAllocatesLittle(t *testing.T) {
	cmd := exec.Command(built(t), "explain", "Access Denied")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var trace bytes.Buffer
	cmd.Stderr = &trace
	if out, err := cmd.Output(); err != nil || len(out) == 0 {
		t.Fatalf("trail403 explain: %v, %q", err, out)
	}
	const (
		ofPackage  = 48 << 10  // of ours: one regular expression takes 10 to 60 KB
		ofUnused   = 2 << 10   // of ours that explain does not use
		ofOurs     = 128 << 10 // all of ours together
		ofEveryone = 1 << 20   // with all modules; the AWS SDK has half of it
	)
	unused := "trail403/ingest/source/ trail403/report/html trail403/report/parquet trail403/report/plot trail403/aggregate/trend"
	ours, everyone, packages := 0, 0, 0
	for _, m := range initLine.FindAllStringSubmatch(trace.String(), -1) {
		name := strings.Replace(m[1], module+"/", "trail403/", 1)
		allocated, err := strconv.Atoi(m[2])
		if err != nil {
			t.Fatal(err)
		}
		everyone += allocated
		if !strings.HasPrefix(name, "trail403/") {
			continue
		}
		packages++
		ours += allocated
		limit := ofPackage
		for place := range strings.FieldsSeq(unused) {
			if strings.HasPrefix(name, place) {
				limit = ofUnused
			}
		}
		if allocated > limit {
			t.Errorf("the start of %s allocates %d bytes; at most %d are allowed", name, allocated, limit)
		}
	}
	if packages < 20 {
		t.Fatalf("the start of only %d packages was counted:\n%s", packages, trace.String())
	}
	if ours > ofOurs || everyone > ofEveryone {
		t.Errorf("the start allocates %d bytes, %d of them in our packages; at most %d and %d are allowed",
			everyone, ours, ofEveryone, ofOurs)
	}
}

var initLine = regexp.MustCompile(`(?m)^init (\S+) .* (\d+) bytes, \d+ allocs$`)
