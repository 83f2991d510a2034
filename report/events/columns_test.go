package events

import (
	"os"
	"strings"
	"testing"
)

// Every column is described.
func TestColumnsDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/events.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range columns {
		if !strings.Contains(string(text), "`"+c.name+"`") {
			t.Errorf("docs/events.md does not describe %s", c.name)
		}
	}
}

// No spreadsheet runs a cell, and no cell is more than one line.
func TestCell(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "corp-data": "corp-data", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(1)": "'@SUM(1)", "  =1": "'  =1",
		"＝1": "'＝1", "a\nb": `a\nb`, "\t=1": `\t=1`, "\x00": `\x00`, "\xff": `\xff`, "a=b": "a=b",
	} {
		if got := cell(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}
