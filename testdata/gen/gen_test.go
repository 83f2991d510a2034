package main

import (
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/klauspost/compress/gzip"
)

// demo is generated once for all the tests that only look.
var demo = sync.OnceValues(func() ([]*file, *truth) { return generate(defaultSeed) })

const again = "\nto write the archive again: go generate ./testdata/gen"

// TestDemoIsWhatTheGeneratorMakes compares contents and not compressed bytes, which another release of the codec may change.
func TestDemoIsWhatTheGeneratorMakes(t *testing.T) {
	dir := t.TempDir()
	truthFile := filepath.Join(dir, "truth.json")
	if err := run(dir, defaultSeed, truthFile, false); err != nil {
		t.Fatal(err)
	}
	want, got := contents(t, dir), contents(t, "../demo")
	for name, body := range want {
		switch committed, ok := got[name]; {
		case !ok:
			t.Errorf("testdata/demo lacks %s%s", name, again)
		case !bytes.Equal(committed, body):
			t.Errorf("testdata/demo/%s has other contents than the generator writes%s", name, again)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("testdata/demo has %s, which the generator does not write%s", name, again)
		}
	}
	if !bytes.Equal(read(t, truthFile), read(t, "../demo.truth.json")) {
		t.Errorf("testdata/demo.truth.json differs from what the generator counts%s", again)
	}
}

func TestRunRefusesAnArchiveThatIsThere(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "AWSLogs", organization), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := run(dir, defaultSeed, "", false); err == nil || !strings.Contains(err.Error(), "-clean") {
		t.Errorf("run into an old archive: error %v, want one that names -clean", err)
	}
}

func TestEveryCauseIsPlanted(t *testing.T) {
	_, truth := demo()
	for _, cause := range strings.Fields(`
		identity-implicit identity-explicit resource-implicit resource-explicit scp-implicit scp-explicit rcp-implicit rcp-explicit
		vpce-implicit vpce-explicit boundary-implicit boundary-explicit session-implicit session-explicit trust-implicit trust-explicit
		vpce explicit block-public-acls block-public-policy sse-c-blocked object-lock access-grants kms-key request-expired truncated
		not-told unrecognized`) {
		if truth.Causes[cause] == 0 {
			t.Errorf("no denial with the cause %s", cause)
		}
	}
	for _, why := range []string{"anonymous", "other-account", "directory-bucket", "aws-service", "unknown"} {
		if truth.Why[why] == 0 {
			t.Errorf("no not-told denial for the reason %s", why)
		}
	}
	if r := truth.Records; r.Seen != r.Kept+r.Duplicate+r.NotS3Denied || r.Kept != truth.Denials {
		t.Errorf("records do not add up: %+v, %d denials", r, truth.Denials)
	}
}

// TestTruncatedMessages checks the one length that CloudTrail cuts to.
func TestTruncatedMessages(t *testing.T) {
	files, _ := demo()
	n := 0
	for e := range entries(files) {
		if e.denial == nil || e.denial.cause != "truncated" {
			continue
		}
		n++
		if m := e.record.get("errorMessage").(string); len(m) != 1024 || !strings.HasSuffix(m, "...") || strings.Contains(m, "because") {
			t.Errorf("message of %d bytes ends in %q", len(m), m[len(m)-20:])
		}
	}
	if n == 0 {
		t.Error("no truncated message")
	}
}

// TestFilesAreJSON decodes every file, which also proves the odd ones valid.
func TestFilesAreJSON(t *testing.T) {
	files, _ := demo()
	for _, f := range files {
		if valid := json.Valid(f.body); valid != (f.kind != "not-cloudtrail") {
			t.Errorf("%s (%s): valid JSON: %v", f.path, f.kind, valid)
		}
	}
}

func entries(files []*file) func(func(*entry) bool) {
	var all []*entry
	for _, f := range files {
		all = append(all, f.entries...)
	}
	return slices.Values(all)
}

// contents reads the archive below dir, decompressed.
func contents(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	root := filepath.Join(dir, "AWSLogs")
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body := read(t, name)
		if strings.HasSuffix(name, ".gz") {
			z, err := gzip.NewReader(bytes.NewReader(body))
			if err != nil {
				return err
			}
			if body, err = io.ReadAll(z); err != nil {
				return err
			}
		}
		relative, err := filepath.Rel(root, name)
		all[filepath.ToSlash(relative)] = body
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return body
}
