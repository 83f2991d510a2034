package words

import (
	"slices"
	"testing"

	"trail403/ingest/coverage"
)

// One warning a shape. Every shape has a name.
func TestUnsupported(t *testing.T) {
	list := []coverage.Unsupported{{Object: "a", Shape: coverage.Splunk, Objects: 1}, {Object: "b", Shape: coverage.XZ, Objects: 2}}
	want := []string{
		"a was skipped: it is a Splunk export, which is not read",
		"2 objects were skipped, b among them: they are xz, which is not read",
	}
	if got := unsupported(list); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, s := range coverage.Shapes() {
		if shapeText[s] == "" {
			t.Errorf("the shape %s has no name", s)
		}
	}
}
