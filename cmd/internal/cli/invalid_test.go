package cli

import (
	"strings"
	"testing"
	"time"

	"trail403/aggregate/filter"
)

// Every problem of a pattern or a rule has words.
func TestInvalid(t *testing.T) {
	f := func(line, want string) {
		t.Helper()
		_, err := filter.ParseRules("noise", line, time.Date(2026, 10, 28, 12, 0, 0, 0, time.UTC))
		if err == nil {
			t.Fatalf("%q is no error", line)
		}
		if got := ruleError(err).Error(); got != "noise:1: "+want {
			t.Errorf("%q: got %q, want %q", line, got, want)
		}
	}
	f("scanner", `"scanner" is not a condition: write NAME=PATTERN, with ? in place of a space`)
	f("buket=corp", `"buket" is not a condition: conditions are principal, action, bucket, account, cause, policy and until`)
	f("bucket=a bucket=b", "bucket is given twice, and both would have to be true: write two rules")
	f("bucket=a until=2026-02-30", "until=2026-02-30 is not a day: write it as in until=2026-12-31")
	f("until=2026-12-31", "the rule has no condition, so it would exclude every denial")
	f("bucket=a\xff", "the text is not UTF-8")
	f("bucket=", "bucket=: the pattern is empty")
	f("bucket=a,b", "bucket=a,b: no bucket contains a comma; write each pattern separately")
	f("bucket=s3://corp-data/a", "bucket=s3://corp-data/a: buckets are matched by name: write corp-data")
	f("cause=scp", "cause=scp: there is no such cause; docs/causes.md lists all of them, and scp-* matches both causes of SCPs")
	f("account=1111", "account=1111: an account has 12 digits; * and ? can replace some of them")
	f("principal=arn:aws:sts::111122223333:assumed-role/reader/i-1", "principal=arn:aws:sts::111122223333:assumed-role/reader/i-1: "+
		"the principal of a session is its role: write arn:aws:iam::111122223333:role/reader")
	long := "bucket=" + strings.Repeat("a", filter.MaxPattern+1)
	f(long, long+": the pattern is longer than 2048 bytes, and no name is")
}
