package manifest

import (
	"encoding/json"
	"errors"
	"time"

	"trail403/ingest/store/seen"
	"trail403/ingest/store/version"
)

// Schema is the version of manifests. A store with a newer one is not read.
const Schema = 1

// Manifest says what one run committed.
type Manifest struct {
	Schema int `json:"schema"`
	// Run is a random id, by which a run knows its own file again.
	Run string `json:"run"`
	// First and Last are the sequence numbers that the file covers: one, or those of the
	// runs that a compacted file replaces.
	First int `json:"first"`
	Last  int `json:"last"`
	// Committed is when the run was committed, by the clock of its machine. Nothing is
	// decided by it.
	Committed time.Time `json:"committed"`
	Rows      Rows      `json:"rows"`
	Seen      []Seen    `json:"seen,omitempty"`
	Folders   []Folder  `json:"folders,omitempty"`
	// Failed are the objects that could not be read and will be tried again, and Recovered
	// those that failed in an earlier run and were read in this one.
	Failed    []Failed  `json:"failed,omitempty"`
	Recovered []seen.ID `json:"recovered,omitempty"`
	Pruned    []string  `json:"pruned,omitempty"` // folders that were not listed
	Listed    []Listing `json:"listed,omitempty"`
	// Swept is when a listing of everything was complete, by the clock of its machine.
	Swept time.Time `json:"swept,omitzero"`
	// Before is the time before which events were removed by retention.
	Before time.Time `json:"before,omitzero"`
}

// Rows counts the rows of a file.
type Rows struct {
	Denials int `json:"denials"`
	Changes int `json:"changes"`
	Keys    int `json:"keys"`
}

// Add adds the rows of another file.
func (r *Rows) Add(o Rows) {
	r.Denials += o.Denials
	r.Changes += o.Changes
	r.Keys += o.Keys
}

// Seen names a file with the ids of the objects that a run read or skipped. Its name is
// made of its checksum.
type Seen struct {
	File    string `json:"file"`
	SHA256  string `json:"sha256"`
	Objects int    `json:"objects"`
	// Last is the latest day of delivery of the objects, 2026-10-28, and Undated says that
	// the names of some do not show theirs.
	Last    string `json:"last,omitempty"`
	Undated bool   `json:"undated,omitempty"`
}

// Failed is an object that could not be read.
type Failed struct {
	ID seen.ID `json:"id"` // of its name
	At
	Failure
}

// Listing says that all objects of a source that were delivered up to a day were listed,
// and are in the store or among the failed.
type Listing struct {
	Source  string `json:"source"`
	Through string `json:"through"` // 2026-10-28
}

// ErrCorrupt says that a manifest cannot be read.
var ErrCorrupt = errors.New("the manifest is damaged")

// Parse reads a manifest.
func Parse(text []byte) (*Manifest, error) {
	m := &Manifest{}
	var of struct {
		Schema int `json:"schema"`
	}
	switch {
	case json.Unmarshal(text, &of) != nil || of.Schema < 1:
		return nil, ErrCorrupt
	case of.Schema > Schema:
		return nil, version.NewerError{What: "its manifest", Schema: of.Schema, Known: Schema}
	case json.Unmarshal(text, m) != nil || m.Run == "" || m.First < 1 || m.Last < m.First:
		return nil, ErrCorrupt
	}
	return m, nil
}

// Text returns the manifest as JSON.
func (m *Manifest) Text() ([]byte, error) { return json.Marshal(m) }

// Objects returns how many objects the run read or skipped.
func (m *Manifest) Objects() (n int) {
	for i := range m.Seen {
		n += m.Seen[i].Objects
	}
	return n
}
