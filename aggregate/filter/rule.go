package filter

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Rule takes denials that are known noise out of a report.
type Rule struct {
	File    string // as it was named
	Line    int    // of the file, from 1
	Text    string // the rule, without what it is for
	Why     string // what stands behind the #, or ""
	Until   string // the last day on which it applies, UTC, or ""
	Expired bool

	conditions []condition
}

// ParseRules reads a noise file: a rule a line, of which all conditions must
// hold, as in
//
//	principal=scanner action=s3:List* until=2026-12-31  # SEC-1234
//
// Blank lines and lines that begin with # are passed over. A rule that has an
// until applies to the end of that day, UTC; of what comes after, it is marked
// as expired at now. The error names the first line that is wrong.
func ParseRules(file, text string, now time.Time) ([]Rule, error) {
	var rules []Rule
	text = strings.TrimPrefix(text, "\ufeff") // as some editors begin a file
	for i, line := range strings.Split(text, "\n") {
		rule, comment := splitComment(line)
		if rule == "" {
			continue
		}
		r := Rule{File: file, Line: i + 1, Text: rule, Why: comment}
		if err := r.parse(now); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, r.Line, err)
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// splitComment splits a line at the first # that begins a word.
func splitComment(line string) (rule, comment string) {
	for i := range len(line) {
		if line[i] == '#' && (i == 0 || strings.IndexByte(" \t", line[i-1]) >= 0) {
			return strings.TrimSpace(line[:i]), strings.TrimSpace(line[i+1:])
		}
	}
	return strings.TrimSpace(line), ""
}

func (r *Rule) parse(now time.Time) error {
	if !utf8.ValidString(r.Text) {
		return fmt.Errorf("the rule is not UTF-8")
	}
	seen := map[string]bool{}
	for _, word := range strings.Fields(r.Text) {
		key, value, ok := strings.Cut(word, "=")
		switch {
		case !ok:
			return fmt.Errorf("%q is no condition: write NAME=PATTERN; in a pattern ? may stand for a blank", word)
		case seen[key]:
			return fmt.Errorf("%s is given twice, and both would have to hold: write two rules", key)
		}
		seen[key] = true
		if err := r.set(key, value, now); err != nil {
			return err
		}
	}
	if len(r.conditions) == 0 {
		return fmt.Errorf("the rule has no condition, so it would take every denial")
	}
	return nil
}

func (r *Rule) set(key, value string, now time.Time) error {
	if key == "until" {
		last, err := time.Parse(time.DateOnly, value)
		if err != nil {
			return fmt.Errorf("until=%s is no day: write it as in until=2026-12-31", value)
		}
		r.Until, r.Expired = value, !now.Before(last.AddDate(0, 0, 1))
		return nil
	}
	for _, f := range Fields() {
		if string(f) != key {
			continue
		}
		c, err := newCondition(f, value)
		if err != nil {
			return fmt.Errorf("%s=%s: %w", key, value, err)
		}
		r.conditions = append(r.conditions, c)
		return nil
	}
	return fmt.Errorf("%q is no condition: those are principal, action, bucket, account, cause, policy and until", key)
}

// takes says whether the rule applies and all of its conditions hold.
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
