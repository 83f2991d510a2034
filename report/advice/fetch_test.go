package advice

import (
	"strings"
	"testing"

	"trail403/ingest/event"
)

func TestFetchesFor(t *testing.T) {
	reader := Case{
		Principal: "arn:aws:iam::111122223333:role/reader", PrincipalType: "role", CallerAccount: "111122223333",
		Action: "s3:GetObject", Bucket: "corp-data", BucketAccount: "444455556666", VPCEndpoint: "vpce-0a1b",
	}
	const (
		bucket   = "444455556666: aws s3api get-bucket-policy --bucket corp-data > corp-data.json"
		identity = "111122223333: aws iam get-account-authorization-details > iam-111122223333.json"
	)
	tests := []struct {
		name string
		with func(*Case)
		want []string
	}{
		{"bucket policy", func(c *Case) { c.Cause = event.ResourceExplicit }, []string{bucket}},
		{"identity", func(c *Case) { c.Cause = event.IdentityImplicit }, []string{identity}},
		{"not told", func(c *Case) { c.Cause = event.NotTold }, []string{bucket, identity}},
		{"SCP", func(c *Case) {
			c.Cause = event.SCPExplicit
			c.PolicyARN = "arn:aws:organizations::777788889999:policy/o-1/service_control_policy/p-6v4y751d"
		}, []string{"777788889999: aws organizations describe-policy --policy-id p-6v4y751d > p-6v4y751d.json"}},
		{"endpoint", func(c *Case) { c.Cause = "vpce" },
			[]string{": aws ec2 describe-vpc-endpoints --vpc-endpoint-ids vpce-0a1b > vpce-0a1b.json"}},
		{"key", func(c *Case) {
			c.Cause, c.DeniedAction = event.ResourceImplicit, "kms:Decrypt"
			c.Resource = "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab"
		}, []string{"444455556666: aws kms get-key-policy --policy-name default --region us-east-1 --key-id " +
			"arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab > " +
			"us-east-1_444455556666_1234abcd-12ab-34cd-56ef-1234567890ab.json"}},
		{"no policy", func(c *Case) { c.Cause = event.RequestExpired }, nil},
		{"hostile bucket", func(c *Case) { c.Cause, c.Bucket = event.ResourceExplicit, "../x; rm -rf ~ #" }, nil},
		{"an option for a bucket", func(c *Case) { c.Cause, c.Bucket = event.ResourceExplicit, "--debug" }, nil},
		{"hostile account", func(c *Case) { c.Cause, c.BucketAccount = event.ResourceExplicit, "$(id)" },
			[]string{strings.Replace(bucket, "444455556666", "", 1)}},
	}
	for _, tt := range tests {
		c := reader
		tt.with(&c)
		var got []string
		for _, f := range FetchesFor(c) {
			got = append(got, f.Account+": "+f.Command)
		}
		if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
