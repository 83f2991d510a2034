package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"trail403/ingest/engine/enginetest"
)

// collected collects a trail into a store, by an engine or not, and returns what commands
// say of it.
func collected(t *testing.T, trail string, engine ...string) (report, events string, collect ran) {
	t.Helper()
	store := filepath.Join(t.TempDir(), "store")
	collect = runQuickly(append([]string{"collect", "--store", store, trail}, engine...)...)
	asked := func(args ...string) string {
		got := runQuickly(append(args, "--store", store)...)
		return strings.ReplaceAll(got.stdout, store, "STORE")
	}
	return asked("report", "--format", "json"), asked("events", "--format", "jsonl"), collect
}

// A store that an engine filled is that of a run that reads everything, also for objects
// that the engine did not answer for.
func TestEngineFillsStore(t *testing.T) {
	t.Parallel()
	const trail = demoDir + "/AWSLogs/o-exampleorgid/444455556666/CloudTrail/us-east-1"
	rows := enginetest.Scan(t, trail, "local:///trail")
	report, events, read := collected(t, trail)
	for name, change := range map[string]func([][]string) [][]string{
		"all":         func(rows [][]string) [][]string { return rows },
		"half":        func(rows [][]string) [][]string { return rows[len(rows)/2:] },
		"wrong count": func(rows [][]string) [][]string { return edited(rows, 5, "1") },
	} {
		s := enginetest.NewServer(t, textTable(func(string) ([][]string, string) { return change(slices.Clone(rows)), "" }))
		gotReport, gotEvents, got := collected(t, trail, engineArgs("", s)[1:]...)
		sameReport(t, gotReport, report)
		if gotEvents != events {
			t.Errorf("%s: the events differ", name)
		}
		if got.stdout[:strings.Index(got.stdout, " to the store")] != read.stdout[:strings.Index(read.stdout, " to the store")] {
			t.Errorf("%s: %s\nin place of %s", name, got.stdout, read.stdout)
		}
		if got.code != read.code || !strings.Contains(got.stderr, "the engine answered for ") {
			t.Errorf("%s: exit code %d: %s", name, got.code, got.stderr)
		}
	}
}

// What is in a store is not asked for again, and what failed is.
func TestEngineCollectsOnce(t *testing.T) {
	t.Parallel()
	trail, store := filepath.Join(t.TempDir(), "trail"), filepath.Join(t.TempDir(), "store")
	if err := os.CopyFS(trail, os.DirFS(demoDir+"/AWSLogs/o-exampleorgid/444455556666/CloudTrail/us-east-1")); err != nil {
		t.Fatal(err)
	}
	rows := enginetest.Scan(t, trail, "local:///trail")
	s := enginetest.NewServer(t, textTable(func(string) ([][]string, string) { return rows, "" }))
	args := engineArgs("collect", s, "--store", store, trail)
	if got := runQuickly(args...); got.code != OK || !strings.Contains(got.stderr, "answered for 64 of 65 objects") {
		t.Fatalf("exit code %d: %s", got.code, got.stderr)
	}
	if got := runQuickly(args...); got.code != OK || len(s.Queries()) != 3 || !strings.Contains(got.stdout, "Nothing is new") {
		t.Errorf("exit code %d, %d queries: %s", got.code, len(s.Queries()), got.stdout)
	}
	for failure, code := range map[string]int{"PERMISSION_DENIED": Failed, "HIVE_BAD_DATA": OK} {
		s := enginetest.NewServer(t, textTable(func(string) ([][]string, string) { return nil, failure }))
		got := runQuickly(engineArgs("collect", s, "--store", store+failure, trail)...)
		status := runQuickly("store", "status", store+failure)
		if has := strings.Contains(status.stdout, "64 read, 1 skipped"); got.code != code || has != (code == OK) {
			t.Errorf("%s: exit code %d: %s%s", failure, got.code, got.stderr, status.stdout)
		}
	}
}

// A table that lacks columns fills no store.
func TestEngineFillsStoreCompletely(t *testing.T) {
	t.Parallel()
	store := filepath.Join(t.TempDir(), "store")
	s := enginetest.NewServer(t, func(sql string) ([][]string, string) {
		var columns [][]string
		for _, name := range []string{
			"useridentity", "eventtime", "eventsource", "eventname", "errorcode", "requestparameters", "eventid",
		} {
			columns = append(columns, []string{name, "varchar", "", ""})
		}
		return columns, ""
	})
	got := runQuickly(engineArgs("collect", s, "--store", store, demoDir)...)
	if got.code != Failed || !strings.Contains(got.stderr, errLacks.Error()) || len(s.Queries()) != 1 {
		t.Errorf("exit code %d after %d queries: %s", got.code, len(s.Queries()), got.stderr)
	}
}
