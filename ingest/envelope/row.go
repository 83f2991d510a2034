package envelope

import (
	"bytes"
	"slices"

	"trail403/ingest/scan"
)

// mostColumns is how many columns a row may have. CloudTrail's records have some thirty
// members.
const mostColumns = 256

// rowOf returns a row of a table as an object. CloudWatch Logs Insights writes a row as
// an array of columns, {"field":NAME,"value":VALUE}, and CloudTrail Lake as an array of
// objects of one column each, {NAME:VALUE}. It returns nil for any other array.
func rowOf(array []byte) (row []byte) {
	var names [][]byte
	row = append(row, '{')
	for element := range scan.Elements(array) {
		name, value := column(element)
		if name == nil || len(names) == mostColumns || slices.ContainsFunc(names, equalTo(name)) {
			return nil
		}
		names = append(names, name)
		if len(row) > 1 {
			row = append(row, ',')
		}
		row = append(append(append(row, name...), ':'), value...)
	}
	if len(row) == 1 {
		return nil
	}
	return append(row, '}')
}

func equalTo(name []byte) func([]byte) bool {
	return func(other []byte) bool { return bytes.Equal(name, other) }
}

// column returns the name of a column, a JSON string, and its value, which is not an object
// or array. It returns nil for what is no column.
func column(object []byte) (name, value []byte) {
	if object[0] != '{' {
		return nil, nil
	}
	n := 0
	var key []byte
	for k, v := range scan.Members(object) {
		switch n++; {
		case string(k) == "field" && v[0] == '"':
			name = v
		case v[0] == '{' || v[0] == '[' || value != nil:
			return nil, nil
		default:
			key, value = k, v
		}
	}
	switch {
	case n == 2 && name != nil && string(key) == "value":
		return name, value
	case n == 1 && value != nil && isPlain(key):
		return append(append([]byte{'"'}, key...), '"'), value
	}
	return nil, nil
}

// isPlain says whether a decoded text needs no escapes in JSON.
func isPlain(text []byte) bool {
	for _, c := range text {
		if c < ' ' || c == '"' || c == '\\' || c > '~' {
			return false
		}
	}
	return true
}
