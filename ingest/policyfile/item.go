package policyfile

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/policydoc"
)

// file is what one file says.
type file struct {
	event.Snapshot // the last one
	before         []event.Snapshot
	text           []byte
	notes          []string // in sentences, with names as the file has them
}

// next starts a snapshot of another time.
func (f *file) next(at time.Time) {
	if !f.isEmpty() {
		f.before = append(f.before, f.Snapshot)
		f.Snapshot = event.Snapshot{File: f.File, Time: f.Time, Told: f.Told}
	}
	if !at.IsZero() {
		f.Time, f.Told = at, true
	}
}

// all returns the snapshots that say something.
func (f *file) all() []event.Snapshot {
	if f.isEmpty() {
		return f.before
	}
	return append(f.before, f.Snapshot)
}

// name returns the name of the file without its folder and endings.
func (f *file) name() string {
	base := filepath.Base(f.File)
	for _, ending := range []string{".gz", ".json", ".txt"} {
		base = strings.TrimSuffix(base, ending)
	}
	return base
}

// maxNotes bounds how many notes one file gets.
const maxNotes = 20

// note notes something about the file, once.
func (f *file) note(text string) {
	if len(f.notes) < maxNotes && !slices.Contains(f.notes, text) {
		f.notes = append(f.notes, text)
	}
}

// add adds a document. The names of targets and policies are in the file, and free of
// credentials afterwards, as those of a trail are.
func (f *file) add(kind event.Policy, of event.Target, name, text string) {
	if of.Name == "" {
		f.note("A policy in it is left out because nothing says what it is attached to.")
		return
	}
	d := event.Document{Kind: kind, Of: redacted(of), Name: field.Redact(name)}
	switch {
	case text == "":
		return
	case len(text) > policydoc.MaxBytes:
		d.Missing = true
		f.note("A policy in it is left out because it is larger than any policy that AWS accepts.")
	default:
		d.Text = field.Redact(text)
		if _, err := policydoc.Parse([]byte(d.Text)); err != nil && d.Name != event.BlockPublicAccess {
			f.note(fmt.Sprintf("The policy of %.120s cannot be read: %v.", d.Of.Name, err))
		}
	}
	f.Documents = append(f.Documents, d)
}

// addVersion adds the version of a managed policy that is in force.
func (f *file) addVersion(of event.Target, version, text string) {
	n := len(f.Documents)
	f.add(event.IdentityPolicy, of, "", text)
	if len(f.Documents) > n {
		f.Documents[n].Version, f.Documents[n].Default = field.Redact(version), true
	}
}

// addSettings adds settings of S3 Block Public Access, with the names that the API has.
func (f *file) addSettings(of event.Target, o object) {
	var text []string
	names := [...]string{"BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"}
	for _, name := range names {
		for key, value := range o {
			is := strings.EqualFold(strings.ReplaceAll(key, "_", ""), name)
			if is && (string(value) == "true" || string(value) == "false") {
				text = append(text, strconv.Quote(name)+":"+string(value))
				break
			}
		}
	}
	if len(text) > 0 {
		f.add("", of, event.BlockPublicAccess, "{"+strings.Join(text, ",")+"}")
	}
}

// link notes that a thing is linked to a policy or group, by the ARN of that.
func (f *file) link(of event.Target, r event.Relation, to string) {
	t, _ := targetOf(to)
	if of.Name == "" || t.Name == "" {
		return
	}
	f.Links = append(f.Links, event.Link{Of: redacted(of), Relation: r, To: redacted(t)})
}

func redacted(t event.Target) event.Target {
	return event.Target{Type: t.Type, Name: field.Redact(t.Name)}
}

// isEmpty says whether the file has told nothing about policies.
func (f *file) isEmpty() bool { return len(f.Documents)+len(f.Links)+len(f.Complete) == 0 }
