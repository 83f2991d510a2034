package columns

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go/deprecated"

	"trail403/ingest/scan"
)

// appendJSON appends a value of a row as JSON. Members come in the order of their names.
func appendJSON(out []byte, value any) []byte {
	switch v := value.(type) {
	case nil:
		return append(out, "null"...)
	case string:
		return scan.AppendText(out, v)
	case []byte:
		return scan.AppendText(out, string(v))
	case bool:
		return strconv.AppendBool(out, v)
	case int32:
		return strconv.AppendInt(out, int64(v), 10)
	case int64:
		return strconv.AppendInt(out, v, 10)
	case time.Time:
		return scan.AppendText(out, v.UTC().Format(time.RFC3339Nano))
	case deprecated.Int96:
		return scan.AppendText(out, int96Time(v).Format(time.RFC3339Nano))
	case map[string]any:
		return appendObject(out, v)
	case []any:
		out = append(out, '[')
		for i, e := range v {
			if i > 0 {
				out = append(out, ',')
			}
			out = appendJSON(out, e)
		}
		return append(out, ']')
	}
	if text, err := json.Marshal(value); err == nil {
		return append(out, text...)
	}
	return append(out, "null"...)
}

func appendObject(out []byte, object map[string]any) []byte {
	out = append(out, '{')
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if out[len(out)-1] != '{' {
			out = append(out, ',')
		}
		out = appendJSON(append(scan.AppendText(out, name), ':'), object[name])
	}
	return append(out, '}')
}

// int96Time reads a time as Hive and Spark once wrote it: the nanoseconds of a day, and
// the number of the Julian day.
func int96Time(v deprecated.Int96) time.Time {
	const unixDay = 2440588
	nanos := int64(v[1])<<32 | int64(v[0])
	return time.Unix((int64(v[2])-unixDay)*24*60*60, nanos).UTC()
}
