package advice

import (
	"strings"
	"testing"
	"time"

	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

func TestAuthorizationCommand(t *testing.T) {
	const text = "User: arn:aws:iam::123456789012:user/JohnDoe is not authorized to perform: s3:GetObject because no " +
		"identity-based policy allows the s3:GetObject action. Go to https://eu-west-1.console.aws.amazon.com/iam/home" +
		"?region=eu-west-1#/authorization-details/1a2b3c4d5e6f7g8h9i0j for complete details"
	const want = "aws iam-toolbox get-request-authorization-details --region eu-west-1 --authorization-id 1a2b3c4d5e6f7g8h9i0j"
	at := time.Date(2026, 10, 28, 9, 0, 0, 0, time.UTC)
	if got, until := AuthorizationCommand(text, at, at.Add(time.Hour)); got != want || !until.Equal(at.Add(24*time.Hour)) {
		t.Errorf("got %q until %v", got, until)
	}
	if got, until := AuthorizationCommand(text, time.Time{}, at); got != want || !until.IsZero() {
		t.Errorf("without a time: %q until %v", got, until)
	}
	if got, _ := AuthorizationCommand(text, at, at.Add(24*time.Hour)); got != "" {
		t.Errorf("too late: %q", got)
	}
	if got, _ := AuthorizationCommand("Access Denied", at, at); got != "" {
		t.Errorf("no id: %q", got)
	}
}

func TestSimulation(t *testing.T) {
	base := Case{
		Cause: event.IdentityImplicit, Principal: "arn:aws:iam::111122223333:role/app/reader", PrincipalType: "role",
		Action: "s3:GetObject", DeniedAction: "s3:GetObject", Resource: "arn:aws:s3:::corp-data/it's.csv",
	}
	keys := []ContextKey{{"aws:SourceIp", "198.51.100.7"}, {"s3:prefix", "a,b"}, {"aws:PrincipalOrgID", "o-1"}}
	const want = `aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:role/app/reader ` +
		`--action-names s3:GetObject --resource-arns 'arn:aws:s3:::corp-data/it'\''s.csv' ` +
		`--context-entries ContextKeyName=aws:SourceIp,ContextKeyValues=198.51.100.7,ContextKeyType=ip`
	if got := Simulation(base, keys); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for name, with := range map[string]func(*Case){
		"an RCP":            func(c *Case) { c.Cause = event.RCPExplicit },
		"a bucket policy":   func(c *Case) { c.Cause = event.ResourceExplicit },
		"no principal":      func(c *Case) { c.Principal = "anonymous" },
		"no resource":       func(c *Case) { c.Resource = "" },
		"a hostile caller":  func(c *Case) { c.Principal = "--x" },
		"an odd resource":   func(c *Case) { c.Resource = "file:///etc/passwd" },
		"an invisible name": func(c *Case) { c.Resource += "\u202e" },
	} {
		c := base
		with(&c)
		if got := Simulation(c, keys); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
	if got := Simulation(base, nil); strings.Contains(got, "context") {
		t.Errorf("without keys: %s", got)
	}
}

// The policy of a bucket is simulated for users alone, and one statement alone can be tried.
func TestTrial(t *testing.T) {
	d, err := policydoc.Parse([]byte(`{"Statement": {
		"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
		"Condition": {"StringNotEquals": {"s3:prefix": "it's"}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	c := Case{
		Cause: event.ResourceExplicit, Principal: "arn:aws:iam::111122223333:user/bob", PrincipalType: "user",
		Bucket: "corp-data", BucketAccount: "444455556666", Action: "s3:GetObject", Resource: "arn:aws:s3:::corp-data/a",
	}
	const want = `aws iam simulate-principal-policy --policy-source-arn arn:aws:iam::111122223333:user/bob ` +
		`--resource-policy "$(aws s3api get-bucket-policy --bucket corp-data --query Policy --output text)" ` +
		`--resource-owner arn:aws:iam::444455556666:root ` +
		`--action-names s3:GetObject --resource-arns arn:aws:s3:::corp-data/a`
	if got := Simulation(c, nil); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	s := &d.Statements[0]
	const statement = `'{"Version":"2008-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":["*"]},` +
		`"Action":["s3:*"],"Resource":["*"],"Condition":{"StringNotEquals":{"s3:prefix":["it'\''s"]}}}]}'`
	const rest = ` --action-names s3:GetObject --resource-arns arn:aws:s3:::corp-data/a`
	for kind, want := range map[event.Policy]string{
		event.IdentityPolicy: `aws iam simulate-custom-policy --policy-input-list ` + statement + rest,
		event.Boundary: `aws iam simulate-custom-policy --policy-input-list ` + allowAll +
			` --permissions-boundary-policy-input-list ` + statement + rest,
		event.ResourcePolicy: `aws iam simulate-custom-policy --policy-input-list ` + allowAll +
			` --resource-policy ` + statement + ` --caller-arn arn:aws:iam::111122223333:user/bob` + rest,
		event.SCP: "",
	} {
		if got := Trial(c, nil, kind, s); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", kind, got, want)
		}
	}
	c.Principal, c.PrincipalType = "arn:aws:iam::111122223333:role/r", "role"
	if got := Simulation(c, nil) + Trial(c, nil, event.ResourcePolicy, s); got != "" {
		t.Errorf("for a role: %s", got)
	}
	s.Sid = "a\u202eb"
	if got := Trial(c, nil, event.IdentityPolicy, s); got != "" {
		t.Errorf("an invisible character: %s", got)
	}
}
