package denial

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
)

// compare checks that Decode and the reference agree on a record, where it is
// valid JSON and, elsewhere, that Decode finds no denial.
func compare(t *testing.T, record []byte) {
	t.Helper()
	got, verdict, err := NewDecoder().Decode(record)
	switch {
	case !json.Valid(record):
		if verdict == Denied {
			t.Errorf("a denial in %q, which is no JSON", record)
		}
		return
	case record[0] != '{':
		if verdict != Malformed || err != nil {
			t.Errorf("got %d, %v of %q, which is no object", verdict, err, record)
		}
		return
	}
	want, wantVerdict := reference(record)
	if verdict != wantVerdict || err != nil || got != want {
		t.Errorf("%s\n got %d, %v, %+v\nwant %d, %+v", record, verdict, err, got, wantVerdict, want)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(record())
	f.Add(record("userIdentity", strangerID, "resources", hiddenOwner, "requestParameters", "null"))
	f.Add(record("userIdentity", serviceID, "eventName", "null", "requestParameters", `"{\"bucketName\":\"b\"}"`))
	f.Add(record("eventTime", `"soon"`))
	f.Add(record("userIdentity", anonymousID, "resources", directory, "errorCode", `"VpceAccessDenied"`, "errorMessage", "null"))
	f.Add(bytes.Replace(record(), []byte("errorCode"), []byte(`\u0065rrorCode`), 1))
	f.Add([]byte(`{"errorCode":["AccessDenied"],"eventSource":"s3.amazonaws.com","eventTime":"2026-10-28T09:14:07.5+02:00"}`))
	f.Add([]byte(`{"eventSource":"s3.amazonaws.com","errorCode":tru}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		compare(t, bytes.Trim(data, " \t\r\n"))
	})
}

// Records put together at random from odd keys and values, nearly all valid, of
// which many are denials: what a fuzzer rarely gets to. Seeded, so that it is
// the same in every run.
func TestDecodeRandom(t *testing.T) {
	n := 10_000
	if testing.Short() {
		n = 2000
	}
	g := gen{rand.New(rand.NewPCG(403, 1))}
	verdicts := map[Verdict]int{}
	for range n {
		r := g.record()
		compare(t, []byte(r))
		_, v := reference([]byte(r))
		verdicts[v]++
		if t.Failed() {
			return
		}
	}
	for _, v := range []Verdict{Denied, NotDenied, Malformed} {
		if verdicts[v] < n/20 {
			t.Errorf("of %d records only %d have the verdict %d: the test tests little", n, verdicts[v], v)
		}
	}
}

// gen makes records.
type gen struct{ *rand.Rand }

func (g gen) pick(from ...string) string { return from[g.IntN(len(from))] }

func (g gen) record() string {
	members := []string{
		`"eventSource":` + g.pick(`"s3.amazonaws.com"`, `"s3.amazonaws.com"`, `["s3express.amazonaws.com"]`, `"s3\u002eamazonaws.com"`, `"ec2.amazonaws.com"`),
		`"errorCode":` + g.pick(`"AccessDenied"`, `"Access\u0044enied"`, `["AccessDenied"]`, `"VpceAccessDenied"`, `"NoSuchKey"`, `null`),
		`"eventTime":` + g.pick(`"2026-10-28T09:14:07Z"`, `"2020-01-01T00:00:00.25+01:00"`, `"2024-08-21T00:00:00Z"`, `"9999-01-01T00:00:00Z"`, `""`, `7`),
	}
	for range g.IntN(8) {
		members = append(members, g.pick("", "", " ")+g.key()+g.pick(":", ":", " :\n ")+g.value(3))
	}
	g.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	return "{" + strings.Join(members, g.pick(",", ",", " ,\t")) + "}"
}

func (g gen) key() string {
	k := g.pick("errorCode", "eventSource", "eventTime", "eventName", "errorMessage", "errorMessage", "userIdentity", "userIdentity", "userIdentity",
		"requestParameters", "requestParameters", "resources", "resources", "resources", "recipientAccountId", "eventCategory", "eventType", "addendum", "eventID",
		"type", "type", "arn", "accountId", "principalId", "invokedBy", "sessionContext", "sessionIssuer", "ARN", "ARN", "ARNPrefix",
		"bucketName", "key", "Key", "versionId", "originalEventID", "x", "")
	switch i := g.IntN(20); {
	case i == 0 && k != "":
		j := g.IntN(len(k))
		const hex = "0123456789abcdef"
		k = k[:j] + `\u00` + string(hex[k[j]>>4]) + string(hex[k[j]&15]) + k[j+1:]
	case i == 1:
		k = strings.ToUpper(k)
	case i == 2:
		k += "\xff"
	}
	return `"` + k + `"`
}

func (g gen) value(depth int) string {
	if depth > 0 && g.IntN(2) == 0 {
		var parts []string
		if g.IntN(3) == 0 {
			for range g.IntN(4) {
				parts = append(parts, g.value(depth-1))
			}
			return "[" + strings.Join(parts, ", ") + "]"
		}
		for range g.IntN(5) {
			parts = append(parts, g.key()+":"+g.value(depth-1))
		}
		object := "{" + strings.Join(parts, " ,") + "}"
		if g.IntN(8) == 0 { // as text
			text, _ := json.Marshal(object)
			return string(text)
		}
		return object
	}
	return g.pick("null", "true", "7", "-0.50e+3", `""`, `"x"`, `"\u00e9\ud83d"`, "\"\xfe\"", `"{"`, `"[1]"`,
		`"AWSAccount"`, `"AWSAccount"`, `"AWSService"`, `"AWS::S3::Bucket"`, `"AWS::S3::Bucket"`, `"AWS::S3::Object"`, `"AWS::S3Express::DirectoryBucket"`,
		`"111122223333"`, `"111122223333"`, `444455556666`, `"anonymous"`, `"ANONYMOUS_PRINCIPAL"`, `"AROAEXAMPLE:s"`, `"NetworkActivity"`, `"AwsVpceEvent"`,
		`"arn:aws:iam::111122223333:role/app/reader"`, `"arn:aws:sts::111122223333:assumed-role/reader/s"`, `"arn:aws:iam::444455556666:user/bob"`,
		`"arn:aws:s3:::corp-data"`, `"arn:aws:s3:::corp-data/k"`, `"arn:aws:s3express:us-west-2:111122223333:bucket/b--x-s3"`, `"corp-data"`,
		`"GetObject"`, `"PutPublicAccessBlock"`, `"Access Denied"`, `"AKIAIOSFODNN7EXAMPLE"`,
		`"User: arn:aws:sts::444455556666:assumed-role/r/s is not authorized to perform: s3:ListBucket on resource: \"arn:aws:s3:::other-data\" because no identity-based policy allows the s3:ListBucket action"`,
		`"User: arn:aws:iam::444455556666:user/bob is not authorized to perform: kms:Decrypt on this resource because no session policy allows the kms:Decrypt action"`)
}
