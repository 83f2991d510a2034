package document

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// settings are those of S3 Block Public Access, by name.
type settings map[string]bool

// readSettings reads the settings. ok is false for a text that is not of them.
func readSettings(text string) (s settings, ok bool) {
	if len(text) > 1024 || json.Unmarshal([]byte(text), &s) != nil {
		return nil, false
	}
	return s, true
}

func isSettings(text string) bool {
	_, ok := readSettings(text)
	return ok
}

// without returns the settings that the other ones do not have, in words.
func (s settings) without(other settings) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if value, ok := other[name]; !ok || value != s[name] {
			parts = append(parts, fmt.Sprintf("%.60s %v", name, s[name]))
		}
	}
	return strings.Join(parts, "; ")
}
