package pseudonym

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"trail403/ingest/message"
)

var key = []byte("a key for tests")

// Each pair differs where something is to be replaced, and nowhere else.
func TestText(t *testing.T) {
	f := func(text string, kept ...string) {
		t.Helper()
		got := string(New(key).Text([]byte(text)))
		if len(got) != len(text) {
			t.Errorf("%s\nbecomes %s, which is not as long", text, got)
		}
		for _, k := range kept {
			if !strings.Contains(got, k) {
				t.Errorf("%s\nbecomes %s\nwithout %s", text, got, k)
			}
		}
	}
	f(`{"arn": "arn:aws:sts::111122223333:assumed-role/reader/i-0bfc4291dd0acd279"}`,
		`"arn:aws:sts::`, `:assumed-role/`, `/i-`)
	f(`{"arn": "arn:aws-us-gov:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"}`,
		`:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"`)
	f(`{"arn": "arn:aws:iam::1:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0f"}`,
		`/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_`)
	f(`{"policyArn": "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2"}`,
		`"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2"`)
	f(`{"policyArn": "arn:aws:organizations::1:policy/o-abcdefghij/service_control_policy/p-abcdefgh"}`,
		`:policy/o-`, `/service_control_policy/p-`)
	f(`{"Host": "corp-data.s3.dualstack.us-east-1.amazonaws.com"}`, `.s3.dualstack.us-east-1.amazonaws.com"`)
	f(`{"bucketName": "data--usw2-az1--x-s3"}`, `--usw2-az1--x-s3"`)
	f(`{"eventSource": "s3.amazonaws.com", "eventName": "GetObject", "errorCode": "AccessDenied"}`,
		`{"eventSource": "s3.amazonaws.com", "eventName": "GetObject", "errorCode": "AccessDenied"}`)
	f(`{"sourceIPAddress": "10.0.0.1"}`)
	f(`{"sourceIPAddress": "2001:db8::1"}`, `::`)
	f(`{"sourceIPAddress": "cloudtrail.amazonaws.com"}`, `"cloudtrail.amazonaws.com"`)
	f(`{"userAgent": "[aws-cli/2.15.30 my-tool/1.0]"}`, `"[aws-cli/2.15.30 `)
	f(`{"key": "a%20b/J%C3%BCrgen/%", "n": 111122223333, "size": 12.5e3}`, `%20`, `%C3%`, `"size": 12.5e3}`)
	f(`{"Statement": {"Sid": "Mine", "Effect": "Deny", "Action": ["s3:Get*", "*"], "Resource": "arn:aws:s3:::corp-*/*",
		"Condition": {"Bool": {"aws:SecureTransport": "false"},
		"NotIpAddress": {"aws:SourceIp": ["0.0.0.0/0", "10.1.0.0/16"]}}}}`,
		`"Effect": "Deny", "Action": ["s3:Get*", "*"], "Resource": "arn:aws:s3:::`, `-*/*"`,
		`{"Bool": {"aws:SecureTransport": "false"},`, `"NotIpAddress": {"aws:SourceIp": ["0.0.0.0/0", "`, `/16"`)
	f(`Oct  5 trail: {"a`, `: {"`)
	f(`{"principalId": "AROA25TT2RLXUVEXAMPLE:session", "userName": "HIDDEN_DUE_TO_SECURITY_REASONS"}`,
		`"AROA`, `"HIDDEN_DUE_TO_SECURITY_REASONS"`)
}

// The same name is the same everywhere, whatever is around it, and in any case. What begins
// alike does so afterward.
func TestEquality(t *testing.T) {
	n := New(key)
	if a, b := n.all("reader"), n.all("Reader"); !strings.EqualFold(a, b) || a == b {
		t.Errorf("%s and %s", a, b)
	}
	if a, b := n.all("corp"), n.all("corporate"); !strings.HasPrefix(b, a) {
		t.Errorf("%s and %s", a, b)
	}
	if a, b := n.all("111122223333"), n.all("111122224444"); a[:4] == b[:4] {
		t.Errorf("%s and %s begin alike", a, b)
	}
	network := func(a string) string { return a[:strings.LastIndex(a, ".")] }
	if a, b := n.all("10.1.2.3"), n.all("10.1.2.4"); network(a) != network(b) || a == b {
		t.Errorf("%s and %s", a, b)
	}
	if a, b := New([]byte("another")).all("reader"), n.all("reader"); a == b {
		t.Errorf("with another key, the name is the same: %s", a)
	}
	seen := map[string]string{}
	for _, c := range "abcdefghijklmnopqrstuvwxyz0123456789" {
		for _, d := range "abcdefghijklmnopqrstuvwxyz0123456789" {
			word := string(c) + string(d)
			got := n.all(word)
			if seen[got] != "" || got == word {
				t.Errorf("%s becomes %s, as does %q", word, got, seen[got])
			}
			seen[got] = word
		}
	}
}

// A message with other names has the same cause.
func TestMessages(t *testing.T) {
	vectors, err := os.ReadFile("../message/testdata/vectors.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for line := range bytes.Lines(vectors) {
		var v struct{ Message string }
		if err := json.Unmarshal(line, &v); err != nil {
			t.Fatal(err)
		}
		want := message.Parse(v.Message)
		text := New(key).message(v.Message)
		got := message.Parse(text)
		count++
		if got.Cause != want.Cause || got.Action != want.Action ||
			(got.Principal == "") != (want.Principal == "") || (got.PolicyARN == "") != (want.PolicyARN == "") {
			t.Errorf("%s\nbecomes\n%s\n%+v, want\n%+v", v.Message, text, got, want)
		}
	}
	if count < 100 {
		t.Errorf("only %d messages", count)
	}
}
