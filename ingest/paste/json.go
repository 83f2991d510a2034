package paste

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"trail403/ingest/event"
)

// deepest bounds how deep JSON is read.
const deepest = 24

// FindJSON returns the denials in the texts of a JSON value that is not a record: a
// log line of a program, an answer of an SDK. An error that several of its texts
// show counts once.
func FindJSON(raw []byte) []Finding {
	var value any
	if len(raw) > Limit || json.Unmarshal(raw, &value) != nil {
		return nil
	}
	var all strings.Builder
	var found []Finding
	eachText(value, "", deepest, func(key, text string) {
		all.WriteString(key + ": '" + text + "'\n")
		for _, f := range Find(text) {
			if !repeats(found, f) {
				found = append(found, f)
			}
		}
	})
	found = tellingOnly(found)
	for i := range found {
		found[i].Context.add(all.String())
	}
	return found
}

// eachText calls f for each text in a value, with the name of its member. Numbers
// are texts too: a status is one.
func eachText(value any, key string, depth int, f func(key, text string)) {
	if depth == 0 {
		return
	}
	switch v := value.(type) {
	case string:
		f(key, v)
	case float64:
		if v == 403 {
			f(key, "403")
		}
	case []any:
		for _, e := range v {
			eachText(e, key, depth-1, f)
		}
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			eachText(v[k], k, depth-1, f)
		}
	}
}

func repeats(found []Finding, f Finding) bool {
	for i := range found {
		if found[i].Message == f.Message && found[i].Code == f.Code {
			return true
		}
	}
	return false
}

// tellingOnly leaves out bare denials beside those that say more: they are the
// code of the same error.
func tellingOnly(found []Finding) []Finding {
	var list []Finding
	for _, f := range found {
		if f.Message.Cause != event.NotTold || names(f.Message) {
			list = append(list, f)
		}
	}
	if list == nil && len(found) > 0 {
		list = found[:1]
	}
	return list
}
