package message

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A vector is one line of a vectors file.
type vector struct {
	Message   string `json:"message"`
	Cause     Cause  `json:"cause"`
	Action    string `json:"denied_action"`
	PolicyARN string `json:"policy_arn"`
	Note      string `json:"note"`

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
	for _, c := range Causes() {
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

// A message that is cut anywhere never gets another cause than the whole one,
// except that it may have none.
func TestCutAnywhere(t *testing.T) {
	for _, v := range readVectors(t, "testdata/vectors.jsonl") {
		m := Parse(v.Message)
		if m.Policy == "" || m.Effect == "" || strings.Contains(v.Note, "hostile") ||
			strings.Contains(v.Note, "transitively") || strings.Contains(v.Note, "access grants") {
			continue
		}
		for n := range len(v.Message) {
			switch got := Parse(v.Message[:n]); got.Cause {
			case m.Cause, Truncated, NotTold, Unrecognized:
			case Explicit:
				if m.Effect != "explicit" {
					t.Errorf("%q: got %s", v.Message[:n], got.Cause)
				}
			default:
				t.Errorf("%q: got %s", v.Message[:n], got.Cause)
			}
		}
	}
}

func TestCauses(t *testing.T) {
	const want = 28
	all := Causes()
	if len(all) != want || len(slices.Compact(slices.Sorted(slices.Values(all)))) != want {
		t.Errorf("got %d causes, want %d different ones: %v", len(all), want, all)
	}
	all[0] = "spoiled"
	if Causes()[0] != IdentityImplicit {
		t.Error("Causes returns its own memory")
	}
	for _, c := range Causes() {
		p, effect := c.split()
		if p != nil && effect != "" && string(c) != p.name+"-"+effect {
			t.Errorf("%s splits into %s and %s", c, p.name, effect)
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
