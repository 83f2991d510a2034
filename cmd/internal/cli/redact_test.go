package cli

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"trail403/ingest/pseudonym"
)

// tally is what a report finds, without any name in it.
type tally struct {
	Totals    any
	Records   any
	Policies  []string
	Groups    []string
	Incidents []string
}

// tallyOf reads a JSON report. Lists are in the order of their lines, because that of the
// report depends on names where counts are equal.
func tallyOf(t *testing.T, file string) (c tally) {
	t.Helper()
	env, out, errs := testEnv("report", "--format", "json", "--top", "0", file)
	if code := Run(t.Context(), env); code != OK {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	var r struct {
		Coverage struct{ Records any }
		Totals   any
		Policies []struct {
			Cause, Owner                 string
			Denials, Principals, Buckets int
		}
		Groups []struct {
			Type   string `json:"principal_type"`
			Action string
			First  string `json:"first_seen"`
			Last   string `json:"last_seen"`
			Causes []struct {
				Cause   string
				Action  string `json:"denied_action"`
				Why     string `json:"why_not_told"`
				Denials int
			}
			Trend      struct{ Kind, Onset string }
			Hints      []struct{ ID string }
			Statements []struct {
				Effect, Matches string
				Denials         int
			}
		}
		Incidents []struct {
			Pattern, Onset, Certainty    string
			Denials, Principals, Buckets int
			Changes                      []struct {
				Lag int `json:"lag_seconds"`
			}
			Proof *struct{ Explains, Of int }
		}
	}
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	line := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, p := range r.Policies {
		c.Policies = append(c.Policies, line(p))
	}
	for _, g := range r.Groups {
		slices.SortFunc(g.Causes, func(a, b struct {
			Cause   string
			Action  string `json:"denied_action"`
			Why     string `json:"why_not_told"`
			Denials int
		}) int {
			return cmp.Compare(line(a), line(b))
		})
		slices.SortFunc(g.Statements, func(a, b struct {
			Effect, Matches string
			Denials         int
		}) int {
			return cmp.Compare(line(a), line(b))
		})
		c.Groups = append(c.Groups, line(g))
	}
	for _, i := range r.Incidents {
		c.Incidents = append(c.Incidents, line(i))
	}
	slices.Sort(c.Policies)
	slices.Sort(c.Groups)
	slices.Sort(c.Incidents)
	c.Totals, c.Records = r.Totals, r.Coverage.Records
	return c
}

// The report on the demo with other names has the same counts, causes, trends, hints and
// incidents, and holds none of the names.
func TestRedactedDemo(t *testing.T) {
	t.Parallel()
	const demo = "../../../testdata/demo"
	names := pseudonym.New([]byte("a key of this test"))
	dir := t.TempDir()
	var all bytes.Buffer
	err := filepath.WalkDir(demo, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.Contains(path, "-Digest") {
			return err
		}
		text, err := readTrail(Env{}, path)
		if err != nil {
			return err
		}
		text = names.Text(text)
		all.Write(text)
		return os.WriteFile(filepath.Join(dir, filepath.Base(path)+".json"), text, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	got, want := tallyOf(t, dir), tallyOf(t, demo)
	compare := func(name string, got, want []string) {
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Errorf("%s: %d, want %d; from the first that differs\n got %.600s\nwant %.600s", name, len(got), len(want),
					strings.Join(got[min(i, len(got)):], "\n     "), strings.Join(want[min(i, len(want)):], "\n     "))
				return
			}
		}
	}
	asText := func(v any) []string { text, _ := json.Marshal(v); return []string{string(text)} }
	compare("records", asText(got.Records), asText(want.Records))
	compare("totals", asText(got.Totals), asText(want.Totals))
	compare("policies", got.Policies, want.Policies)
	compare("groups", got.Groups, want.Groups)
	compare("incidents", got.Incidents, want.Incidents)
	for _, name := range []string{"corp-data", "finance-exports", "thumbnailer", "111122223333", "dana.whitfield",
		"svc-uploader", "exampleorgid", "vpce-0d4c3b2a190807f6e", "198.51.100.23", "DenyOutsideVpce"} {
		if n := bytes.Count(all.Bytes(), []byte(name)); n > 0 {
			t.Errorf("%s is there %s times", name, strconv.Itoa(n))
		}
	}
}
