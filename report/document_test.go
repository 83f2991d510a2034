package report

import (
	"encoding/json"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"trail403/report/parquet"
)

// docs/report-format.md describes every field and column, and none that is not
// there.
func TestDocumented(t *testing.T) {
	text, err := os.ReadFile("../docs/report-format.md")
	if err != nil {
		t.Fatal(err)
	}
	check := func(heading string, got []string) {
		t.Helper()
		slices.Sort(got)
		if want := documented(string(text), heading); !slices.Equal(got, want) {
			t.Errorf("%s:\nthe report has    %q\nthe page describes %q", heading, got, want)
		}
	}
	var fields []string
	structs := jsonMembers()
	var members map[string]json.RawMessage
	o := Options{Suggest: true, Against: sinceDaily(t)}
	if err := json.Unmarshal(write(t, JSON, withLive(), o), &members); err != nil {
		t.Fatal(err)
	}
	for name := range members {
		fields = append(fields, leaves(name, structs[name])...)
	}
	check("## JSON", fields)
	columns := func(table parquet.Table) (names []string) {
		for _, c := range openParquet(t, write(t, Parquet, daily(), Options{Table: table})).Schema().Columns() {
			names = append(names, strings.Join(c, "."))
		}
		return names
	}
	for _, table := range parquet.Tables() {
		check("### Table "+string(table), columns(table))
		if got, want := parquet.Columns(table), columns(table); !slices.Equal(got, want) {
			t.Errorf("%s: CSV has the columns %q, and Parquet has %q", table, got, want)
		}
	}
}

// leaves names the fields of a type that hold no others.
func leaves(name string, t reflect.Type) []string {
	if t != nil && t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Struct {
		name, t = name+"[]", t.Elem()
	}
	if t != nil && t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct || t.PkgPath() == "time" {
		return []string{name}
	}
	var all []string
	for f := range t.Fields() {
		all = append(all, leaves(strings.TrimSuffix(memberOf(name, f), ",omitempty"), f.Type)...)
	}
	return all
}

var tableRow = regexp.MustCompile("(?m)^\\| `([^`]+)` \\|")

// documented returns what the tables of a section describe, sorted.
func documented(page, heading string) (names []string) {
	_, section, _ := strings.Cut(page, heading+"\n")
	level := strings.Count(heading, "#")
	if i := regexp.MustCompile(`(?m)^#{1,` + string(rune('0'+level)) + `} `).FindStringIndex(section); i != nil {
		section = section[:i[0]]
	}
	for _, m := range tableRow.FindAllStringSubmatch(section, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return names
}
