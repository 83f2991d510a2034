package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"trail403/aggregate"
	"trail403/aggregate/filter"
	"trail403/ingest/event"
	"trail403/ingest/pattern"
)

// selection returns which denials the flags ask for. now decides which rules have
// expired.
func (o *reportFlags) selection(now time.Time) (*filter.Selection, error) {
	s := &filter.Selection{}
	for _, f := range filterFields() {
		globs := *o.globs[f]
		if !filter.HasCommas(f) {
			globs = splitLists(globs)
		}
		for _, glob := range globs {
			if err := addFilter(s, f, strings.TrimSpace(glob)); err != nil {
				return nil, err
			}
		}
	}
	for _, name := range o.exclude {
		rules, err := readRules(name, now)
		if err != nil {
			return nil, err
		}
		s.Rules = append(s.Rules, rules...)
	}
	return s, nil
}

func addFilter(s *filter.Selection, f filter.Field, glob string) error {
	if glob == "" {
		return usagef("--%s is empty", f).hint(unsetHint)
	}
	var invalid *filter.Invalid
	if !errors.As(s.Only.Add(f, glob), &invalid) {
		return nil
	}
	if f == filter.AccessKey { // it is not repeated
		return usagef("--%s: %s", f, patternProblem(invalid))
	}
	wrong := usagef("--%s %q: %s", f, glob, patternProblem(invalid))
	if f == filter.Cause {
		return wrong.didYouMean(glob, texts(event.Causes()))
	}
	return wrong
}

// unsetHint is about the usual reason for an empty argument.
const unsetHint = "check for an unset variable in your script"

// accounts returns the accounts of --account, if all of them are account ids: then
// the folders of other accounts need not be read. An account's own trail has the
// denials of its principals and of its buckets.
func (o *reportFlags) accounts() []string {
	ids := splitLists(*o.globs[filter.Account])
	for _, id := range ids {
		if !accountID.MatchString(id) {
			return nil
		}
	}
	return ids
}

var accountID = pattern.New(`^\d{12}$`)

// maxRules is how large a file of rules may be: people write it by hand.
const maxRules = 1 << 20

func readRules(name string, now time.Time) ([]filter.Rule, error) {
	if name == "" {
		return nil, usagef("--exclude needs the name of a file").hint(unsetHint)
	}
	text, err := readSmall(name)
	if err != nil {
		return nil, fmt.Errorf("reading the rules of --exclude %s: %w", name, pathCause(err))
	}
	rules, err := filter.ParseRules(name, string(text), now)
	if err != nil {
		return nil, ruleError(err).
			hint("write a rule as in this line: principal=scanner action=s3:List* until=2026-12-31  # why")
	}
	return rules, nil
}

func readSmall(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxRules+1))
	if err == nil && len(text) > maxRules {
		err = errors.New("it is larger than 1 MiB")
	}
	return text, err
}

// dimensions returns the columns of the table that --by asks for.
func (o *reportFlags) dimensions() (list []aggregate.Dimension, err error) {
	for _, name := range splitLists(o.by) {
		d, err := oneOf("by", name, aggregate.Dimensions(), "dimensions")
		if err != nil {
			return nil, err
		}
		if slices.Contains(list, d) {
			return nil, usagef("--by has %s twice", d).hint("name each dimension once")
		}
		list = append(list, d)
	}
	return list, nil
}
