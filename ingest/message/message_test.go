package message

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"trail403/ingest/event"
)

// A vector is one line of a vectors file.
type vector struct {
	Message   string      `json:"message"`
	Cause     event.Cause `json:"cause"`
	Action    string      `json:"denied_action"`
	PolicyARN string      `json:"policy_arn"`
	Note      string      `json:"note"`

	// These are compared where the line has them.
	Principal *string `json:"principal"`
	Resource  *string `json:"resource"`
}

func readVectors(tb testing.TB, name string) []vector {
	tb.Helper()
	f, err := os.Open(name)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var vs []vector
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var v vector
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			tb.Fatalf("%s:%d: %v", name, len(vs)+1, err)
		}
		vs = append(vs, v)
	}
	if err := lines.Err(); err != nil {
		tb.Fatal(err)
	}
	if len(vs) == 0 {
		tb.Fatalf("%s holds no vectors", name)
	}
	return vs
}

func checkVectors(t *testing.T, vs []vector) {
	for i, v := range vs {
		m := Parse(v.Message)
		if m.Cause != v.Cause || m.Action != v.Action || m.PolicyARN != v.PolicyARN ||
			v.Principal != nil && m.Principal != *v.Principal || v.Resource != nil && m.Resource != *v.Resource {
			t.Errorf("line %d (%s):\n%s\ngot  %#v\nwant %s, %q, %q", i+1, v.Note, v.Message, m, v.Cause, v.Action, v.PolicyARN)
		}
	}
}

func TestSharedVectors(t *testing.T) {
	dir := os.Getenv("TRAIL403_SHARED")
	if dir == "" {
		t.Skip("TRAIL403_SHARED is not set: it names the folder with vectors/denied-messages.jsonl")
	}
	checkVectors(t, readVectors(t, filepath.Join(dir, "vectors", "denied-messages.jsonl")))
}

func TestVectors(t *testing.T) {
	vs := readVectors(t, "testdata/vectors.jsonl")
	checkVectors(t, vs)
	for _, c := range event.Causes() {
		if !slices.ContainsFunc(vs, func(v vector) bool { return v.Cause == c }) {
			t.Errorf("no vector for %s", c)
		}
	}
}

func TestVectorsRoundTrip(t *testing.T) {
	for _, v := range readVectors(t, "testdata/vectors.jsonl") {
		checkPrinted(t, Parse(v.Message))
	}
}

// A message that is cut anywhere never gets another cause than the complete one,
// except that it may have none.
func TestCutAnywhere(t *testing.T) {
	for _, v := range readVectors(t, "testdata/vectors.jsonl") {
		m := Parse(v.Message)
		if m.Cause.Policy() == "" || m.Cause.Effect() == "" || strings.Contains(v.Note, "hostile") ||
			strings.Contains(v.Note, "transitively") || strings.Contains(v.Note, "access grants") {
			continue
		}
		for n := range len(v.Message) {
			switch got := Parse(v.Message[:n]); got.Cause {
			case m.Cause, event.Truncated, event.NotTold, event.Unrecognized:
			case event.ExplicitUnknown:
				if m.Cause.Effect() != event.Explicit {
					t.Errorf("%q: got %s", v.Message[:n], got.Cause)
				}
			default:
				t.Errorf("%q: got %s", v.Message[:n], got.Cause)
			}
		}
	}
}

func TestAllocations(t *testing.T) {
	vs := readVectors(t, "testdata/vectors.jsonl")
	n := testing.AllocsPerRun(100, func() {
		for _, v := range vs {
			Parse(v.Message)
		}
	})
	if n != 0 {
		t.Errorf("%d messages: %v allocations, want 0", len(vs), n)
	}
}
