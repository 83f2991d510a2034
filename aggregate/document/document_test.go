package document

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"trail403/aggregate/evaluate"
	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

func minute(n int) time.Time { return time.Date(2026, 10, 28, 9, n, 0, 0, time.UTC) }

// statement returns a document of one Deny statement with the Sid.
func statement(sid string) string {
	return fmt.Sprintf(`{"Version": "2012-10-17", "Statement": [{"Sid": %q, "Effect": "Deny", "Action": "s3:%s", "Resource": "*"}]}`, sid, sid)
}

// trail makes a book of calls, one a minute. The event id of each is e and its number.
func trail(t *testing.T, calls ...string) *Book {
	t.Helper()
	var changes []event.Change
	for i, one := range calls {
		source, rest, _ := strings.Cut(one, " ")
		name, request, _ := strings.Cut(rest, " ")
		record := fmt.Appendf(nil, `{"eventSource": "%s.amazonaws.com", "eventName": %q, "eventTime": %q, "eventID": "e%d",
			"awsRegion": "eu-west-1", "recipientAccountId": "111122223333", %s}`, source, name, minute(i).Format(time.RFC3339), i, request)
		c, ok, err := change.Decode(record)
		if !ok || err != nil {
			t.Fatalf("%s is not a change: %v", one, err)
		}
		c.Documents = change.Documents(record, &c)
		changes = append([]event.Change{c}, changes...) // the order makes no difference
	}
	return New(changes)
}

func putBucket(policy string) string {
	return `s3 PutBucketPolicy "requestParameters": {"bucketName": "corp-data", "bucketPolicy": ` + policy + `}`
}

func inline(role, name, policy string) string {
	return fmt.Sprintf(`iam PutRolePolicy "requestParameters": {"roleName": %q, "policyName": %q, "policyDocument": %q}`, role, name, policy)
}

const managed = `"policyArn": "arn:aws:iam::111122223333:policy/p"`

// concerned returns the policies of a denial as text.
func concerned(b *Book, d event.Denial) string {
	r := evaluate.RequestOf(&d, &event.Context{})
	var list []string
	for _, p := range b.Concerned(&d, r) {
		list = append(list, fmt.Sprintf("%s %s %s %s %s", p.Kind, p.Name, p.On, p.Change, p.Document.Statements[0].Sid))
	}
	return strings.Join(list, "\n")
}

// A document holds from the call that set it to the next one.
func TestTime(t *testing.T) {
	b := trail(t, `s3 CreateBucket "requestParameters": {"bucketName": "corp-data"}`, putBucket(statement("One")), putBucket(statement("Two")),
		`s3 DeleteBucketPolicy "requestParameters": {"bucketName": "corp-data"}`, putBucket(`{"Statement": 1}`), putBucket(statement("One")),
		`s3 PutBucketPublicAccessBlock "requestParameters": {"bucketName": "corp-data", "PublicAccessBlockConfiguration": {"BlockPublicAcls": true}}`)
	for at, want := range map[int]string{
		-1: "", 0: "", 1: "resource  corp-data e1 One", 2: "resource  corp-data e2 Two", 3: "", 4: "", 5: "resource  corp-data e5 One",
		59: "resource  corp-data e5 One",
	} {
		d := event.Denial{Bucket: "corp-data", Action: "s3:GetObject", Key: "k", Time: minute(at)}
		if got := concerned(b, d); got != want {
			t.Errorf("minute %d: got %q, want %q", at, got, want)
		}
	}
	problems := b.Problems()
	if len(problems) != 1 || problems[0].Change != "e4" || !errors.Is(problems[0].Err, policydoc.ErrShape) {
		t.Errorf("got the problems %v", problems)
	}
}

func TestConcerned(t *testing.T) {
	const key = "arn:aws:kms:eu-west-1:111122223333:key/1"
	b := trail(t,
		putBucket(statement("Bucket")),
		inline("reader", "b", statement("B")), inline("reader", "a", statement("A")), inline("writer", "a", statement("Writer")),
		`iam CreatePolicy "requestParameters": {"policyName": "p", "policyDocument": `+fmt.Sprintf("%q", statement("V1"))+`},
			"responseElements": {"policy": {"arn": "arn:aws:iam::111122223333:policy/p"}}`,
		`iam AttachRolePolicy "requestParameters": {"roleName": "reader", `+managed+`}`,
		`iam CreatePolicyVersion "requestParameters": {`+managed+`, "policyDocument": `+fmt.Sprintf("%q", statement("V2"))+`},
			"responseElements": {"policyVersion": {"versionId": "v2"}}`,
		`iam SetDefaultPolicyVersion "requestParameters": {`+managed+`, "versionId": "v2"}`,
		`iam DetachRolePolicy "requestParameters": {"roleName": "reader", `+managed+`}`,
		`iam PutRolePermissionsBoundary "requestParameters": {"roleName": "reader", "permissionsBoundary": "arn:aws:iam::111122223333:policy/p"}`,
		`iam DeleteRolePermissionsBoundary "requestParameters": {"roleName": "reader"}`,
		`kms PutKeyPolicy "requestParameters": {"keyId": "`+key+`", "policy": `+fmt.Sprintf("%q", statement("Key"))+`}`,
		`ec2 ModifyVpcEndpoint "requestParameters": {"ModifyVpcEndpointRequest": {"VpcEndpointId": "vpce-1", "PolicyDocument": `+fmt.Sprintf("%q", statement("Net"))+`}}`,
		`iam PutGroupPolicy "requestParameters": {"groupName": "team", "policyName": "g", "policyDocument": `+fmt.Sprintf("%q", statement("Team"))+`}`,
		`iam AddUserToGroup "requestParameters": {"userName": "maria", "groupName": "team"}`,
		`iam RemoveUserFromGroup "requestParameters": {"userName": "maria", "groupName": "team"}`,
		`organizations CreatePolicy "requestParameters": {"type": "SERVICE_CONTROL_POLICY", "content": `+fmt.Sprintf("%q", statement("SCP"))+`},
			"responseElements": {"policy": {"policySummary": {"id": "p-1"}}}`,
	)
	const role = "arn:aws:iam::111122223333:role/reader"
	own := "resource  corp-data e0 Bucket\nidentity a " + role + " e2 A\nidentity b " + role + " e1 B"
	for _, x := range []struct {
		at   int
		d    event.Denial
		want string
	}{
		{4, event.Denial{}, own},
		{5, event.Denial{}, own + "\nidentity arn:aws:iam::111122223333:policy/p " + role + " e4 V1"},
		{6, event.Denial{}, own + "\nidentity arn:aws:iam::111122223333:policy/p " + role + " e4 V1"},
		{7, event.Denial{}, own + "\nidentity arn:aws:iam::111122223333:policy/p " + role + " e7 V2"},
		{8, event.Denial{}, own},
		{9, event.Denial{}, own + "\nboundary arn:aws:iam::111122223333:policy/p " + role + " e7 V2"},
		{10, event.Denial{}, own},
		{20, event.Denial{Cause: event.BoundaryExplicit, PolicyARN: "arn:aws:iam::111122223333:policy/p"},
			own + "\nboundary arn:aws:iam::111122223333:policy/p  e7 V2"},
		{7, event.Denial{Cause: event.IdentityExplicit, PolicyARN: "arn:aws:iam::111122223333:policy/p"},
			own + "\nidentity arn:aws:iam::111122223333:policy/p " + role + " e7 V2"},
		{20, event.Denial{DeniedAction: "kms:Decrypt", KMSKey: key}, "resource  " + key + " e11 Key\n" + own[strings.Index(own, "\n")+1:]},
		{20, event.Denial{VPCEndpoint: "vpce-1"}, "resource  corp-data e0 Bucket\nvpce  vpce-1 e12 Net\n" + own[strings.Index(own, "\n")+1:]},
		{14, event.Denial{Principal: "arn:aws:iam::111122223333:user/maria"},
			"resource  corp-data e0 Bucket\nidentity g arn:aws:iam::111122223333:group/team e13 Team"},
		{15, event.Denial{Principal: "arn:aws:iam::111122223333:user/maria"}, "resource  corp-data e0 Bucket"},
		{20, event.Denial{Principal: "anonymous"}, "resource  corp-data e0 Bucket"},
		{20, event.Denial{Cause: event.SCPExplicit, PolicyARN: "arn:aws:organizations::1:policy/o-1/service_control_policy/p-1", Principal: "anonymous"},
			"resource  corp-data e0 Bucket\nscp p-1  e16 SCP"},
	} {
		if x.d.Principal == "" {
			x.d.Principal = "arn:aws:iam::111122223333:role/app/reader"
		}
		x.d.Time, x.d.Bucket, x.d.Action = minute(x.at), "corp-data", "s3:GetObject"
		if got := concerned(b, x.d); got != x.want {
			t.Errorf("minute %d, %+v:\ngot\n%s\nwant\n%s", x.at, x.d, got, x.want)
		}
	}
}

func TestRevisions(t *testing.T) {
	block := func(name, on string) string {
		return `s3 ` + name + ` "requestParameters": {"bucketName": "corp-data", "PublicAccessBlockConfiguration": {` + on + `}}`
	}
	changed := "changed One 1: Action s3:One > Action s3:Other"
	for name, x := range map[string]struct {
		calls []string
		of    string
		want  string
	}{
		"the one before is not known": {[]string{putBucket(statement("One"))}, "e0", "corp-data not known"},
		"there was none": {[]string{`s3 CreateBucket "requestParameters": {"bucketName": "corp-data"}`, putBucket(statement("One"))}, "e1",
			"corp-data added One 1:  > Deny s3:One on all resources"},
		"nothing": {[]string{putBucket(statement("One")), putBucket(statement("One"))}, "e1", "corp-data"},
		"an action": {[]string{putBucket(statement("One")), putBucket(strings.Replace(statement("One"), "s3:One", "s3:Other", 1))}, "e1",
			"corp-data " + changed},
		"a deletion": {[]string{putBucket(statement("One")), `s3 DeleteBucketPolicy "requestParameters": {"bucketName": "corp-data"}`}, "e1",
			"corp-data removed One 1: Deny s3:One on all resources > "},
		"the one before could not be read": {[]string{putBucket(`{"Statement": 1}`), putBucket(statement("One"))}, "e1", "corp-data not known"},
		"an inline policy beside another one": {[]string{inline("r", "a", statement("One")), inline("r", "b", statement("Two")),
			inline("r", "a", statement("Three"))}, "e2",
			"arn:aws:iam::111122223333:role/r a added Three 1:  > Deny s3:Three on all resources, removed One 1: Deny s3:One on all resources > "},
		"a version that is not in force": {[]string{`iam CreatePolicyVersion "requestParameters": {` + managed + `, "policyDocument": ` +
			fmt.Sprintf("%q", statement("V2")) + `}, "responseElements": {"policyVersion": {"versionId": "v2"}}`}, "e0", ""},
		"settings": {[]string{block("PutBucketPublicAccessBlock", `"BlockPublicAcls": true, "RestrictPublicBuckets": false`),
			block("PutBucketPublicAccessBlock", `"BlockPublicAcls": true, "RestrictPublicBuckets": true`)}, "e1",
			"corp-data BlockPublicAccess changed  0: RestrictPublicBuckets false > RestrictPublicBuckets true"},
		"settings removed": {[]string{block("PutBucketPublicAccessBlock", `"BlockPublicAcls": true`), block("DeleteBucketPublicAccessBlock", "")}, "e1",
			"corp-data BlockPublicAccess removed  0: BlockPublicAcls true > "},
		"gone, and made again without one": {[]string{`s3 DeleteBucketPolicy "requestParameters": {"bucketName": "corp-data"}`,
			`s3 CreateBucket "requestParameters": {"bucketName": "corp-data"}`}, "e1", "corp-data"},
		"settings that stay": {[]string{block("PutBucketPublicAccessBlock", `"BlockPublicAcls": true`),
			block("PutBucketPublicAccessBlock", `"BlockPublicAcls": true`)}, "e1", "corp-data BlockPublicAccess"},
		"settings after none": {[]string{block("DeleteBucketPublicAccessBlock", ""), block("PutBucketPublicAccessBlock", `"BlockPublicAcls": true`)},
			"e1", "corp-data BlockPublicAccess added  0:  > BlockPublicAcls true"},
		"another change": {[]string{putBucket(statement("One"))}, "e9", ""},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, r := range trail(t, x.calls...).Revisions(x.of) {
				text := strings.TrimSpace(r.Of.Name + " " + r.Name)
				if r.Known != (r.Differences != nil) {
					t.Errorf("known is %v, and the differences are %#v", r.Known, r.Differences)
				}
				if !r.Known {
					text += " not known"
				}
				var list []string
				for _, d := range r.Differences {
					list = append(list, fmt.Sprintf("%s %s %d: %s > %s", d.Op, d.Sid, d.Statement, d.Before, d.After))
				}
				got = append(got, strings.TrimRight(text+" "+strings.Join(list, ", "), " "))
			}
			if strings.Join(got, "\n") != strings.TrimRight(x.want, " ") {
				t.Errorf("got  %q\nwant %q", got, x.want)
			}
		})
	}
}

// Equal texts share their memory: a pipeline that sets the same policy every hour
// costs one document.
func TestTextsAreShared(t *testing.T) {
	b := trail(t, putBucket(statement("One")), putBucket(statement("One")))
	entries := b.slots[slot{of: event.Target{Type: change.Bucket, Name: "corp-data"}}]
	if len(entries) != 2 || entries[0].parsed != entries[1].parsed {
		t.Errorf("got %+v", entries)
	}
}
