package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Texts as people paste them, with the right answers beside them: the same on
// standard input and as an argument.
func TestExplainCases(t *testing.T) {
	shared := os.Getenv("TRAIL403_SHARED")
	if shared == "" {
		t.Skip("TRAIL403_SHARED is not set: it names the folder with cases/explain")
	}
	dir := filepath.Join(shared, "cases", "explain")
	list, err := os.ReadFile(filepath.Join(dir, "answers.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(list)) {
		var want struct {
			File    string
			Answers []map[string]*string // null is not judged
		}
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(dir, want.File))
		if err != nil {
			t.Fatal(err)
		}
		fromInput, _, _ := explain(t, string(text))
		fromArgument, _, _ := explain(t, "", "--", string(text))
		for _, answers := range [][]jsonAnswer{fromInput, fromArgument} {
			if len(answers) != len(want.Answers) {
				t.Errorf("%s: %d answers, want %d", want.File, len(answers), len(want.Answers))
				continue
			}
			for i, a := range answers {
				got := map[string]string{"cause": a.Cause, "action": a.Action, "bucket": a.Bucket, "principal": a.Principal}
				for field, value := range want.Answers[i] {
					if value != nil && got[field] != *value {
						t.Errorf("%s: %s is %q, want %q", want.File, field, got[field], *value)
					}
				}
			}
		}
	}
}
