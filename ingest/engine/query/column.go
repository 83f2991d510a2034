package query

import "strings"

// Column is a column of a table.
type Column struct {
	Name, Type string
	Partition  bool
	// Sample is a value of a partition column, or the pattern of its values as partition
	// projection has it (yyyy/MM/dd), if one is known.
	Sample string
}

func isText(kind string) bool {
	return kind == "string" || strings.HasPrefix(kind, "varchar")
}

// Samples asks for a value of each partition column, in their order. It is empty for a
// table without partitions.
func Samples(table Table, columns []Column) string {
	var values []string
	for _, c := range columns {
		if c.Partition {
			values = append(values, "CAST(max("+identifier(c.Name)+") AS varchar)")
		}
	}
	if values == nil {
		return ""
	}
	table.Name += "$partitions"
	return "SELECT " + strings.Join(values, ", ") + " FROM " + table.String()
}
