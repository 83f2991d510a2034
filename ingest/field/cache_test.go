package field

import (
	"fmt"
	"strings"
	"testing"
)

// What is remembered is what would be read, however many values came and whatever
// took their place.
func TestTexts(t *testing.T) {
	var texts Texts
	for range 3 {
		for i := range 3 * sets * ways {
			value := []byte(fmt.Sprintf(`"AKIAIOSFODNN7EXAMPLE %d\n"`, i))
			if i%100 == 0 {
				value = []byte(`"` + strings.Repeat("x", longest+i) + `"`)
			}
			if got := texts.Text(value); got != Text(value) {
				t.Fatalf("%s is read as %q", value, got)
			}
			if got, want := texts.Redacted(value), Redact(Text(value)); got != want {
				t.Fatalf("%s is redacted to %q, want %q", value, got, want)
			}
		}
	}
	if got := texts.Text(nil) + texts.Redacted(nil); got != "" {
		t.Errorf("nothing is read as %q", got)
	}
}
