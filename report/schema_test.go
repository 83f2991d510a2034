package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	reportjson "trail403/report/json"
	"trail403/report/parquet"
)

// The names and types of everything that programs read are recorded: fields are
// added, but never renamed, removed or changed within a version.
func TestSchema(t *testing.T) {
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s\n\n", reportjson.Schema)
	types := jsonMembers()
	var members map[string]json.RawMessage
	o := Options{Suggest: true, Against: sinceDaily(t)}
	if err := json.Unmarshal(write(t, JSON, withLive(), o), &members); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for name := range members {
		if types[name] == nil {
			lines = append(lines, fmt.Sprintf("%s: %s", name, kindOf(members[name])))
			continue
		}
		lines = append(lines, typesOf(name, types[name])...)
	}
	slices.Sort(lines)
	for _, line := range lines {
		fmt.Fprintln(&out, line)
	}
	for _, table := range parquet.Tables() {
		fmt.Fprintf(&out, "\n%s\n", openParquet(t, write(t, Parquet, daily(), Options{Table: table})).Schema())
	}
	checkGolden(t, "schema", out.Bytes())
}

// kindOf says what a member is that has no type of its own.
func kindOf(value json.RawMessage) string {
	switch value[0] {
	case '[':
		return "list of strings"
	case '"':
		return "string"
	}
	return "other"
}

// jsonMembers are the types of the members of the JSON report that are objects.
func jsonMembers() map[string]reflect.Type {
	return map[string]reflect.Type{
		"window": reflect.TypeFor[reportjson.Window](), "coverage": reflect.TypeFor[reportjson.Coverage](),
		"totals": reflect.TypeFor[reportjson.Totals](), "policies": reflect.TypeFor[[]reportjson.Policy](),
		"groups": reflect.TypeFor[[]reportjson.Group](), "suggestions": reflect.TypeFor[[]reportjson.Suggestion](),
		"incidents": reflect.TypeFor[[]reportjson.Incident](), "changes": reflect.TypeFor[[]reportjson.Change](),
		"comparison": reflect.TypeFor[reportjson.Comparison](), "live": reflect.TypeFor[reportjson.Live](),
	}
}

// typesOf names the fields below a field, each with its type and tag.
func typesOf(name string, t reflect.Type) []string {
	optional := ""
	if t.Kind() == reflect.Pointer {
		t, optional = t.Elem(), " or null"
	}
	if t.Kind() == reflect.Slice {
		name, t = name+"[]", t.Elem()
	}
	if t.Kind() != reflect.Struct || t.PkgPath() == "time" {
		kind := t.Kind().String()
		if t.PkgPath() == "time" {
			kind = "time"
		}
		if t.Kind() == reflect.Map {
			kind = "map of " + t.Elem().Kind().String()
		}
		return []string{name + ": " + kind + optional}
	}
	var all []string
	for f := range t.Fields() {
		all = append(all, typesOf(memberOf(name, f), f.Type)...)
	}
	return all
}

// memberOf names a field of an object as encoding/json does, which writes the fields of
// what is embedded in the place of the object itself.
func memberOf(object string, f reflect.StructField) string {
	if f.Anonymous {
		return object
	}
	return object + "." + f.Tag.Get("json")
}
