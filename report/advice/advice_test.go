package advice_test

import (
	"regexp"
	"strings"
	"testing"

	"trail403/ingest/event"
	"trail403/report/advice"
)

// every calls f for each cause, and for each why of not-told.
func every(f func(cause event.Cause, why string)) {
	for _, c := range event.Causes() {
		if c != event.NotTold {
			f(c, "")
			continue
		}
		for _, why := range advice.Whys() {
			f(c, why)
		}
	}
}

// callers are one of each kind.
var callers = []advice.Case{
	{},
	{Principal: "arn:aws:iam::111122223333:role/app/reader", PrincipalType: "role", CallerAccount: "111122223333"},
	{Principal: "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Auditor_0123456789abcdef", PrincipalType: "role", CallerAccount: "111122223333"},
	{Principal: "arn:aws:iam::111122223333:user/MaryMajor", PrincipalType: "user", CallerAccount: "111122223333"},
	{Principal: "arn:aws:iam::111122223333:root", PrincipalType: "root", CallerAccount: "111122223333"},
	{Principal: "arn:aws:sts::111122223333:federated-user/Bob", PrincipalType: "federated-user", CallerAccount: "111122223333"},
	{Principal: "delivery.logs.amazonaws.com", PrincipalType: "service"},
	{Principal: "anonymous", PrincipalType: "anonymous"},
	{Principal: "777788889999:AROAEXAMPLE", PrincipalType: "account", CallerAccount: "777788889999"},
	{Principal: "unknown", PrincipalType: "unknown"},
}

// cases calls f for many cases of a cause: callers, actions and places.
func cases(cause event.Cause, why string, f func(advice.Case)) {
	for _, c := range callers {
		for _, action := range []string{"", "s3:GetObject", "s3:ListBucket", "s3:PutBucketPolicy", "kms:Decrypt", "sts:AssumeRole"} {
			for _, owner := range []string{"", "444455556666"} {
				c.Cause, c.WhyNotTold, c.BucketAccount = cause, why, owner
				c.DeniedAction, c.Action = action, action
				c.Bucket, c.Resource = "corp-data", "arn:aws:s3:::corp-data/2026/a.csv"
				f(c)
				c.FromRecord, c.ReadsObject = true, advice.Yes
				f(c)
				c.PolicyARN = "arn:aws:iam::111122223333:policy/guard/NoPut"
				f(c)
				c.FromRecord, c.ReadsObject, c.PolicyARN = false, advice.Maybe, ""
			}
		}
	}
}

func texts(a advice.Advice) []string {
	return append([]string{a.Reason, a.Meaning, a.OwnerText, a.Check}, a.NextSteps...)
}

func TestEveryCauseHasAdvice(t *testing.T) {
	check := func(name string, a advice.Advice, most int) {
		for _, s := range texts(a) {
			if s == "" || strings.ContainsAny(s, "{}\n") || strings.Contains(s, "  ") || strings.Count(s, "`")%2 != 0 {
				t.Errorf("%s: %q", name, s)
			}
		}
		if n := len(a.NextSteps); n < 1 || n > most {
			t.Errorf("%s: %d steps: %q", name, n, a.NextSteps)
		}
		if a.Owner == "" {
			t.Errorf("%s: no owner", name)
		}
		for _, s := range append([]string{a.Meaning, a.Check}, a.NextSteps...) {
			if c := s[0]; c < 'A' || c > 'Z' {
				t.Errorf("%s: no sentence: %q", name, s)
			}
		}
	}
	every(func(cause event.Cause, why string) {
		check(string(cause)+" "+why, advice.General(cause, why), 8)
		cases(cause, why, func(c advice.Case) { check(string(cause)+" "+why+" of "+c.Principal, advice.For(c), 6) })
	})
}

// A cause of a later version must not leave people without advice.
func TestUnknownCause(t *testing.T) {
	if a := advice.For(advice.Case{Cause: "moon-phase"}); a.Meaning != advice.General("unrecognized", "").Meaning {
		t.Errorf("advice %+v", a)
	}
	if a := advice.For(advice.Case{Cause: "not-told", WhyNotTold: "weather"}); a.Meaning != advice.General("not-told", "unknown").Meaning {
		t.Errorf("advice %+v", a)
	}
}

// Nobody is told to open a door to a stranger, or to a stolen key.
func TestStrangersGetNoAccess(t *testing.T) {
	widening := regexp.MustCompile(`(?i)\b(allow|permit|grant|attach|widen|add|give|open)(s|ed|ing)?\b`)
	seen := map[string]bool{}
	read := func(c advice.Case) {
		a := advice.For(c)
		for _, s := range append([]string{a.Meaning, a.Check}, a.NextSteps...) {
			if seen[s] {
				continue
			}
			seen[s] = true
			s = strings.ReplaceAll(s, "aws_s3_bucket_acl", "")
			if found := widening.FindString(s); found != "" && !isHarmless(s) {
				t.Errorf("%s %s %s: %q says %s", c.Cause, c.WhyNotTold, c.Principal, s, found)
			}
		}
	}
	every(func(cause event.Cause, why string) {
		cases(cause, why, func(c advice.Case) {
			switch c.PrincipalType {
			case "anonymous", "account", "unknown":
				read(c)
			}
			if why == "anonymous" || why == "other-account" {
				read(c)
			}
			c.Probing = true
			read(c)
			c.PolicyARN = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"
			read(c)
		})
	})
}

// isHarmless says whether a text speaks of adding what is no access.
func isHarmless(s string) bool {
	return strings.Contains(s, "that adds a delete marker") || strings.Contains(s, "attach a policy that denies all actions")
}
