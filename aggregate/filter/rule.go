package filter

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Rule leaves denials that are known noise out of a report.
type Rule struct {
	File    string // the name as it was given
	Line    int    // of the file, from 1
	Text    string // the rule without its comment
	Why     string // the comment after the #, or ""
	Until   string // the last day in UTC on which the rule applies, or ""
	Expired bool

	conditions []condition
}

// ParseRules reads a noise file, which has one rule per line. All conditions of a
// rule must be true for it to take a denial:
//
//	principal=scanner action=s3:List* until=2026-12-31  # SEC-1234
//
// Empty lines and lines that start with # are skipped. A rule with an until date
// applies until the end of that day in UTC. If that is before now, the rule is
// marked as expired. The error is a [LineError] for the first line that is wrong.
func ParseRules(file, text string, now time.Time) ([]Rule, error) {
	var rules []Rule
	text = strings.TrimPrefix(text, "\ufeff") // some editors start a file with this
	for i, line := range strings.Split(text, "\n") {
		rule, comment := splitComment(line)
		if rule == "" {
			continue
		}
		r := Rule{File: file, Line: i + 1, Text: rule, Why: comment}
		if err := r.parse(now); err != nil {
			return nil, &LineError{file, r.Line, err}
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// splitComment splits a line at the first # that starts a word.
func splitComment(line string) (rule, comment string) {
	for i := range len(line) {
		if line[i] == '#' && (i == 0 || strings.IndexByte(" \t", line[i-1]) >= 0) {
			return strings.TrimSpace(line[:i]), strings.TrimSpace(line[i+1:])
		}
	}
	return strings.TrimSpace(line), ""
}

func (r *Rule) parse(now time.Time) *Invalid {
	if !utf8.ValidString(r.Text) {
		return &Invalid{Problem: NotUTF8, Text: r.Text}
	}
	seen := map[string]bool{}
	for _, word := range strings.Fields(r.Text) {
		key, value, ok := strings.Cut(word, "=")
		switch {
		case !ok:
			return &Invalid{Problem: NotCondition, Text: word}
		case seen[key]:
			return &Invalid{Problem: Twice, Text: key}
		}
		seen[key] = true
		if err := r.set(key, value, now); err != nil {
			return err
		}
	}
	if len(r.conditions) == 0 {
		return &Invalid{Problem: NoCondition, Text: r.Text}
	}
	return nil
}

func (r *Rule) set(key, value string, now time.Time) *Invalid {
	if key == "until" {
		last, err := time.Parse(time.DateOnly, value)
		if err != nil {
			return &Invalid{Problem: NotDay, Text: value}
		}
		r.Until, r.Expired = value, !now.Before(last.AddDate(0, 0, 1))
		return nil
	}
	if !slices.Contains(Fields(), Field(key)) {
		return &Invalid{Problem: UnknownField, Text: key}
	}
	c, invalid := newCondition(Field(key), value)
	if invalid != nil {
		return invalid
	}
	r.conditions = append(r.conditions, c)
	return nil
}

// takes says whether the rule applies to a denial: it has not expired, and all of its
// conditions are true.
func (r *Rule) takes(d *view) bool {
	if r.Expired {
		return false
	}
	for i := range r.conditions {
		if !r.conditions[i].holds(d) {
			return false
		}
	}
	return true
}
