package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"

	"trail403/aggregate"
	"trail403/ingest/store/told"
	"trail403/report/compare"
	"trail403/report/json"
)

// earlier is the report that a run compares with: one that is read from a file, or one
// of an earlier window of the same sources.
type earlier struct {
	report *compare.Report
	window aggregate.Window // empty if the report is read
}

// earlier reads the report that --against names, or sets the window of --against-window.
// It returns nil if there is neither.
func (o *reportFlags) earlier(sources []string, window aggregate.Window, conditions []condition) (*earlier, error) {
	switch {
	case o.news != "":
		return nil, o.checkNews()
	case o.against != "" && o.againstWindow != "":
		return nil, usagef("--against and --against-window both name an earlier report").hint("use only one of them")
	case o.against != "":
		report, err := readReport(o.against)
		return &earlier{report: report}, err
	case o.againstWindow != "":
		return o.windowBefore(sources, window)
	case slices.ContainsFunc(conditions, condition.needsEarlier):
		return nil, usagef("the conditions news and worse of --fail-on compare with an earlier report, and none is given").
			hint("name it with --against FILE.json, compare with the time before using --against-window 7d, " +
				"or use --store STORE --news NAME")
	}
	return nil, nil
}

// checkNews rejects --news where there is nothing to remember it, or something else to
// compare with.
func (o *reportFlags) checkNews() error {
	switch {
	case o.store == "":
		return usagef("--news needs --store").
			hint("a store remembers what was reported; without one, use --against FILE.json")
	case o.against != "" || o.againstWindow != "":
		return usagef("--news compares with what was reported last, and cannot be used with --against or --against-window").
			hint("use only one of them")
	case !told.IsName(o.news):
		return usagef("--news %q is not a name", o.news).
			hint("use up to 64 letters, digits, dots, underscores and hyphens, such as hourly")
	}
	return nil
}

// windowBefore sets the window of the earlier report: it ends where that of the run
// starts.
func (o *reportFlags) windowBefore(sources []string, window aggregate.Window) (*earlier, error) {
	span, err := parseSpan("against-window", o.againstWindow)
	switch {
	case err != nil:
		return nil, err
	case window.From.IsZero():
		return nil, usagef("--against-window is the time before a window, and no flag sets the start of the window").
			hint("add --since or --from")
	case o.objectsFrom != "" || slices.Contains(sources, "-"):
		return nil, usagef("--against-window reads the sources twice, and standard input and lists can be read only once").
			hint("name the files, folders or buckets as SOURCE")
	}
	window.From, window.To = window.From.Add(-span), window.From
	return &earlier{window: window}, nil
}

// readReport reads a JSON report from a file.
func readReport(name string) (*compare.Report, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("reading the report %s: %w", name, pathCause(err))
	}
	defer f.Close()
	report, err := compare.Read(f, json.Schema)
	if err == nil {
		return report, nil
	}
	err = fmt.Errorf("reading the report %s: %w", name, pathCause(err))
	var newer *compare.NewerError
	switch {
	case errors.As(err, &newer):
		return nil, hintedError{err, []string{"update trail403, or write the report again with this version"}}
	case errors.Is(err, compare.ErrForeign):
		return nil, hintedError{err, []string{"write one with trail403 report -o report.json"}}
	}
	return nil, err
}
