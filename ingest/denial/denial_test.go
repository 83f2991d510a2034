package denial

import (
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest/event"
)

const (
	bareDenied  = `"Access Denied"`
	roleSession = `arn:aws:sts::111122223333:assumed-role/reader/i-0abc`
)

// record is an S3 denial by the role reader, with changes: pairs of a key and
// its JSON text. An empty text removes the member.
func record(changes ...string) []byte {
	members := []string{
		"eventVersion", `"1.11"`,
		"userIdentity", `{"type":"AssumedRole","principalId":"AROAEXAMPLE:i-0abc","arn":"` + roleSession + `","accountId":"111122223333",
			"sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111122223333:role/app/reader"}}}`,
		"eventTime", `"2026-10-28T09:14:07Z"`,
		"eventSource", `"s3.amazonaws.com"`,
		"eventName", `"GetObject"`,
		"awsRegion", `"us-east-1"`,
		"sourceIPAddress", `"10.0.0.1"`,
		"userAgent", `"[aws-cli/2]"`,
		"errorCode", `"AccessDenied"`,
		"errorMessage", bareDenied,
		"requestParameters", `{"bucketName":"corp-data","key":"a/b.txt","Host":"corp-data.s3.amazonaws.com"}`,
		"additionalEventData", `{"bytesTransferredIn":0.0,"SignatureVersion":"SigV4"}`,
		"eventID", `"c258b2d7-b07d-4017-bf98-107b45288cff"`,
		"resources", `[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::corp-data/a/b.txt"},{"accountId":"111122223333","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::corp-data"}]`,
		"eventType", `"AwsApiCall"`,
		"recipientAccountId", `"111122223333"`,
		"eventCategory", `"Data"`,
	}
	for c := range slices.Chunk(changes, 2) {
		i := slices.Index(members, c[0])
		switch {
		case i < 0 && c[1] != "":
			members = append(members, c...)
		case i < 0:
		case c[1] == "":
			members = slices.Delete(members, i, i+2)
		default:
			members[i+1] = c[1]
		}
	}
	var b strings.Builder
	for m := range slices.Chunk(members, 2) {
		b.WriteString(`,"` + m[0] + `":` + m[1])
	}
	return []byte("{" + b.String()[1:] + "}")
}

func decode(t *testing.T, record []byte) event.Denial {
	t.Helper()
	d, verdict, err := NewDecoder().Decode(record)
	if verdict != Denied || err != nil {
		t.Errorf("verdict %d, error %v of %.1500s", verdict, err, record)
	}
	return d
}

func TestDecode(t *testing.T) {
	text := `User: ` + roleSession + ` is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::corp-data/a/b.txt\" ` +
		`with an explicit deny in a service control policy: arn:aws:organizations::999988887777:policy/o-example/service_control_policy/p-1`
	got := decode(t, record("errorMessage", `"`+text+`"`, "sharedEventID", `"535103f5"`, "vpcEndpointId", `"vpce-1"`, "requestID", `"4B4N7QTZAAS9DXQD"`,
		"addendum", `{"reason":"UPDATED_DATA","originalEventID":"8e6ffb2a"}`))
	if got.Fingerprint == 0 {
		t.Error("no fingerprint")
	}
	got.Fingerprint = 0
	want := event.Denial{
		EventID: "c258b2d7-b07d-4017-bf98-107b45288cff", SharedEventID: "535103f5", OriginalEventID: "8e6ffb2a",
		Time:   time.Date(2026, 10, 28, 9, 14, 7, 0, time.UTC),
		Source: "s3.amazonaws.com", Name: "GetObject", Region: "us-east-1", ErrorCode: "AccessDenied",
		Message:   strings.ReplaceAll(text, `\`, ""),
		Principal: "arn:aws:iam::111122223333:role/app/reader", PrincipalType: "role", CallerAccount: "111122223333", Session: "i-0abc", HasARN: true,
		Action: "s3:GetObject", Bucket: "corp-data", BucketAccount: "111122223333", Key: "a/b.txt", Recipient: "111122223333",
		SourceIP: "10.0.0.1", UserAgent: "[aws-cli/2]", VPCEndpoint: "vpce-1",
		CallerARN: roleSession, RequestID: "4B4N7QTZAAS9DXQD",
		Cause: event.SCPExplicit, DeniedAction: "s3:GetObject",
		PolicyARN: "arn:aws:organizations::999988887777:policy/o-example/service_control_policy/p-1",
		Context: event.Context{
			Credentials: event.Credentials{UniqueID: "AROAEXAMPLE", RoleNamed: true},
			Call:        event.Call{SignatureVersion: "SigV4", HasParameters: true},
		},
	}
	if got != want {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
	if a, b := decode(t, record()), decode(t, record("eventID", `"other"`)); a.Fingerprint == b.Fingerprint {
		t.Error("two records have one fingerprint")
	}
}

// Which records are denials: the error code and the event source decide.
func TestVerdict(t *testing.T) {
	f := func(want Verdict, record []byte) {
		t.Helper()
		d, got, err := NewDecoder().Decode(record)
		if got != want || err != nil {
			t.Errorf("got %d, %v, want %d", got, err, want)
		}
		if got != Denied && d != (event.Denial{}) {
			t.Errorf("a denial for verdict %d: %+v", got, d)
		}
	}
	for _, code := range DefaultErrorCodes() {
		f(Denied, record("errorCode", `"`+code+`"`))
	}
	for _, code := range []string{
		`"NoSuchBucketPolicy"`, `"NoSuchKey"`, `"InvalidObjectState"`, `"accessdenied"`, `"AccessDenied "`,
		`"Client.AccessDenied"`, `""`, `null`, `{}`, `[]`, `403`, `[["AccessDenied"]]`, "",
	} {
		f(NotDenied, record("errorCode", code))
	}
	for _, source := range []string{
		"s3.amazonaws.com", "s3express.amazonaws.com", "s3-outposts.amazonaws.com", "s3tables.amazonaws.com", "s3vectors.amazonaws.com",
		"s3-object-lambda.amazonaws.com", "s3.us-east-1.amazonaws.com", "s3.amazonaws.com.cn", "s3.amazonaws.eu",
	} {
		f(Denied, record("eventSource", `"`+source+`"`))
	}
	for _, source := range []string{
		`"ec2.amazonaws.com"`, `"aws:s3"`, `"s3"`, `"s3.amazonaws.com.evil.example"`, `"S3.amazonaws.com"`, `"sts.amazonaws.com"`, `""`, `null`, `{}`, "",
	} {
		f(NotDenied, record("eventSource", source))
	}
	f(NotDenied, []byte(`{}`))
	f(Malformed, nil)
	f(Malformed, []byte(`[]`))
	f(Malformed, []byte(`"errorCode"`))
	f(Malformed, []byte(`null`))
}

func TestErrorCodes(t *testing.T) {
	f := func(want Verdict, code string, codes ...string) {
		t.Helper()
		if _, got, _ := NewDecoder(codes...).Decode(record("errorCode", `"`+code+`"`)); got != want {
			t.Errorf("%s with the codes %v: got %d, want %d", code, codes, got, want)
		}
	}
	f(Denied, "NoSuchKey", "NoSuchKey", "SlowDown")
	f(Denied, "SlowDown", "NoSuchKey", "SlowDown")
	f(NotDenied, "AccessDenied", "NoSuchKey", "SlowDown")
	f(NotDenied, "", "")

	codes := DefaultErrorCodes()
	if len(codes) != 14 || len(slices.Compact(slices.Sorted(slices.Values(codes)))) != 14 {
		t.Errorf("%d codes: %v", len(codes), codes)
	}
	codes[0] = "spoiled"
	f(Denied, "AccessDenied")
}
