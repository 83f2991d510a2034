package file

import (
	"reflect"
	"slices"
	"sync"

	"github.com/parquet-go/parquet-go"
)

// column is any of the columns.
type column struct {
	name   string
	part   part
	text   *textColumn
	number *numberColumn
	flag   *flagColumn
}

// columnList returns all columns in the order that they have in a file: by their parts,
// so that a part is one range of bytes.
var columnList = sync.OnceValue(func() []column {
	var list []column
	for _, c := range numberColumns() {
		list = append(list, column{name: c.name, number: &c})
	}
	for _, c := range flagColumns() {
		list = append(list, column{name: c.name, flag: &c})
	}
	for _, c := range textColumns() {
		list = append(list, column{name: c.name, part: c.part, text: &c})
	}
	slices.SortStableFunc(list, func(a, b column) int { return int(a.part) - int(b.part) })
	return list
})

// node describes a column to Parquet. All values are required, so that pages hold
// nothing but values: what a record lacks is empty.
func (c *column) node() parquet.Node {
	switch {
	case c.flag != nil:
		return parquet.Encoded(parquet.Leaf(parquet.BooleanType), &parquet.Plain)
	case c.number != nil && c.number.isTime:
		return parquet.Encoded(parquet.Timestamp(parquet.Microsecond), &parquet.Plain)
	case c.number != nil && c.number.unique:
		return parquet.Encoded(parquet.Leaf(parquet.Int64Type), &parquet.Plain)
	case c.number != nil:
		return parquet.Encoded(parquet.Leaf(parquet.Int64Type), &parquet.RLEDictionary)
	case c.text.unique:
		return parquet.Encoded(parquet.String(), &parquet.Plain)
	}
	return parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
}

// group is a group whose fields keep their order: the library sorts those of its own.
type group struct {
	parquet.Group
	fields []parquet.Field
}

func (g group) Fields() []parquet.Field { return g.fields }

// namedNode is a column with its name.
type namedNode struct {
	parquet.Node
	name string
}

func (f namedNode) Name() string { return f.name }

// Value is for rows that are Go structs. There are none.
func (f namedNode) Value(reflect.Value) reflect.Value { return reflect.Value{} }

// schemaOf returns the schema of a file.
func schemaOf() *parquet.Schema {
	g := group{Group: parquet.Group{}}
	for _, c := range columnList() {
		node := c.node()
		g.Group[c.name] = node
		g.fields = append(g.fields, namedNode{node, c.name})
	}
	return parquet.NewSchema("trail403.store", g)
}
