package ingest

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"trail403/ingest/coverage"
)

// nodeOf returns the type of a column that holds the values, all of one kind.
func nodeOf(values []any) parquet.Node {
	members := map[string][]any{}
	for _, v := range values {
		switch v := v.(type) {
		case record:
			for key, member := range v {
				members[key] = append(members[key], member)
			}
		case []any:
			return parquet.Optional(parquet.List(nodeOf(v)))
		case bool:
			return parquet.Optional(parquet.Leaf(parquet.BooleanType))
		}
	}
	if len(members) == 0 {
		return parquet.Optional(parquet.String())
	}
	group := parquet.Group{}
	for key, list := range members {
		group[key] = nodeOf(list)
	}
	return parquet.Optional(group)
}

// asParquet writes rows as a Parquet file.
func asParquet(t *testing.T, rows []record) string {
	t.Helper()
	values := map[string][]any{}
	for _, r := range rows {
		for key, v := range r {
			values[key] = append(values[key], v)
		}
	}
	group := parquet.Group{}
	for key, list := range values {
		group[key] = nodeOf(slices.DeleteFunc(list, func(v any) bool { return v == nil }))
	}
	var out bytes.Buffer
	w := parquet.NewGenericWriter[any](&out, parquet.NewSchema("row", group), parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(64))
	for _, r := range rows {
		if _, err := w.Write([]any{map[string]any(r)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Parquet files give the same denials as the records that they were made of.
func TestParquet(t *testing.T) {
	records := drawnRecords(200)
	want := denialsOf(t, `{"Records":`+toJSON(records)+`}`, len(records))
	for name, wrap := range map[string]func(record) record{
		"ocsf":            func(r record) record { return asOCSF(r, "1.1.0") },
		"ocsf 1.0.0-rc.2": func(r record) record { return asOCSF(r, "1.0.0-rc.2") },
		"query":           lower,
		"sentinel":        asSentinel,
		"raw":             func(r record) record { return record{"id": "x", "raw": toJSON(r)} },
	} {
		var rows []record
		for _, r := range records {
			rows = append(rows, wrap(r))
		}
		sameDenials(t, name, denialsOf(t, asParquet(t, rows), len(records)), want)
	}
}

// What holds no records is named, and read no further than it takes to see that.
func TestForeignParquet(t *testing.T) {
	var rows []record
	for range 3000 {
		rows = append(rows, record{"srcaddr": "192.0.2.1", "log_status": "OK"})
	}
	text := asParquet(t, rows)
	c, _ := run(t, Options{}, memory{"a": text, "b": text[:len(text)/2], "c": asParquet(t, rows[:1])})
	if len(c.Unsupported) != 1 || c.Unsupported[0] != (coverage.Unsupported{Object: "a", Shape: coverage.Parquet, Objects: 2}) {
		t.Errorf("got %v", c.Unsupported)
	}
	if c.Objects.Failed != 1 || !strings.Contains(c.Failures[0].Err.Error(), "invalid Parquet") {
		t.Errorf("got %v", c.Failures)
	}
	c, _ = run(t, Options{MaxTemp: 1000}, memory{"a": text})
	if c.Objects.Failed != 1 || !strings.Contains(c.Failures[0].Err.Error(), "max-temp") {
		t.Errorf("got %v", c.Failures)
	}
}
