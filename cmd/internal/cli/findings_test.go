package cli

import (
	"archive/tar"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// Each of these archives once led to a finding that was false.
func TestFindings(t *testing.T) {
	shared := os.Getenv("TRAIL403_SHARED")
	if shared == "" {
		t.Skip("TRAIL403_SHARED is not set: it names the folder with cases/findings")
	}
	for name, want := range map[string][]string{
		"workday":     {},
		"weekly":      {},
		"trust":       {"3 groups, DetachRolePolicy, probable"},
		"joined":      {"3 groups, DeleteRolePolicy, probable", "3 groups, DeleteRolePolicy, probable"},
		"accesspoint": {"4 groups, PutAccessPointPolicy, probable"},
		"managed":     {"8 groups, CreatePolicyVersion, probable"},
		"scp":         {"8 groups, AttachPolicy, probable"},
		"kms":         {"4 groups, RevokeGrant, probable"},
		"kmswriter":   {"4 groups, PutKeyPolicy, probable"},
		// Whatever starts here, it starts alone.
		"strangers": {"1 groups", "1 groups", "1 groups", "1 groups", "1 groups"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := unpack(t, filepath.Join(shared, "cases", "findings", name+".tar.gz"))
			r := runJSON(t, OK, dir)
			names := map[string]string{}
			for _, c := range r.Changes {
				names[c.EventID] = c.EventName
			}
			var got []string
			for _, in := range r.Incidents {
				line := fmt.Sprintf("%d groups", len(in.Groups))
				for _, c := range in.Changes {
					line += ", " + names[c.EventID]
				}
				if in.Certainty != "" {
					line += ", " + in.Certainty
				}
				got = append(got, line)
			}
			if strings.Join(got, "; ") != strings.Join(want, "; ") {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// unpack unpacks a small archive of ours into a folder of the test.
func unpack(t *testing.T, name string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if err == io.EOF {
			return dir
		}
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, filepath.FromSlash(h.Name))
		if h.Typeflag == tar.TypeDir || !strings.HasPrefix(to, dir) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err == nil {
			err = os.WriteFile(to, data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Filters choose what is shown, and do not hide why it started.
func TestFiltersDoNotBlind(t *testing.T) {
	const demo = "../../../testdata/demo"
	all := runJSON(t, OK, demo)
	for _, filter := range [][]string{{"--principal", "reader", "--bucket", "corp-data"}, {"--bucket", "corp-data"}, {"--cause", "scp-explicit"}} {
		r := runJSON(t, OK, append(filter, demo)...)
		shown := map[string]bool{}
		for _, g := range r.Groups {
			shown[g.ID] = true
			for _, full := range all.Groups {
				if full.ID == g.ID && full.Trend != g.Trend {
					t.Errorf("%v: %s is %v, without filters %v", filter, g.ID, g.Trend, full.Trend)
				}
			}
		}
		if len(r.Incidents) == 0 {
			t.Errorf("%v: no incident", filter)
		}
		for _, in := range all.Incidents {
			matching := 0
			for _, id := range in.Groups {
				if shown[id] {
					matching++
				}
			}
			found := false
			for _, got := range r.Incidents {
				if got.Onset != in.Onset || got.Pattern != in.Pattern {
					continue
				}
				found = true
				want := in
				want.Matching = matching
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%v: incident %+v, want %+v", filter, got, want)
				}
			}
			if found != (matching > 0) {
				t.Errorf("%v: incident of %s with %d matching groups is shown: %t", filter, in.Onset, matching, found)
			}
		}
	}
}
