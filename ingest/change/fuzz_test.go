package change

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/ingest/event"
	"trail403/ingest/field"
)

// reference says with encoding/json whether a valid object is a change, and
// returns it without what the package finds in identities and parameters.
func reference(record []byte) (c event.Change, ok bool) {
	var top map[string]json.RawMessage
	json.Unmarshal(record, &top)
	str := func(key string) string { return refText(top[key]) }
	service, domain, _ := strings.Cut(str("eventSource"), ".")
	if strings.HasPrefix(service, "s3") {
		service = "s3"
	}
	if service == "sso-directory" {
		service = "identitystore"
	}
	if !strings.Contains("."+domain, ".amazonaws.") || !strings.Contains(callsTSV, "\n"+service+"\t"+str("eventName")+"\t") {
		return c, false
	}
	at, err := time.Parse(time.RFC3339, str("eventTime"))
	at = at.UTC()
	if err != nil || at.Year() < 2000 || at.Year() > 2999 || str("errorCode") != "" || str("errorMessage") != "" {
		return c, false
	}
	if str("eventCategory") == "NetworkActivity" || strings.HasPrefix(str("eventType"), "AwsVpceEvent") {
		return c, false
	}
	return event.Change{EventID: str("eventID"), SharedEventID: str("sharedEventID"), Time: at, Source: str("eventSource"), Name: str("eventName"),
		Region: str("awsRegion"), Account: str("recipientAccountId"), SourceIP: str("sourceIPAddress"), UserAgent: str("userAgent"), Fingerprint: field.Fingerprint(record)}, true
}

func refText(raw json.RawMessage) string {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list); len(list) > 0 {
		raw = list[0]
	}
	var v any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	dec.Decode(&v)
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// canonical rewrites a record: sorted keys, no white space, the fewest escapes.
// ok is false if a key comes twice in an object, in any case: of these one goes.
func canonical(record []byte) (text []byte, ok bool) {
	if repeatsKey(json.NewDecoder(bytes.NewReader(record))) {
		return nil, false
	}
	dec := json.NewDecoder(bytes.NewReader(record))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil {
		return nil, false
	}
	text, err := json.Marshal(v)
	return text, err == nil
}

func repeatsKey(dec *json.Decoder) bool {
	type level struct {
		keys []string
		key  bool
	}
	stack := []*level{{}}
	for {
		token, err := dec.Token()
		if err == io.EOF {
			return false
		}
		if err != nil {
			return true
		}
		top := stack[len(stack)-1]
		if s, ok := token.(string); ok && top.key {
			if slices.ContainsFunc(top.keys, func(k string) bool { return strings.EqualFold(k, s) }) {
				return true
			}
			top.keys = append(top.keys, s)
			top.key = false
			continue
		}
		switch token {
		case json.Delim('{'):
			stack = append(stack, &level{keys: []string{}, key: true})
		case json.Delim('['):
			stack = append(stack, &level{})
		case json.Delim('}'), json.Delim(']'):
			stack = stack[:len(stack)-1]
			top = stack[len(stack)-1]
			top.key = top.keys != nil
		default:
			top.key = top.keys != nil
		}
	}
}

// compare checks a record against the reference, and against itself rewritten.
func compare(t *testing.T, record []byte) {
	t.Helper()
	got, ok, err := Decode(record)
	switch {
	case !json.Valid(record):
		if ok {
			t.Errorf("a change in %q, which is no JSON", record)
		}
		return
	case record[0] != '{':
		if ok || err != nil {
			t.Errorf("%v, %v of %q, which is no object", ok, err, record)
		}
		return
	}
	want, wantOK := reference(record)
	if err != nil || ok && !wantOK {
		t.Errorf("%s\n got %v, %v, want %v", record, ok, err, wantOK)
		return
	}
	if !ok && wantOK {
		// Only what the parameters say may take a listed call off the list.
		if want.Name != "DeleteVpcEndpoints" && !strings.Contains(want.Name, "Policy") {
			t.Errorf("%s\nis no change", record)
		}
		return
	}
	if !ok {
		return
	}
	bare := got
	bare.OriginalEventID, bare.Actor, bare.ActorType, bare.ActorAccount, bare.Session, bare.HasARN, bare.Targets = "", "", "", "", "", false, nil
	if !strings.Contains(string(record), "IA") && !strings.Contains(strings.ToLower(string(record)), "signature") && !strings.Contains(strings.ToLower(string(record)), "token") && !reflect.DeepEqual(bare, want) {
		t.Errorf("%s\n got %+v\nwant %+v", record, bare, want)
	}
	if text, unique := canonical(record); unique {
		again, ok, err := Decode(text)
		again.Fingerprint = got.Fingerprint
		less := func(a, b event.Target) int { return strings.Compare(a.Type+"\x00"+a.Name, b.Type+"\x00"+b.Name) }
		slices.SortFunc(again.Targets, less)
		slices.SortFunc(got.Targets, less)
		if !ok || err != nil || !reflect.DeepEqual(again, got) && len(got.Targets) < maxTargets {
			t.Errorf("%s\n got %+v\nwritten anew %v, %v, %+v", record, got, ok, err, again)
		}
	}
	seen := map[event.Target]bool{}
	for _, target := range got.Targets {
		if seen[target] || target.Name == "" || !slices.Contains(Types(), target.Type) {
			t.Errorf("%s\nhas the target %+v", record, target)
		}
		seen[target] = true
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(record())
	f.Add(record("eventName", `"Put\u0042ucketPolicy"`, "eventSource", `["s3\u002eamazonaws.com"]`))
	f.Add(record("eventSource", `"ec2.amazonaws.com"`, "eventName", `"DeleteVpcEndpoints"`, "requestParameters", `{"DeleteVpcEndpointsRequest":{"VpcEndpointId":[{"tag":1,"content":"vpce-1"}]}}`, "responseElements", `{"unsuccessful":{"item":{"resourceId":"vpce-1"}}}`))
	f.Add(record("eventSource", `"organizations.amazonaws.com"`, "eventName", `"AttachPolicy"`, "requestParameters", `"{\"policyId\":\"p-1\",\"targetId\":\"ou-1\"}"`))
	f.Add(record("eventSource", `"kms.amazonaws.com"`, "eventName", `"PutKeyPolicy"`, "requestParameters", `{"keyId":"alias/x"}`))
	f.Add([]byte(`{"eventName":"DeleteRole","eventSource":"iam.amazonaws.com","eventTime":"2026-10-28T09:14:07.5+02:00","requestParameters":{"ROLENAME":["r"]}}`))
	f.Add([]byte(`{"eventName":"DeleteRole","x":tru}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		compare(t, bytes.Trim(data, " \t\r\n"))
	})
}

// Records put together at random, of which many are changes. Seeded, so that it
// is the same in every run.
func TestDecodeRandom(t *testing.T) {
	n := 10_000
	if testing.Short() {
		n = 2000
	}
	g := rand.New(rand.NewPCG(403, 7))
	pick := func(from ...string) string { return from[g.IntN(len(from))] }
	var listed []call
	for c := range calls() {
		listed = append(listed, c)
	}
	slices.SortFunc(listed, func(a, b call) int { return strings.Compare(a.service+a.name, b.service+b.name) })
	var value func(depth int) string
	key := func() string {
		k := pick("bucketName", "BucketName", "roleName", "userName", "groupName", "policyArn", "arn", "ARN", "keyId", "targetId", "policyId", "accountId", "name", "Bucket",
			"vpcEndpointId", "VpcEndpointIds", "content", "items", "resourceId", "unsuccessful", "role", "policy", "permissionSetArn", "principalType", "type", "x", "")
		if k != "" && g.IntN(12) == 0 {
			i := g.IntN(len(k))
			k = k[:i] + `\u00` + string("0123456789abcdef"[k[i]>>4]) + string("0123456789abcdef"[k[i]&15]) + k[i+1:]
		}
		return `"` + k + `"`
	}
	value = func(depth int) string {
		if depth > 0 && g.IntN(2) == 0 {
			var parts []string
			if g.IntN(4) == 0 {
				for range g.IntN(4) {
					parts = append(parts, value(depth-1))
				}
				return "[" + strings.Join(parts, ", ") + "]"
			}
			for range g.IntN(6) {
				parts = append(parts, key()+":"+value(depth-1))
			}
			object := "{" + strings.Join(parts, " ,") + "}"
			if g.IntN(8) == 0 {
				text, _ := json.Marshal(object)
				return string(text)
			}
			return object
		}
		return pick("null", "true", "7", "-0.50e+3", `""`, `"x"`, `"é"`, "\"\xfe\"", `"vpce-1"`, `"vpce-2"`, `"111122223333"`, `444455556666`, `"alias/data"`, `"p-1"`, `"ou-1"`, `"r-1"`,
			`"corp-data"`, `"GROUP"`, `"TAG_POLICY"`, `"arn:aws:iam::111122223333:role/app/reader"`, `"arn:aws:kms:us-east-1:111122223333:key/1"`, `"arn:aws:s3:::corp-data"`,
			`"arn:aws:organizations::111122223333:root/o-1/r-1"`, `"arn:aws:s3:us-east-1:111122223333:accesspoint/ap"`)
	}
	changes := 0
	for range n {
		c := listed[g.IntN(len(listed))]
		source, name := c.service+".amazonaws.com", c.name
		if g.IntN(8) == 0 {
			name = pick("GetObject", "PutObject", "putbucketpolicy", "")
		}
		members := []string{
			pick(`"eventSource"`, `"eventS\u006furce"`) + ":" + pick(`"`+source+`"`, `"`+source+`"`, `["`+source+`"]`),
			pick(`"eventName"`, `"eventN\u0061me"`) + pick(":", " : ") + pick(`"`+name+`"`, `[ "`+name+`"]`, `"`+strings.Replace(name, "e", `\u0065`, 1)+`"`),
			`"eventTime":` + pick(`"2026-10-28T09:14:07Z"`, `"2026-10-28T09:14:07Z"`, `"soon"`),
		}
		for _, k := range []string{"requestParameters", "responseElements", "resources", "userIdentity", "awsRegion", "recipientAccountId", "eventID", "x"} {
			if g.IntN(3) > 0 {
				members = append(members, `"`+k+`":`+value(4))
			}
		}
		if g.IntN(6) == 0 {
			members = append(members, pick(`"errorCode":"x"`, `"errorCode":null`, `"eventName":"GetObject"`, `"eventCategory":"NetworkActivity"`))
		}
		g.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
		r := []byte("{" + strings.Join(members, pick(",", " ,\n")) + "}")
		compare(t, r)
		if _, ok := reference(r); ok {
			changes++
		}
		if t.Failed() {
			return
		}
	}
	if changes < n/4 || changes > n*9/10 {
		t.Errorf("of %d records %d are changes: the test tests little", n, changes)
	}
}
