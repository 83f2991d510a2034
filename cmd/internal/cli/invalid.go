package cli

import (
	"errors"
	"fmt"

	"trail403/aggregate/filter"
)

// patternProblem says what is wrong with a pattern or a rule, and what to write
// instead.
func patternProblem(e *filter.Invalid) string {
	switch e.Problem {
	case filter.Empty:
		return "the pattern is empty"
	case filter.TooLong:
		return fmt.Sprintf("the pattern is longer than %d bytes, and no name is", filter.MaxPattern)
	case filter.NotUTF8:
		return "the text is not UTF-8"
	case filter.Comma:
		return fmt.Sprintf("no %s contains a comma; write each pattern separately", e.Field)
	case filter.NotAccount:
		return "an account has 12 digits; * and ? can replace some of them"
	case filter.NoCause:
		return "there is no such cause; docs/causes.md lists all of them, and scp-* matches both causes of SCPs"
	case filter.IsSession:
		return "the principal of a session is its role: write " + e.Instead
	case filter.NotNetwork:
		return "a network is written as in 10.0.0.0/8 or 2001:db8::/32"
	case filter.NotKey:
		return "the id of an access key has at least 16 capital letters and digits"
	case filter.NotName:
		return "buckets are matched by name: write " + e.Instead
	}
	return ruleProblem(e)
}

func ruleProblem(e *filter.Invalid) string {
	switch e.Problem {
	case filter.NotCondition:
		return fmt.Sprintf("%q is not a condition: write NAME=PATTERN, with ? in place of a space", e.Text)
	case filter.UnknownField:
		return fmt.Sprintf("%q is not a condition: conditions are principal, action, bucket, account, cause, "+
			"policy and until", e.Text)
	case filter.Twice:
		return fmt.Sprintf("%s is given twice, and both would have to be true: write two rules", e.Text)
	case filter.NotDay:
		return fmt.Sprintf("until=%s is not a day: write it as in until=2026-12-31", e.Text)
	case filter.NoCondition:
		return "the rule has no condition, so it would exclude every denial"
	}
	return e.Error()
}

// ruleError says what is wrong in which line of a file of rules.
func ruleError(err error) usageError {
	var line *filter.LineError
	if !errors.As(err, &line) {
		return usagef("%w", err)
	}
	text := patternProblem(line.Err)
	if f := line.Err.Field; f != "" {
		text = fmt.Sprintf("%s=%s: %s", f, line.Err.Text, text)
	}
	return usagef("%s:%d: %s", line.File, line.Line, text)
}
