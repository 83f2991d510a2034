package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"trail403/aggregate"
	"trail403/aggregate/filter"
)

// filterOptions are the flags that say which denials a report is about.
type filterOptions struct {
	globs   map[filter.Field]*[]string
	exclude []string
}

// filterUsage is the help of the flag of each field.
var filterUsage = map[filter.Field]string{
	filter.Principal: "only denials of the principals that match `GLOB`, a whole ARN or a name: reader, *:role/ci-*. Filters may be repeated: any of one flag, all of different ones",
	filter.Action:    "only denials of the actions that match `GLOB`: s3:GetObject, Put*; it and the next three may hold several, with commas",
	filter.Bucket:    "only denials on the buckets that match `GLOB`: corp-*",
	filter.Account:   "only what concerns the accounts that match `GLOB`: the principal's, the bucket's, or that whose trail it is; of 12 digits, others' folders are not read",
	filter.Cause:     "only denials with the causes that match `GLOB`: kms-key, scp-*, *-explicit",
	filter.Policy:    "only denials by the policies that match `GLOB`, a whole ARN or a name: p-6v4y751d",
}

func (o *filterOptions) flags(fs *pflag.FlagSet) {
	o.globs = map[filter.Field]*[]string{}
	for _, f := range filter.Fields() {
		o.globs[f] = fs.StringArray(string(f), nil, filterUsage[f])
	}
	fs.StringArrayVar(&o.exclude, "exclude", nil, "leave out known noise, by the rules in `FILE`: a rule a line, such as principal=scanner action=s3:List* until=2026-12-31  # why; may be repeated")
}

// selection reads what the flags ask for. now tells which rules have expired.
func (o *filterOptions) selection(now time.Time) (*filter.Selection, error) {
	s := &filter.Selection{}
	for _, f := range filter.Fields() {
		globs := *o.globs[f]
		if f != filter.Principal && f != filter.Policy { // whose names may have commas
			globs = splitLists(globs)
		}
		for _, glob := range globs {
			if glob = strings.TrimSpace(glob); glob == "" {
				return nil, usagef("--%s is empty", f).hint("an unset variable in a script?")
			}
			if err := s.Only.Add(f, glob); err != nil {
				return nil, usagef("--%s %q: %w", f, glob, err)
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

// accounts returns the accounts of --account, if all are ids: then the folders of
// other accounts need not be read. An account's own trail has the denials of its
// principals and of its buckets.
func (o *filterOptions) accounts() []string {
	ids := splitLists(*o.globs[filter.Account])
	for i, id := range ids {
		ids[i] = strings.TrimSpace(id)
		if !accountID.MatchString(ids[i]) {
			return nil
		}
	}
	return ids
}

var accountID = regexp.MustCompile(`^\d{12}$`)

// maxRules is how large a noise file may be: it is written by hand.
const maxRules = 1 << 20

func readRules(name string, now time.Time) ([]filter.Rule, error) {
	if name == "" {
		return nil, usagef("--exclude needs a file's name").hint("an unset variable in a script?")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("reading the rules of --exclude %s: %w", name, pathCause(err))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxRules+1))
	if err == nil && len(text) > maxRules {
		err = errors.New("it is larger than 1 MiB")
	}
	if err != nil {
		return nil, fmt.Errorf("reading the rules of --exclude %s: %w", name, pathCause(err))
	}
	rules, err := filter.ParseRules(name, string(text), now)
	if err != nil {
		return nil, usagef("%w", err).hint("a rule is a line such as: principal=scanner action=s3:List* until=2026-12-31  # why")
	}
	return rules, nil
}

// warnExpired says which rules no longer apply, as the report does, too.
func warnExpired(w io.Writer, s *filter.Selection) {
	for _, warning := range filter.Expired(s.Rules) {
		complain(w, "warning", errors.New(warning))
	}
}

// byOptions choose the table for people.
type byOptions struct{ by []string }

func (o *byOptions) flags(fs *pflag.FlagSet) {
	fs.StringArrayVar(&o.by, "by", nil, "count by these `DIMENSIONS` in Markdown, in place of groups: any of "+joined(aggregate.Dimensions())+", with commas, in any order")
}

func (o *byOptions) dimensions() ([]aggregate.Dimension, error) {
	var list []aggregate.Dimension
	for _, name := range splitLists(o.by) {
		d, err := dimension(strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		for _, have := range list {
			if have == d {
				return nil, usagef("--by has %s twice", d)
			}
		}
		list = append(list, d)
	}
	return list, nil
}

func dimension(name string) (aggregate.Dimension, error) {
	for _, d := range aggregate.Dimensions() {
		if name == string(d) {
			return d, nil
		}
	}
	return "", usagef("unknown --by %q", name).hint("the dimensions are %s", joined(aggregate.Dimensions()))
}

// joined lists values for a message: a, b, c.
func joined[T ~string](values []T) string {
	var all []string
	for _, v := range values {
		all = append(all, string(v))
	}
	return strings.Join(all, ", ")
}
