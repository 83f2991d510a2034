package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
)

// jsonReport is the part of the JSON report that tests look at.
type jsonReport struct {
	text     string
	Schema   string
	Coverage struct {
		Objects struct {
			Listed, Read, Failed int
			Skipped              map[string]int
		}
		Records  map[string]int
		Pruned   []string
		Failures []struct{ Object, Error string }
	}
	Totals    struct{ Denials, Groups, Principals, Buckets int }
	Policies  []jsonPolicy
	Incidents []struct {
		Pattern, Onset, Certainty string
		Groups                    []string
		Matching, Denials         int
		Changes                   []struct {
			EventID    string `json:"event_id"`
			LagSeconds int    `json:"lag_seconds"`
		}
		After []struct {
			EventID string `json:"event_id"`
			Seconds int    `json:"after_seconds"`
		} `json:"changes_after"`
	}
	Changes []struct {
		EventID   string `json:"event_id"`
		EventName string `json:"event_name"`
	}
	Groups []struct {
		ID            string
		Principal     string
		Action        string
		Bucket        string
		BucketAccount string `json:"bucket_account"`
		Denials       int
		FirstSeen     string           `json:"first_seen"`
		LastSeen      string           `json:"last_seen"`
		Causes        []map[string]any `json:"causes"`
		Series        []struct{ Denials int }
		EventNames    map[string]int `json:"event_names"`
		Trend         struct{ Kind, Onset string }
		From          map[string]json.RawMessage
		Hints         []struct{ ID, Text string }
		Examples      []map[string]string
	}
}

type jsonPolicy struct {
	ARN                             string `json:"policy_arn"`
	Cause, Bucket, Principal, Owner string
	Why                             string `json:"why_not_told"`
	VPCEndpoint                     string `json:"vpc_endpoint"`
	Denials, Principals, Buckets    int
	FirstSeen                       string `json:"first_seen"`
	LastSeen                        string `json:"last_seen"`
}

// check says whether the report's numbers add up.
func (r *jsonReport) check(t *testing.T) {
	t.Helper()
	c := r.Coverage
	skipped, records := 0, 0
	for _, n := range c.Objects.Skipped {
		skipped += n
	}
	for name, n := range c.Records {
		if name != "seen" {
			records += n
		}
	}
	if c.Objects.Listed != c.Objects.Read+c.Objects.Failed+skipped || c.Records["seen"] != records || c.Objects.Failed != len(c.Failures) {
		t.Errorf("coverage does not add up: %+v", c)
	}
	total := 0
	for _, g := range r.Groups {
		causes, series, names := 0, 0, 0
		for _, x := range g.Causes {
			causes += int(x["denials"].(float64))
		}
		for _, x := range g.Series {
			series += x.Denials
		}
		for _, n := range g.EventNames {
			names += n
		}
		if causes != g.Denials || series != g.Denials || names != g.Denials {
			t.Errorf("group %s %s %s: %d denials, %d by cause, %d in the series, %d by name", g.Principal, g.Action, g.Bucket, g.Denials, causes, series, names)
		}
		total += g.Denials
	}
	r.checkPolicies(t)
	for _, g := range r.Groups {
		checkFrom(t, g.From, g.Denials)
	}
	if total != r.Totals.Denials || total != c.Records["kept"] || len(r.Groups) != r.Totals.Groups {
		t.Errorf("%d denials in groups, %d in all, %d kept", total, r.Totals.Denials, c.Records["kept"])
	}
}

// checkPolicies wants each denial in one policy, and none told apart by nothing.
func (r *jsonReport) checkPolicies(t *testing.T) {
	t.Helper()
	sum := 0
	type key struct{ arn, cause, why, bucket, principal, endpoint, owner string }
	seen := map[key]bool{}
	for i, p := range r.Policies {
		sum += p.Denials
		k := key{p.ARN, p.Cause, p.Why, p.Bucket, p.Principal, p.VPCEndpoint, p.Owner}
		if p.ARN != "" {
			k = key{arn: p.ARN}
		}
		if seen[k] || p.Denials < 1 || p.Principals < 1 || i > 0 && p.Denials > r.Policies[i-1].Denials || p.FirstSeen > p.LastSeen {
			t.Errorf("policy %d: %+v", i, p)
		}
		seen[k] = true
	}
	if sum != r.Totals.Denials {
		t.Errorf("%d denials in policies, %d in all", sum, r.Totals.Denials)
	}
}

// checkFrom wants lists that are short, and no more denials than there are.
func checkFrom(t *testing.T, from map[string]json.RawMessage, denials int) {
	t.Helper()
	var other map[string]struct{ Values, Denials int }
	if err := json.Unmarshal(from["other"], &other); err != nil {
		t.Fatal(err)
	}
	for name, rest := range other {
		var list []struct{ Denials int }
		if err := json.Unmarshal(from[name], &list); err != nil {
			t.Fatal(err)
		}
		sum := rest.Denials
		for _, v := range list {
			sum += v.Denials
		}
		if sum > denials || len(list) > 5 || rest.Values > 0 && len(list) < 5 || rest.Values > rest.Denials || (name == "regions") && sum != denials {
			t.Errorf("%s: %v and %+v of %d denials", name, list, rest, denials)
		}
	}
}

// runJSON runs `report --format json` and reads its output.
func runJSON(t *testing.T, wantCode int, args ...string) (r jsonReport) {
	t.Helper()
	var out, errs bytes.Buffer
	env := Env{
		Args: append([]string{"report", "--format", "json"}, args...), Stdout: &out, Stderr: &errs,
		Now: testNow, IsTerminal: func(any) bool { return false },
		TerminalWidth: func(any) int { return 0 }, Getenv: func(string) string { return "" },
	}
	if code := Run(t.Context(), env); code != wantCode {
		t.Fatalf("exit code %d, want %d: %s", code, wantCode, errs.String())
	}
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	r.text = out.String()
	r.check(t)
	return r
}

// The demo's truth was counted by its generator while it made the archive.
func TestDemoTruth(t *testing.T) {
	text, err := os.ReadFile("../../../testdata/demo.truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var truth struct {
		Records    map[string]int
		Denials    int
		Groups     int
		Principals int
		Buckets    int
		Causes     map[string]int
		Why        map[string]int `json:"why_not_told"`
		Stories    []truthStory
		GroupList  []struct {
			Principal, Action, Bucket string
			BucketAccount             string `json:"bucket_account"`
			Story, Trend              string
			Denials                   int
			FirstSeen                 string `json:"first_seen"`
			LastSeen                  string `json:"last_seen"`
			Causes                    map[string]int
		} `json:"group_list"`
	}
	if err := json.Unmarshal(text, &truth); err != nil {
		t.Fatal(err)
	}
	r := runJSON(t, OK, "../../../testdata/demo")
	for name, n := range truth.Records {
		if r.Coverage.Records[name] != n {
			t.Errorf("records %s: %d, want %d", name, r.Coverage.Records[name], n)
		}
	}
	if x := r.Totals; x.Denials != truth.Denials || x.Groups != truth.Groups || x.Principals != truth.Principals || x.Buckets != truth.Buckets {
		t.Errorf("totals %+v", x)
	}
	causes, why := map[string]int{}, map[string]int{}
	type group struct{ principal, action, bucket string }
	got := map[group]int{}
	for i, g := range r.Groups {
		got[group{g.Principal, g.Action, g.Bucket}] = i
		for _, c := range g.Causes {
			causes[c["cause"].(string)] += int(c["denials"].(float64))
			if w := c["why_not_told"].(string); w != "" {
				why[w] += int(c["denials"].(float64))
			}
		}
	}
	if !reflect.DeepEqual(causes, truth.Causes) {
		t.Errorf("causes\n got %v\nwant %v", causes, truth.Causes)
	}
	if !reflect.DeepEqual(why, truth.Why) {
		t.Errorf("why not told\n got %v\nwant %v", why, truth.Why)
	}
	for _, want := range truth.GroupList {
		i, ok := got[group{want.Principal, want.Action, want.Bucket}]
		if !ok {
			t.Errorf("no group %s %s %s", want.Principal, want.Action, want.Bucket)
			continue
		}
		g := r.Groups[i]
		if g.Denials != want.Denials || g.FirstSeen != want.FirstSeen || g.LastSeen != want.LastSeen || g.BucketAccount != want.BucketAccount {
			t.Errorf("group\n got %+v\nwant %+v", g, want)
		}
		if want.Trend == "" && want.Story == "key-policy" && g.Trend.Kind == "spike" {
			continue // its groups jump near the end
		}
		if quiet := g.Trend.Kind == "steady" || g.Trend.Kind == "sporadic"; g.Trend.Kind != want.Trend && (want.Trend != "" || !quiet) {
			t.Errorf("%s %s %s is %s, want %s", g.Principal, g.Action, g.Bucket, g.Trend.Kind, want.Trend)
		}
	}
	checkIncidents(t, &r, truth.Stories)

	// Denials by owner are the truth's by cause.
	owners := map[string]string{}
	for _, p := range r.Policies {
		kind, _, _ := strings.Cut(p.Cause, "-")
		if old, ok := owners[kind]; ok && old != p.Owner && kind != "not" && kind != "resource" {
			t.Errorf("%s is of %s and of %s", kind, old, p.Owner)
		}
		owners[kind] = p.Owner
		switch {
		case p.ARN != "" && p.Bucket+p.Principal+p.VPCEndpoint != "",
			p.Owner == "organization" && p.Bucket+p.Principal != "",
			p.ARN == "" && p.Owner == "identity" && (p.Principal == "" || p.Principals != 1),
			p.ARN == "" && p.Owner == "bucket" && p.Bucket == "" && p.Cause != "access-grants":
			t.Errorf("policy %+v", p)
		}
	}
	if top := r.Policies[0]; top.Owner != "key" || top.Bucket != "finance-exports" || top.Principals != 3 {
		t.Errorf("the first policy is %+v", top)
	}

	// Hints are where their stories are.
	hints := map[string]int{}
	for _, g := range r.Groups {
		for _, h := range g.Hints {
			hints[h.ID] += g.Denials
		}
	}
	want := map[string]int{"anonymous-probe": truth.Why["anonymous"], "service-delivery": truth.Why["aws-service"], "network-activity-only": truth.Causes["vpce"] + truth.Causes["vpce-explicit"] + truth.Causes["vpce-implicit"]}
	for id, n := range want {
		if hints[id] != n {
			t.Errorf("hint %s for %d denials, want %d", id, hints[id], n)
		}
	}
	for _, s := range truth.Stories {
		switch s.Name {
		case "quarantine", "enumeration":
			id := map[string]string{"quarantine": "quarantined-key", "enumeration": "enumeration"}[s.Name]
			if hints[id] != s.Denials {
				t.Errorf("hint %s for %d denials, want %d", id, hints[id], s.Denials)
			}
		}
	}
}

type truthStory struct {
	Name, Pattern, Onset string
	Groups, Denials      int
	// Ends are the changes after the last denial.
	Changes, Ends, Decoys []struct {
		EventID string `json:"event_id"`
		Lag     int    `json:"lag_seconds"`
		After   int    `json:"after_seconds"`
	}
}

// checkIncidents wants the incidents that were planted, each with its change and
// nothing else, and no decoy named anywhere.
func checkIncidents(t *testing.T, r *jsonReport, stories []truthStory) {
	t.Helper()
	planted := 0
	for _, s := range stories {
		for _, decoy := range s.Decoys {
			if strings.Contains(r.text, decoy.EventID) {
				t.Errorf("%s: the decoy %s is named", s.Name, decoy.EventID)
			}
		}
		if s.Pattern == "" || s.Onset == "" {
			continue
		}
		planted++
		found := false
		for _, in := range r.Incidents {
			if in.Pattern != s.Pattern || in.Onset != s.Onset {
				continue
			}
			found = true
			if len(in.Groups) < s.Groups || len(in.Groups) > s.Groups+1 {
				t.Errorf("%s: %d groups, want %d", s.Name, len(in.Groups), s.Groups)
			}
			if len(in.Changes) != len(s.Changes) {
				t.Errorf("%s: changes %v, want %v", s.Name, in.Changes, s.Changes)
				continue
			}
			for i, c := range s.Changes {
				if got := in.Changes[i]; got.EventID != c.EventID || got.LagSeconds != c.Lag {
					t.Errorf("%s: change %v, want %v", s.Name, got, c)
				}
			}
			if len(in.After) != len(s.Ends) {
				t.Errorf("%s: changes after %v, want %v", s.Name, in.After, s.Ends)
				continue
			}
			for i, c := range s.Ends {
				if got := in.After[i]; got.EventID != c.EventID || got.Seconds != c.After {
					t.Errorf("%s: change after %v, want %v", s.Name, got, c)
				}
			}
		}
		if !found {
			t.Errorf("%s: no incident %s with onset %s", s.Name, s.Pattern, s.Onset)
		}
	}
	// The spike, which nothing explains, is one more.
	if planted < 7 || len(r.Incidents) != planted+1 {
		t.Errorf("%d incidents, planted are %d", len(r.Incidents), planted)
	}
}
