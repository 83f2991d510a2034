package console

import (
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	f := func(got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	f(Bucket("corp-data", "eu-west-1"), "https://eu-west-1.console.aws.amazon.com/s3/buckets/corp-data?region=eu-west-1&tab=permissions")
	f(Bucket("corp-data", "cn-north-1"), "https://cn-north-1.console.amazonaws.cn/s3/buckets/corp-data?region=cn-north-1&tab=permissions")
	f(Bucket("corp-data", ""), "")
	f(Principal("arn:aws:iam::111122223333:role/app/reader"), "https://us-east-1.console.aws.amazon.com/iam/home#/roles/details/reader")
	f(Principal("arn:aws-us-gov:iam::111122223333:user/ana"), "https://us-gov-west-1.console.amazonaws-us-gov.com/iam/home#/users/details/ana")
	f(Principal("arn:aws-iso:iam::111122223333:user/ana"), "")
	f(Principal("arn:aws:iam::111122223333:root"), "")
	f(Policy("arn:aws:iam::111122223333:policy/p/Deny"), "https://us-east-1.console.aws.amazon.com/iam/home#/policies/details/arn%3Aaws%3Aiam%3A%3A111122223333%3Apolicy%2Fp%2FDeny")
	f(Policy("arn:aws:organizations::123456789012:policy/o-abc/service_control_policy/p-6v4y751d"),
		"https://us-east-1.console.aws.amazon.com/organizations/v2/home/policies/service-control-policy/p-6v4y751d")
	f(Policy("arn:aws:organizations::123456789012:policy/o-abc/s3_policy/p-6v4y751d"), "")
	f(Key("arn:aws:kms:eu-west-1:444455556666:key/1234abcd-12ab"), "https://eu-west-1.console.aws.amazon.com/kms/home?region=eu-west-1#/kms/keys/1234abcd-12ab")
	f(Key("arn:aws:kms:eu-west-1:444455556666:alias/x"), "")
	f(Event("622599a1-ae90-469a-b551-0b9fc152b54a", "us-gov-east-1"),
		"https://us-gov-east-1.console.amazonaws-us-gov.com/cloudtrailv2/home?region=us-gov-east-1#/events/622599a1-ae90-469a-b551-0b9fc152b54a")
}

// Names from a log do not get out of their place in an address.
func FuzzAddresses(f *testing.F) {
	f.Add("arn:aws:iam::111122223333:role/x)](https://example.com", "us-east-1")
	f.Add("corp-data", "us-east-1.example.com/")
	f.Fuzz(func(t *testing.T, s, in string) {
		for _, address := range []string{Bucket(s, in), Principal(s), Policy(s), Key(s), Event(s, in)} {
			if address == "" {
				continue
			}
			host, path, _ := strings.Cut(strings.TrimPrefix(address, "https://"), "/")
			if !strings.HasSuffix(host, ".console.aws.amazon.com") && !strings.HasSuffix(host, ".console.amazonaws.cn") &&
				!strings.HasSuffix(host, ".console.amazonaws-us-gov.com") || strings.ContainsAny(host, "@:\\") ||
				strings.ContainsAny(path, "()<>\"' \n\\[]`") {
				t.Errorf("%q, %q: %q", s, in, address)
			}
		}
	})
}
