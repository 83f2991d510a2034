package advice

import (
	"strings"
	"testing"

	"trail403/aggregate"
	"trail403/ingest/event"
)

// Once the statement is known, no step says to look for it.
func TestStatementSteps(t *testing.T) {
	base := Case{
		Cause: event.ResourceExplicit, Principal: "arn:aws:iam::111122223333:role/reader", PrincipalType: "role",
		CallerAccount: "111122223333", Action: "s3:GetObject", Bucket: "corp-data", BucketAccount: "111122223333", FromRecord: true,
	}
	deny := aggregate.Statement{
		Kind: event.ResourcePolicy, On: "corp-data", Sid: "DenyOutsideVpce", Number: 2, Effect: "Deny", Matches: "refuses",
		Condition: "unless aws:SourceVpce is vpce-0a1b",
	}
	f := func(change func(c *Case, s *aggregate.Statement), want string, absent ...string) {
		t.Helper()
		c, s := base, deny
		c.Statement = &s
		change(&c, &s)
		got := strings.Join(For(c).NextSteps, "\n")
		if !strings.Contains(got, want) {
			t.Errorf("got\n%s\nwant %s", got, want)
		}
		for _, a := range absent {
			if strings.Contains(got, a) {
				t.Errorf("got\n%s\nwhich has %s", got, a)
			}
		}
	}
	f(func(*Case, *aggregate.Statement) {},
		"In the bucket policy of `corp-data`, statement 2 (`DenyOutsideVpce`) blocks these requests `unless aws:SourceVpce is vpce-0a1b`. "+
			"Read it: `aws s3api get-bucket-policy --bucket corp-data --query Policy --output text`\nIf the role can make the request",
		"find the Deny", "RestrictPublicBuckets", "Read its Condition")
	f(func(_ *Case, s *aggregate.Statement) { s.Condition, s.Sid = "", "" }, "statement 2 blocks these requests. Read it", "can make the request")
	f(func(_ *Case, s *aggregate.Statement) {
		s.Matches, s.Unseen = "may refuse", []string{"aws:PrincipalOrgID"}
	},
		"may block these requests. That depends on `aws:PrincipalOrgID`, which the log does not show", "find the Deny")
	f(func(c *Case, s *aggregate.Statement) {
		c.Cause, c.Lost, s.Effect, s.Sid = event.ResourceImplicit, true, "Allow", "Reads"
	}, "restore statement 2 (`Reads`), which allowed these requests before the change", "Read the bucket policy:")
	inline := func(c *Case, s *aggregate.Statement) {
		c.Cause, s.Kind, s.Name, s.On = event.IdentityExplicit, event.IdentityPolicy, "guard rail", c.Principal
	}
	f(inline, "In the inline policy `\"guard rail\"`, statement 2 (`DenyOutsideVpce`) blocks these requests `unless aws:SourceVpce is vpce-0a1b`. "+
		"Read it: `aws iam get-role-policy --role-name reader --policy-name 'guard rail'`", "list-attached")
	f(func(c *Case, s *aggregate.Statement) {
		inline(c, s)
		s.Name = "arn:aws:iam::111122223333:policy/Guard"
	}, "--policy-arn arn:aws:iam::111122223333:policy/Guard --version-id")
	// hostile texts are neither placeholders nor code, and no names of files
	f(func(c *Case, s *aggregate.Statement) {
		inline(c, s)
		s.Name, s.Sid, s.Condition = "file:///etc/passwd", "{it}`x", "if {who} is `aws s3 rm`"
	}, "statement 2 (`{it}\\x60x`) blocks these requests `if {who} is \\x60aws s3 rm\\x60`.", "Read it")
	// strangers get their own advice
	f(func(c *Case, _ *aggregate.Statement) { c.Principal, c.PrincipalType = "anonymous", "anonymous" }, "private", "narrow")
}
