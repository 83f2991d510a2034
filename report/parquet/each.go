package parquet

import (
	"fmt"
	"reflect"
	"strings"

	"trail403/aggregate"
)

// Each walks the rows of a table. row holds the values of a row, in the order of the
// columns, and is valid for one step.
func Each(r *aggregate.Result, o Options, row func(values []reflect.Value) error) error {
	switch o.Table {
	case Series:
		return each(seriesRows(r, o.Zeros), row)
	case Groups, "":
		return each(groupRows(r), row)
	case Denials:
		return each(denialRows(denialsOf(r)), row)
	case Incidents:
		return each(incidentRows(r), row)
	case Changes:
		return each(changeRows(r), row)
	case Policies:
		return each(policyRows(r), row)
	case Coverage:
		return each(coverageRows(r), row)
	}
	return fmt.Errorf("unknown table %q", o.Table)
}

func each[T any](rows rows[T], row func(values []reflect.Value) error) error {
	values := make([]reflect.Value, reflect.TypeFor[T]().NumField())
	return rows(func(one T) error {
		v := reflect.ValueOf(one)
		for i := range values {
			values[i] = v.Field(i)
		}
		return row(values)
	})
}

// Columns returns the names of the columns of a table.
func Columns(table Table) []string {
	types := map[Table]reflect.Type{
		Series: reflect.TypeFor[seriesRow](), Groups: reflect.TypeFor[groupRow](), "": reflect.TypeFor[groupRow](),
		Denials: reflect.TypeFor[denialRow](), Incidents: reflect.TypeFor[incidentRow](),
		Changes: reflect.TypeFor[changeRow](), Policies: reflect.TypeFor[policyRow](),
		Coverage: reflect.TypeFor[coverageRow](),
	}
	var names []string
	for f := range types[table].Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("parquet"), ",")
		names = append(names, name)
	}
	return names
}
