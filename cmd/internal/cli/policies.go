package cli

import (
	"errors"
	"io"
	"io/fs"

	"trail403/ingest/policyfile"
)

// readPolicies reads the files and folders of --policies.
func readPolicies(names []string) (*policyfile.Files, error) {
	for _, name := range names {
		if name == "" {
			return nil, usagef("--policies is empty").hint(unsetHint)
		}
	}
	all, err := policyfile.Read(names)
	var path *fs.PathError
	if errors.As(err, &path) {
		return nil, usagef("--policies %s: %w", path.Path, path.Err)
	}
	return all, err
}

// tellPolicies says what files were taken for, and which could not be read.
func tellPolicies(w io.Writer, all *policyfile.Files) {
	for _, note := range all.Notes {
		complain(w, "note", errors.New(note.String()))
	}
	for _, failure := range all.Failures {
		complain(w, "warning", errors.New(failure.String()))
	}
}
