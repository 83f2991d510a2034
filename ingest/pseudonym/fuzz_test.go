package pseudonym

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode"
)

// record has a name at every place where records have names, also where a message or a
// policy document holds it.
const record = `{"Records": [{"eventVersion": "1.11", "eventTime": "2026-10-05T10:00:00Z", "eventName": "GetObject",
 "userIdentity": {"type": "AssumedRole", "principalId": "AROA25TT2RLXUVEXAMPLE:NAME", "accountId": "111122223333",
  "arn": "arn:aws:sts::111122223333:assumed-role/NAME/x-NAME", "userName": "NAME", "accessKeyId": "ASIANAME",
  "sessionContext": {"sessionIssuer": {"arn": "arn:aws:iam::111122223333:role/NAME/y/NAME", "userName": "NAME"}}},
 "sourceIPAddress": "NAME", "userAgent": "[NAME/1.0 aws-cli/2.15 NAME]", "errorCode": "AccessDenied",
 "errorMessage": "User: arn:aws:sts::111122223333:assumed-role/NAME/NAME is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::NAME/a/NAME.csv\" with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/NAME/service_control_policy/NAME",
 "requestParameters": {"bucketName": "NAME", "key": "a/NAME%2Fb", "Host": "NAME.s3.us-east-1.amazonaws.com",
  "NAME": "b", "x-amz-meta-NAME": "c", "tagSet": {"Tag": [{"Key": "NAME", "Value": ["NAME", 5, "NAME"]}]},
  "bucketPolicy": {"Statement": [{"Sid": "NAME", "Principal": {"AWS": ["arn:aws:iam::111122223333:user/NAME", "NAME"]},
   "Condition": {"StringEquals": {"aws:PrincipalTag/NAME": "NAME", "s3:prefix": ["NAME/", "NAME*"]}}}]},
  "policyDocument": "{\"Statement\": {\"Resource\": \"arn:aws:s3:::NAME/*\", \"NAME\": \"NAME\", \"Sid\": \"NAME\"}}"},
 "errorMessage": "User: NAME is not authorized to perform: s3:ListBucket on resource: NAME because of NAME: NAME",
 "resources": [{"ARN": "arn:aws:s3:::NAME", "accountId": "NAME", "type": "AWS::S3::Bucket"},
  {"ARN": "arn:aws:iam::aws:user/NAME", "NAME": {"NAME": "NAME"}}], "vpcEndpointId": "vpce-NAME"}]}
Oct  5 10:00:00 NAME NAME: NAME[12]: "NAME`

// awsNames are names that AWS gives, which stay in every place.
const awsNames = " amazonaws AWSReservedSSO AWSServiceRoleFor AWSCompromisedKeyQuarantine service_control_policy" +
	" resource_control_policy aws-service-role aws-reserved accesspoint dualstack object-lambda outposts external-1" +
	" assumed-role federated-user instance-profile access-grants location storage-lens oidc-provider saml-provider" +
	" organization vpc-endpoint instance database workgroup distribution log-group table-bucket vector-bucket function"

// wordsOf returns the words of a text as the package sees them.
func wordsOf(text string) (words []string) {
	for i := 0; i < len(text); {
		_, size := symbols(text[i:], 0)
		if size > 0 {
			words = append(words, text[i:i+size])
		}
		i += max(size, 1)
	}
	return words
}

// FuzzNames puts a name at every place, and wants it nowhere in the result. Words that are
// part of the language of AWS, or so short that they appear by chance, do not count.
func FuzzNames(f *testing.F) {
	for _, name := range []string{
		"production-payments", "Jürgen.Müller@example.com", "444455556666", "zażółć", "日本語のバケット名",
		"a%6eonymizer", "se-azcecret-3", "-00000a0-az0--x-s3", "1791158400.111122223333", "my-product-1", "eu-secretly-north-1",
		"arn:aws:iam::999988887777:role/inner", "vpce-0a1b2c3d4e5f60718", "203.0.113.77", "AKIAIOSFODNN7EXAMPLE",
		`quo"ted\name`, "{\"json\": \"insidevalue\"}", "s3.amazonaws.com.evilcorp", "User: mallory is not authorized",
		"2001:db8:aaaa::1234", "secretbucket.s3.amazonaws.com", "on resource: hiddenname", "true", "secret--usw2-az1--x-s3",
		"AWSReservedSSO_Administrators_0123456789abcdef", "policyholder", "arn:aws:secretname:secretplace:secretaccount:x",
	} {
		f.Add(name)
	}
	language := strings.ToLower(strings.ReplaceAll(record, "NAME", " ")) + strings.ToLower(fieldNames)
	for _, set := range []*set{grammar, tools, nobody} {
		for word := range set.all() {
			language += " " + strings.ToLower(word)
		}
	}
	language += strings.ToLower(services + awsNames)
	f.Fuzz(func(t *testing.T, name string) {
		if len(name) > 200 || isNoName(name) {
			return
		}
		quoted, _ := json.Marshal(name)
		inner := string(quoted[1 : len(quoted)-1])
		twice, _ := json.Marshal(inner)
		text := record
		if at := strings.Index(text, `"policyDocument"`); at >= 0 {
			line, rest, _ := strings.Cut(text[at:], "\n")
			text = text[:at] + strings.ReplaceAll(line, "NAME", string(twice[1:len(twice)-1])) + "\n" + rest
		}
		text = strings.ReplaceAll(text, "NAME", inner)
		got := strings.ToLower(string(New(key).Text([]byte(text))))
		for _, word := range wordsOf(name) {
			word = strings.ToLower(word)
			if len([]rune(word)) < 7 || strings.Contains(language, word) || isKept([]string{"Condition"}, "", word) ||
				strings.ContainsFunc(word, func(r rune) bool { return r == unicode.ReplacementChar || r == '%' }) ||
				len(word) != 12 && strings.Trim(word, "0123456789") == "" { // outside of JSON, a number
				continue
			}
			if at := strings.Index(got, word); at >= 0 {
				t.Fatalf("%q is still there: …%s…", word, got[max(0, at-60):min(len(got), at+60)])
			}
		}
	})
}

// FuzzText wants of any JSON the same structure back: as many tokens of the same kinds, and
// strings of the same length. A number alone is no JSON here: it may be a word of a log.
func FuzzText(f *testing.F) {
	f.Add(strings.SplitAfter(record, "]}\n")[0])
	f.Add(`{"a": [1, 111122223333, -0.5e3, true, null, "x\u00e9\ud83d\ude00\n"], "b": {"c": "[\"d\", {\"e\": 1}]"}}`)
	f.Add(`{"a": "b`)
	f.Add("plain text, 10.0.0.1 and 2001:db8::1")
	f.Add(`{"x": "%", "y": "%zz%4", "z": "\u0000"}`)
	f.Fuzz(func(t *testing.T, text string) {
		got := New(key).Text([]byte(text))
		if !json.Valid([]byte(text)) || strings.Trim(text, "+-.eE0123456789 \t\r\n") == "" {
			return
		}
		if want, is := shapeOf(t, []byte(text)), shapeOf(t, got); is != want {
			t.Fatalf("%s\nbecomes %s\n got %s\nwant %s", text, got, is, want)
		}
	})
}

// shapeOf returns the tokens of JSON: the kind of each, and how long a string is.
func shapeOf(t *testing.T, text []byte) string {
	t.Helper()
	var b strings.Builder
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	for {
		token, err := d.Token()
		switch v := token.(type) {
		case json.Delim:
			b.WriteString(v.String())
		case string:
			if json.Valid([]byte(v)) && strings.ContainsAny(v, "{[") { // other escapes make it longer or shorter
				v = ""
			}
			fmt.Fprintf(&b, "%d ", len(v))
		default:
			fmt.Fprintf(&b, "%T ", v)
		}
		if err == io.EOF {
			return b.String()
		}
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
}
