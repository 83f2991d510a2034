package words

import (
	"os"
	"slices"
	"strings"
	"testing"

	"trail403/ingest/coverage"
	"trail403/ingest/envelope/flat"
)

// One warning a shape that lacks something. Every shape and field has a name.
func TestFlattened(t *testing.T) {
	list := coverage.Flattened{
		{Seen: flat.Seen{Shape: flat.OCSF, Errors: 1, Carried: flat.AllFields}, Object: "a", Objects: 1},
		{Seen: flat.Seen{Shape: flat.History, Errors: 2, Carried: flat.AllFields &^ (flat.ErrorMessage | flat.CallerARN)}, Object: "b", Objects: 1},
		{Seen: flat.Seen{Shape: flat.Sentinel, Errors: 2, Carried: flat.AllFields &^ flat.Request}, Object: "c", Objects: 2},
		{Seen: flat.Seen{Shape: flat.Elastic}, Object: "d", Objects: 1},
	}
	want := []string{
		"b is in the form of the event history of the CloudTrail console: no record with an error has an error message or an ARN of the caller",
		"2 objects are in the form of the table AWSCloudTrail of Microsoft Sentinel, c among them: no record with an error has request parameters",
	}
	if got := flattened(list); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, s := range flat.Shapes() {
		if FlatText[s] == "" {
			t.Errorf("the shape %s has no name", s)
		}
	}
	all := flat.Fields(0)
	for _, f := range fieldText {
		all |= f.field
	}
	if all != flat.AllFields {
		t.Errorf("fields %b have no name", flat.AllFields&^all)
	}
}

// The page about inputs has a row for each flattened shape, by the name in warnings.
func TestFlattenedDocs(t *testing.T) {
	page, err := os.ReadFile("../../docs/inputs.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range flat.Shapes() {
		if !strings.Contains(string(page), "\n| "+FlatText[s]+" | ") {
			t.Errorf("docs/inputs.md has no row for %s", FlatText[s])
		}
	}
}
