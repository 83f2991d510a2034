package words

import (
	"strings"
	"testing"
	"time"

	"trail403/aggregate"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/ingest/identity"
	"trail403/report/page"
)

// markdown is a text as Markdown shows it.
func markdown(t page.Text) string {
	var b strings.Builder
	m := page.NewMarkdown(&b)
	m.Paragraph(t)
	m.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

func TestPeriod(t *testing.T) {
	f := func(from, to time.Time, want string) {
		t.Helper()
		if got := markdown(Period(aggregate.Window{From: from, To: to})); got != want {
			t.Errorf("Period(%s, %s) = %q, want %q", from, to, got, want)
		}
	}
	var open time.Time
	f(open, open, "")
	f(date(2026, 10, 1), open, " since 2026-10-01 00:00 UTC")
	f(open, date(2026, 10, 1), " before 2026-10-01 00:00 UTC")
	f(date(2026, 10, 1), date(2026, 11, 1), " in October 2026 (UTC)")
	f(date(2026, 12, 1), date(2027, 1, 1), " in December 2026 (UTC)")
	f(date(2026, 10, 28), date(2026, 10, 29), " on 2026-10-28 (UTC)")
	f(date(2026, 10, 1), date(2026, 10, 31), " in the 30 days from 2026-10-01 to 2026-10-30 (UTC)")
	f(date(2026, 10, 2), date(2026, 11, 2), " in the 31 days from 2026-10-02 to 2026-11-01 (UTC)")
	f(date(1000, 1, 1), date(2026, 11, 1), " in the 375,043 days from 1000-01-01 to 2026-10-31 (UTC)")
	f(day(1, 9, 0), date(2026, 10, 3), " from 2026-10-01 09:00 to 2026-10-03 00:00 UTC")
}

func TestSeen(t *testing.T) {
	f := func(first, last time.Time, w aggregate.Window, want string) {
		t.Helper()
		got := strings.ReplaceAll(markdown(Seen(&aggregate.Group{FirstSeen: first, LastSeen: last}, w)), "\u00a0", " ")
		if got != want {
			t.Errorf("seen from %s to %s in %+v: got %q, want %q", first, last, w, got, want)
		}
	}
	days := aggregate.Window{From: date(2026, 1, 1), To: date(2027, 1, 1), Interval: aggregate.Day}
	hours := aggregate.Window{From: date(2026, 10, 1), To: date(2026, 10, 3), Interval: aggregate.Hour}
	years := aggregate.Window{From: date(2025, 12, 31), To: date(2026, 12, 1), Interval: aggregate.Week}
	f(day(1, 9, 14), day(1, 9, 14), days, "Oct 1 09:14")
	f(day(1, 9, 14), day(1, 23, 0), days, "Oct 1 09:14 – 23:00")
	f(day(1, 9, 14), day(31, 23, 0), days, "Oct 1 09:14 – Oct 31")
	f(day(1, 9, 14), day(2, 23, 0), hours, "Oct 1 09:14 – Oct 2 23:00")
	f(day(1, 9, 14), day(1, 9, 15), hours, "Oct 1 09:14 – 09:15")
	f(date(2025, 12, 31), day(1, 0, 0), years, "2025-12-31 00:00 – 2026-10-01")
	f(day(1, 9, 14), day(2, 9, 14), aggregate.Window{Interval: aggregate.Day}, "2026-10-01 09:14 – 2026-10-02")
}

func TestPercent(t *testing.T) {
	f := func(n, total int, want string) {
		t.Helper()
		if got := markdown(Percent(n, total)); got != want {
			t.Errorf("Percent(%d, %d) = %q, want %q", n, total, got, want)
		}
	}
	f(0, 0, "0%")
	f(0, 10, "0%")
	f(10, 10, "100%")
	f(1, 3170, "< 0.1%")
	f(3169, 3170, "> 99.9%")
	f(996, 1000, "99.6%")
	f(989, 1000, "99%")
	f(1, 10, "10%")
	f(96, 1000, "9.6%")
	f(1, 1000, "0.1%")
	f(1, 2, "50%")
}

func TestSum(t *testing.T) {
	f := func(want string, parts ...Part) {
		t.Helper()
		if got := markdown(Sum(parts...)); got != want {
			t.Errorf("Sum(%v) = %q, want %q", parts, got, want)
		}
	}
	f("0")
	f("0", Part{After: "read"})
	f("1,353 read", Part{N: 1353, After: "read"}, Part{After: "failed"})
	f("1 denial kept + 2 duplicates", Part{N: 1, Noun: "denial", After: "kept"}, Part{N: 2, Noun: "duplicate"})
	f("2 read + 1 failed", Part{N: 2, After: "read"}, Part{N: 1, After: "failed"})
}

// Every cause and every reason for none has its own words.
func TestCauseWords(t *testing.T) {
	seen := map[string]event.Cause{}
	for _, c := range event.Causes() {
		p, ok := phrases[c]
		if !ok || p.subject == "" || p.verb == "" {
			t.Errorf("cause %s has no words", c)
		}
		words := markdown(Cause(aggregate.Cause{Cause: c}))
		if other, ok := seen[words]; ok {
			t.Errorf("causes %s and %s are both called %q", c, other, words)
		}
		seen[words] = c
	}
	for _, why := range []string{
		denial.WhyAnonymous, denial.WhyOtherAccount, denial.WhyDirectoryBucket,
		denial.WhyAWSService, denial.WhyBeforeRollout, denial.WhyUnknown,
	} {
		if _, ok := untold[why]; !ok {
			t.Errorf("%s has no words", why)
		}
	}
	f := func(c aggregate.Cause, want string) {
		t.Helper()
		if got := markdown(Cause(c)); got != want {
			t.Errorf("%+v: got %q, want %q", c, got, want)
		}
	}
	f(aggregate.Cause{Cause: "scp-explicit", DeniedAction: "s3:GetObject"}, "a Deny in an SCP blocks it")
	f(aggregate.Cause{Cause: "scp-explicit", PolicyARN: "arn:aws:organizations::1:policy/o/service_control_policy/p-1"}, "a Deny in SCP `p-1` blocks it")
	f(aggregate.Cause{Cause: "identity-implicit", DeniedAction: "kms:Decrypt"}, "no identity policy allows `kms:Decrypt`")
	f(aggregate.Cause{Cause: "resource-implicit", DeniedAction: "kms:Decrypt"}, "no KMS key policy allows `kms:Decrypt`")
	f(aggregate.Cause{Cause: "resource-explicit", DeniedAction: "kms:Decrypt"}, "a Deny in the KMS key policy blocks `kms:Decrypt`")
	f(aggregate.Cause{Cause: "resource-implicit", DeniedAction: "s3:GetObject"}, "no bucket policy allows it")
	f(aggregate.Cause{Cause: "kms-key", DeniedAction: "kms:Decrypt"}, "the KMS key cannot be used or does not exist")
	f(aggregate.Cause{Cause: "not-told", WhyNotTold: "aws-service"}, "AWS gives no reason (AWS service)")
	f(aggregate.Cause{Cause: "not-told", WhyNotTold: "unknown"}, "AWS gives no reason")
	f(aggregate.Cause{Cause: "not-told", WhyNotTold: "new"}, "AWS gives no reason (`new`)")
	f(aggregate.Cause{Cause: "new"}, "`new`")
}

func TestPolicyARN(t *testing.T) {
	f := func(arn, want string) {
		t.Helper()
		if got := markdown(PolicyARN(arn)); got != want {
			t.Errorf("PolicyARN(%q) = %q, want %q", arn, got, want)
		}
	}
	f("", "–")
	f("arn:aws:iam::111122223333:policy/path/Name", "`Name` (account 111122223333)")
	f("arn:aws:iam::aws:policy/Managed", "`Managed` (managed by AWS)")
	f("arn:aws:organizations::123456789012:policy/o-a/service_control_policy/p-1", "`p-1` (account 123456789012)")
	f("arn:aws:iam::111122223333:policy/", "`arn:aws:iam::111122223333:policy/`")
	f("arn:aws:iam::evil:policy/a", "`arn:aws:iam::evil:policy/a`")
	f("Name", "`Name`")
}

func TestPrincipalWords(t *testing.T) {
	f := func(principal, kind, want string) {
		t.Helper()
		g := &aggregate.Group{Principal: principal, PrincipalType: kind, PrincipalAccount: identity.AccountOf(principal)}
		if kind != "?" && identity.TypeOf(principal) != kind {
			t.Errorf("%s is a %s, not a %s", principal, identity.TypeOf(principal), kind)
		}
		if got := markdown(Principal(g)); got != want {
			t.Errorf("Principal(%q) = %q, want %q", principal, got, want)
		}
	}
	f("arn:aws:iam::111122223333:role/app/reader", "role", "`reader` role (account 111122223333)")
	f("arn:aws:iam::111122223333:role/reader", "role", "`reader` role (account 111122223333)")
	f("arn:aws-cn:iam::111122223333:user/a/b", "user", "`b` user (account 111122223333)")
	f("arn:aws:sts::111122223333:federated-user/bob", "federated-user", "`bob` federated user (account 111122223333)")
	f("arn:aws:iam::111122223333:root", "root", "root user (account 111122223333)")
	f("arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Data_Team_9f8e7d6c5b4a3210", "role", "`Data_Team` SSO role (account 111122223333)")
	f("arn:aws:iam::111122223333:user/AWSReservedSSO_Data_9f8e7d6c5b4a3210", "user", "`AWSReservedSSO_Data_9f8e7d6c5b4a3210` user (account 111122223333)")
	f("arn:aws:iam::111122223333:role/AWSReservedSSO_Data_9f8e", "role", "`AWSReservedSSO_Data_9f8e` role (account 111122223333)")
	f("delivery.logs.amazonaws.com", "service", "`delivery.logs.amazonaws.com`")
	f("anonymous", "anonymous", "`anonymous`")
	f("unknown", "unknown", "`unknown`")
	f("444455556666:AIDAEXAMPLE", "account", "`AIDAEXAMPLE` (account 444455556666)")
	f("444455556666:", "account", "`444455556666:`")
	f("444455556666", "account", "`444455556666`")
	f("arn:aws:iam::111122223333:role/", "role", "`arn:aws:iam::111122223333:role/`")
	f("arn:aws:iam::111122223333:roleplay/x", "unknown", "`arn:aws:iam::111122223333:roleplay/x`")
	f("arn:aws:iam::1:role/x", "role", "`arn:aws:iam::1:role/x`")
	f("", "?", "–")
}

// day and date return times in 2026.
func day(d, hour, minute int) time.Time {
	return time.Date(2026, 10, d, hour, minute, 7, 0, time.UTC)
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}
