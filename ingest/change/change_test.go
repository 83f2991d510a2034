package change

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"trail403/ingest/event"
)

// record returns a change, with members replaced: "" removes one.
func record(changes ...string) []byte {
	members := []string{
		"eventVersion", `"1.11"`,
		"userIdentity", `{"type":"AssumedRole","principalId":"AROAEXAMPLE:mary","arn":"arn:aws:sts::111122223333:assumed-role/admin/mary","accountId":"111122223333","accessKeyId":"ASIAIOSFODNN7EXAMPLE","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE","arn":"arn:aws:iam::111122223333:role/ops/admin","accountId":"111122223333","userName":"admin"},"attributes":{"creationDate":"2026-10-28T08:00:00Z","mfaAuthenticated":"true"}}}`,
		"eventTime", `"2026-10-28T09:11:07Z"`,
		"eventSource", `"s3.amazonaws.com"`,
		"eventName", `"PutBucketPolicy"`,
		"awsRegion", `"us-east-1"`,
		"sourceIPAddress", `"192.0.2.7"`,
		"userAgent", `"[aws-cli/2.36.17]"`,
		"requestParameters", `{"bucketPolicy":{"Version":"2012-10-17","Statement":[]},"bucketName":"corp-data","Host":"corp-data.s3.amazonaws.com","policy":""}`,
		"responseElements", `null`,
		"requestID", `"R"`,
		"eventID", `"00000000-0000-4000-8000-000000000001"`,
		"readOnly", `false`,
		"resources", `[{"accountId":"111122223333","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data"}]`,
		"eventType", `"AwsApiCall"`,
		"managementEvent", `true`,
		"recipientAccountId", `"111122223333"`,
		"eventCategory", `"Management"`,
	}
	for i := 0; i < len(changes); i += 2 {
		found := false
		for j := 0; j < len(members); j += 2 {
			if members[j] == changes[i] {
				members[j+1], found = changes[i+1], true
			}
		}
		if !found {
			members = append(members, changes[i], changes[i+1])
		}
	}
	var parts []string
	for i := 0; i < len(members); i += 2 {
		if members[i+1] != "" {
			parts = append(parts, `"`+members[i]+`":`+members[i+1])
		}
	}
	return []byte("{" + strings.Join(parts, ",") + "}")
}

func decode(t *testing.T, record []byte) event.Change {
	t.Helper()
	c, ok, err := Decode(record)
	if !ok || err != nil {
		t.Fatalf("%s: %v, %v", record, ok, err)
	}
	return c
}

func TestDecode(t *testing.T) {
	got := decode(t, record("sharedEventID", `"S"`, "addendum", `{"reason":"UPDATED_DATA","originalEventID":"O"}`))
	want := event.Change{
		EventID: "00000000-0000-4000-8000-000000000001", SharedEventID: "S", OriginalEventID: "O",
		Time:   time.Date(2026, 10, 28, 9, 11, 7, 0, time.UTC),
		Source: "s3.amazonaws.com", Name: "PutBucketPolicy", Region: "us-east-1",
		Actor: "arn:aws:iam::111122223333:role/ops/admin", ActorType: "role", ActorAccount: "111122223333", Session: "mary", HasARN: true,
		Account: "111122223333", SourceIP: "192.0.2.7", UserAgent: "[aws-cli/2.36.17]",
		Targets:     []event.Target{{Type: "bucket", Name: "corp-data"}},
		Fingerprint: got.Fingerprint,
	}
	if !reflect.DeepEqual(got, want) || got.Fingerprint == 0 {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if other := decode(t, record("requestID", `"R2"`)); other.Fingerprint == got.Fingerprint {
		t.Error("two texts have one fingerprint")
	}
}

func TestIsChange(t *testing.T) {
	f := func(want bool, changes ...string) {
		t.Helper()
		if _, ok, err := Decode(record(changes...)); ok != want || err != nil {
			t.Errorf("%q: got %v, %v", changes, ok, err)
		}
	}
	f(true)
	f(true, "readOnly", "")
	f(true, "eventTime", `"2026-10-28T09:11:07.5+02:00"`)
	f(true, "eventSource", `["s3.amazonaws.com"]`, "eventName", ` [ "PutBucketPolicy"] `)
	f(true, "eventName", `"Put\u0042ucketPolicy"`)
	f(true, "eventName", "", `event\u004eame`, `"PutBucketPolicy"`)
	f(true, "eventSource", `"s3.amazonaws.com.cn"`)
	f(true, "eventSource", `"s3express.amazonaws.com"`)
	f(true, "errorCode", "null", "errorMessage", `""`)
	f(true, "eventID", "", "userIdentity", "", "awsRegion", "", "recipientAccountId", "", "requestParameters", "", "resources", "")
	f(false, "errorCode", `"AccessDenied"`)
	f(false, "errorMessage", `"MalformedPolicy"`)
	f(false, "errorCode", `"Client.DryRunOperation"`, "eventSource", `"ec2.amazonaws.com"`, "eventName", `"DeleteVpcEndpoints"`)
	f(false, "eventName", `"GetBucketPolicy"`)
	f(false, "eventName", `"PutObject"`)
	f(false, "eventName", `"AttachRolePolicy"`)    // not of S3
	f(false, "eventSource", `"iot.amazonaws.com"`) // has an AttachPolicy too
	f(false, "eventSource", `"s3.example.com"`)    // somebody's own
	f(false, "eventSource", `"notamazonaws.com"`)
	f(false, "eventSource", `"s3"`, "eventName", `[[]]`)
	f(false, "eventName", `"putbucketpolicy"`)
	f(false, "eventName", "null", "EventName", `"PutBucketPolicy"`)
	f(false, "eventName", `"GetObject"`, "requestParameters", `{"eventName":"PutBucketPolicy"}`)
	f(false, "eventTime", "")
	f(false, "eventTime", `"soon"`)
	f(false, "eventTime", `"9999-01-01T00:00:00Z"`)
	f(false, "eventCategory", `"NetworkActivity"`, "eventType", `"AwsVpceEvent"`)
	f(false, "eventType", `"AwsVpceEvents"`, "eventCategory", "")
	// The last duplicate counts.
	twice := strings.Replace(string(record()), `"eventName"`, `"eventName":"GetObject","eventName"`, 1)
	if _, ok, err := Decode([]byte(twice)); !ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	for _, broken := range []string{
		strings.Replace(string(record()), "false", "fals", 1),
		strings.Replace(string(record()), "}", "", 1),
		`{"eventName":"PutBucketPolicy"`,
		`{"\u0065ventName`,
	} {
		if _, ok, err := Decode([]byte(broken)); ok || err == nil {
			t.Errorf("%s: %v, %v", broken, ok, err)
		}
	}
	for _, other := range []string{"", "null", "[]", `"PutBucketPolicy"`, "7", "{}", `{"eventName":"x`} {
		if _, ok, err := Decode([]byte(other)); ok || err != nil {
			t.Errorf("%q: %v, %v", other, ok, err)
		}
	}
}

// Every copy of a call names the actor as a denial names its principal.
func TestActor(t *testing.T) {
	f := func(actor, kind, account, session, userIdentity string) {
		t.Helper()
		c := decode(t, record("userIdentity", userIdentity))
		if c.Actor != actor || c.ActorType != kind || c.ActorAccount != account || c.Session != session {
			t.Errorf("got %s (%s of %q, session %q)", c.Actor, c.ActorType, c.ActorAccount, c.Session)
		}
	}
	f("arn:aws:iam::111122223333:root", "root", "111122223333", "", `{"type":"Root","arn":"arn:aws:iam::111122223333:root","accountId":"111122223333"}`)
	f("arn:aws:iam::111122223333:role/reader", "role", "111122223333", "me@example.com", `{"arn":"arn:aws:sts::111122223333:assumed-role/reader/me@example.com"}`)
	f("cloudformation.amazonaws.com", "service", "", "", `{"type":"AWSService","invokedBy":"cloudformation.amazonaws.com"}`)
	f("unknown", "unknown", "", "", `null`)
}

// No field of a change holds an access key id, wherever the record does.
func TestRedacted(t *testing.T) {
	const key = "AKIAIOSFODNN7EXAMPLE"
	text := strings.ReplaceAll(string(record("sharedEventID", `"`+key+`"`, "addendum", `{"originalEventID":"`+key+`"}`)), "111122223333", key)
	for _, old := range []string{"mary", "us-east-1", "192.0.2.7", "aws-cli", "corp-data", "00000000-0000-4000-8000-000000000001", "ops/admin"} {
		text = strings.ReplaceAll(text, old, key)
	}
	if got := fmt.Sprintf("%+v", decode(t, []byte(text))); strings.Contains(got, "AKIA") {
		t.Errorf("a key in %s", got)
	}
}

func TestCallsTable(t *testing.T) {
	rows := strings.Split(strings.TrimSuffix(callsTSV, "\n"), "\n")
	if rows[0] != "service\tevent\ttouches" || len(calls()) != len(rows)-1 {
		t.Errorf("%d calls in %d rows under %q", len(calls()), len(rows)-1, rows[0])
	}
	longest, used := 0, map[string]bool{}
	for c, touches := range calls() {
		longest = max(longest, len(c.name))
		if len(touches) == 0 {
			t.Errorf("%v touches nothing", c)
		}
		for _, rule := range touches {
			used[rule] = true
			if rules[rule] == nil {
				t.Errorf("%v: no rule is named %s", c, rule)
			}
		}
		for _, read := range []string{"Get", "List", "Describe", "Head"} {
			if strings.HasPrefix(c.name, read) {
				t.Errorf("%v reads", c)
			}
		}
	}
	if longest != longestName {
		t.Errorf("the longest name has %d letters", longest)
	}
	if len(used) != len(rules) {
		t.Errorf("%d of %d rules are used", len(used), len(rules))
	}
}
