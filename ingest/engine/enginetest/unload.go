package enginetest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/klauspost/compress/gzip"

	"trail403/ingest/engine/query"
)

var unloading = regexp.MustCompile(`(?s)^UNLOAD \((.*)\)\nTO '([^']*)'\nWITH \(format = 'JSON', compression = 'GZIP'\)$`)

// unloaded returns the query whose answer is to be written, and where, "" if it is not.
func unloaded(sql string) (inner, place string) {
	if m := unloading.FindStringSubmatch(sql); m != nil {
		return m[1], m[2]
	}
	return sql, ""
}

// unload writes an answer as several objects, and their list.
func unload(put func(name string, content []byte), place, list string, rows [][]string) {
	const perObject = 50
	var names strings.Builder
	for i := 0; i*perObject < len(rows); i++ {
		var text bytes.Buffer
		lines := json.NewEncoder(&text)
		for _, cells := range rows[i*perObject : min((i+1)*perObject, len(rows))] {
			named := map[string]string{}
			for j, cell := range cells {
				if cell != "" { // NULL is left out
					named[query.Names[j]] = cell
				}
			}
			_ = lines.Encode(named) // A buffer takes all.
		}
		name := fmt.Sprintf("%s%d.gz", place, i)
		fmt.Fprintln(&names, name)
		put(name, Gzip(text.Bytes()))
	}
	put(list, []byte(names.String()))
}

// Gzip compresses a text.
func Gzip(text []byte) []byte {
	var packed bytes.Buffer
	gz := gzip.NewWriter(&packed)
	_, _ = gz.Write(text) // A buffer takes all.
	_ = gz.Close()
	return packed.Bytes()
}
