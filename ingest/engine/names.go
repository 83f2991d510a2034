package engine

import (
	"path/filepath"
	"strings"

	"trail403/ingest/engine/query"
)

// names maps names of objects to the paths by which the engine knows them.
type names struct {
	// prefix is what the names of local objects begin with, and location is what their
	// paths have instead. Without a location, only objects in S3 have paths.
	prefix, location string
}

// newNames returns the mapping for a local folder.
func newNames(folder, location string) names {
	if location == "" {
		return names{}
	}
	below := filepath.ToSlash(filepath.Join(folder, "x")) // as the listing names what is in it
	return names{strings.TrimSuffix(below, "x"), strings.TrimSuffix(location, "/") + "/"}
}

// path returns the path of an object, "" if the engine cannot have it.
func (n *names) path(name string) string {
	if !query.IsAskable(name) {
		return ""
	}
	if strings.HasPrefix(name, "s3://") {
		return name
	}
	if n.location != "" {
		if rest, ok := strings.CutPrefix(filepath.ToSlash(name), n.prefix); ok {
			return n.location + rest
		}
	}
	return ""
}

// normal returns the path with the scheme s3://: some engines know S3 by other ones.
func normal(path string) string {
	for _, scheme := range []string{"s3a://", "s3n://"} {
		if rest, ok := strings.CutPrefix(path, scheme); ok {
			return "s3://" + rest
		}
	}
	return path
}
