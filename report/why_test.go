package report

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"trail403/aggregate"
	reportjson "trail403/report/json"
)

func why(t *testing.T, f Format, r *aggregate.Result, q Question) string {
	t.Helper()
	complete(r)
	var out bytes.Buffer
	if err := WriteWhy(&out, f, r, Options{Width: 80}, q); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// What was asked and what the log has are hostile texts.
func TestWhyHostile(t *testing.T) {
	for _, s := range hostileTexts {
		for _, r := range []*aggregate.Result{hostile(s), empty()} {
			q := Question{Principal: s, Bucket: "b" + s, More: "trail403 report " + s}
			for _, f := range []Format{Markdown, Text} {
				if text := why(t, f, r, q); strings.ContainsAny(text, "\x1b\u202e\x07") {
					t.Errorf("%q as %s: %q", s, f, text)
				}
			}
			if !json.Valid([]byte(why(t, JSON, r, q))) {
				t.Errorf("%q: invalid JSON", s)
			}
		}
	}
	if err := WriteWhy(&bytes.Buffer{}, Parquet, empty(), Options{}, Question{}); err == nil {
		t.Error("Parquet: got no error")
	}
}

// docs/why.md describes every field.
func TestWhyDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/why.md")
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]any
	if err := json.Unmarshal([]byte(why(t, JSON, daily(), Question{})), &members); err != nil {
		t.Fatal(err)
	}
	var fields []string
	for name, value := range members {
		in, ok := value.(map[string]any)
		if !ok || name == "window" {
			fields = append(fields, name)
		}
		for inner := range in {
			if name != "window" {
				fields = append(fields, name+"."+inner)
			}
		}
	}
	slices.Sort(fields)
	if want := documented(string(text), "## JSON"); !slices.Equal(fields, want) {
		t.Errorf("got %q, documented %q", fields, want)
	}
	if members["schema"] != reportjson.WhySchema {
		t.Errorf("got schema %v", members["schema"])
	}
}
