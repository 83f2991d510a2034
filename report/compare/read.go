package compare

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A report of an organization has tens of megabytes. A file that
// is larger than MaxSize is an error, because nothing else bounds the memory it takes.
const MaxSize = 1 << 30

// ErrForeign says that a file is not a JSON report of trail403.
var ErrForeign = errors.New("it is not a JSON report of trail403")

// A NewerError says that a report has a version that this program does not know.
type NewerError struct{ Schema, Known string }

func (e *NewerError) Error() string {
	return fmt.Sprintf("its schema is %s, and this version of trail403 knows only %s", e.Schema, e.Known)
}

// Read reads a JSON report. schema is the one that this program writes.
func Read(r io.Reader, schema string) (*Report, error) {
	limited := &io.LimitedReader{R: r, N: MaxSize + 1}
	d := json.NewDecoder(limited)
	var report Report
	if err := readMembers(d, schema, &report); err != nil {
		if limited.N <= 0 {
			return nil, fmt.Errorf("it is larger than %d MiB", MaxSize>>20)
		}
		return nil, err
	}
	report.redact()
	return &report, report.check()
}

// readMembers reads one member after the other, so that the schema decides before
// anything else is read, and nothing is held twice.
func readMembers(d *json.Decoder, schema string, report *Report) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return foreign(err)
	}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return foreign(err)
		}
		name, _ := t.(string)
		if report.Schema == "" && name != "schema" {
			return ErrForeign
		}
		if err := readMember(d, name, report); err != nil {
			return foreign(err)
		}
		if name == "schema" {
			if err := checkSchema(report.Schema, schema); err != nil {
				return err
			}
		}
	}
	_, err := d.Token()
	return foreign(err)
}

func readMember(d *json.Decoder, name string, report *Report) error {
	var ignored json.RawMessage
	into := map[string]any{
		"schema": &report.Schema, "window": &report.Window, "late_from": &report.RecentAt,
		"coverage": &report.Coverage, "totals": &report.Totals, "policies": &report.Policies,
		"incidents": &report.Incidents,
	}[name]
	switch {
	case name == "groups":
		return readGroups(d, report)
	case into == nil:
		into = &ignored
	}
	return d.Decode(into)
}

// readGroups reads the groups one by one: most of their text is not kept.
func readGroups(d *json.Decoder, report *Report) error {
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return errors.Join(err, ErrForeign)
	}
	report.Groups = nil
	for d.More() {
		var g Group
		if err := d.Decode(&g); err != nil {
			return err
		}
		report.Groups = append(report.Groups, g)
	}
	_, err := d.Token()
	return err
}

// foreign says of an error of the decoder what is wrong with the file.
func foreign(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil, errors.Is(err, ErrForeign):
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: it ends too early", ErrForeign)
	case errors.As(err, &syntax):
		return fmt.Errorf("%w: it is broken at byte %d", ErrForeign, syntax.Offset)
	case errors.As(err, &kind):
		return fmt.Errorf("%w: %s is not what a report has there", ErrForeign, kind.Field)
	}
	return err
}

// checkSchema compares the schema of a report with the one that this program writes.
func checkSchema(got, known string) error {
	kind, newest, _ := strings.Cut(known, "/")
	name, version, _ := strings.Cut(got, "/")
	n, err := strconv.Atoi(version)
	most, _ := strconv.Atoi(newest)
	switch {
	case name != kind || err != nil || n < 1:
		return ErrForeign
	case n > most:
		return &NewerError{got, known}
	}
	return nil
}

// check refuses what no report has, before anything is computed from it.
func (r *Report) check() error {
	if r.Schema == "" {
		return ErrForeign
	}
	seen := make(map[string]bool, len(r.Groups))
	for i := range r.Groups {
		g := &r.Groups[i]
		if g.ID == "" || seen[g.ID] || g.Denials < 0 {
			return fmt.Errorf("%w: group %d has no id of its own, or a negative count", ErrForeign, i+1)
		}
		seen[g.ID] = true
		for _, p := range g.Series {
			if p.Denials < 0 {
				return fmt.Errorf("%w: group %d has a negative count", ErrForeign, i+1)
			}
		}
	}
	return nil
}
