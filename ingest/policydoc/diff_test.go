package policydoc

import (
	"fmt"
	"strings"
	"testing"
)

func mustParse(t testing.TB, text string) *Document {
	t.Helper()
	d, err := Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return d
}

func TestDiff(t *testing.T) {
	const (
		read  = `{"Sid": "Read", "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}`
		tls   = `{"Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}`
		noSid = `{"Effect": "Deny", "Principal": "*", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
			"Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}}`
	)
	document := func(statements ...string) string {
		return `{"Version": "2012-10-17", "Statement": [` + strings.Join(statements, ",") + `]}`
	}
	replace := func(s, old, new string) string {
		if !strings.Contains(s, old) {
			t.Fatalf("%s is not in %s", old, s)
		}
		return strings.Replace(s, old, new, 1)
	}
	for name, x := range map[string]struct {
		before, after string
		want          []Difference
	}{
		"nothing, in another order and spelling": {
			document(read, tls, noSid),
			document(noSid, replace(read, `"111122223333"`, `["arn:aws:iam::111122223333:root"]`), replace(tls, "s3:*", "S3:*")),
			nil,
		},
		"a statement more": {
			document(read), document(tls, read),
			[]Difference{{Op: Added, Sid: "TLS", Statement: 1,
				After: "Deny s3:* on all resources for everyone if Bool aws:SecureTransport false"}},
		},
		"a statement less": {
			document(tls, read), document(tls),
			[]Difference{{Op: Removed, Sid: "Read", Statement: 2,
				Before: "Allow s3:GetObject on arn:aws:s3:::b/* for 111122223333"}},
		},
		"one value": {
			document(read, tls), document(read, replace(tls, `"s3:*"`, `["s3:*", "s3-object-lambda:*"]`)),
			[]Difference{{Op: Changed, Sid: "TLS", Statement: 2, After: "Action s3-object-lambda:*"}},
		},
		"a condition's value, without a Sid": {
			document(tls, noSid), document(replace(noSid, "vpce-1", "vpce-2"), tls),
			[]Difference{{Op: Changed, Statement: 1,
				Before: "Condition StringNotEquals aws:SourceVpce vpce-1",
				After:  "Condition StringNotEquals aws:SourceVpce vpce-2"}},
		},
		"an operator and the effect": {
			document(tls), document(replace(replace(tls, "Deny", "Allow"), `"Bool"`, `"BoolIfExists"`)),
			[]Difference{{Op: Changed, Sid: "TLS", Statement: 1,
				Before: "Effect Deny; Condition Bool aws:SecureTransport false",
				After:  "Effect Allow; Condition BoolIfExists aws:SecureTransport false"}},
		},
		"an element becomes its opposite": {
			document(tls), document(replace(tls, `"Action"`, `"NotAction"`)),
			[]Difference{{Op: Changed, Sid: "TLS", Statement: 1, Before: "Action s3:*", After: "NotAction s3:*"}},
		},
		"a Sid": {
			document(read), document(replace(read, `"Read"`, `"Reader"`)),
			[]Difference{{Op: Changed, Sid: "Reader", Statement: 1, Before: "Sid Read", After: "Sid Reader"}},
		},
		"another statement under another Sid": {
			document(read), document(tls),
			[]Difference{
				{Op: Added, Sid: "TLS", Statement: 1, After: "Deny s3:* on all resources for everyone if Bool aws:SecureTransport false"},
				{Op: Removed, Sid: "Read", Statement: 1, Before: "Allow s3:GetObject on arn:aws:s3:::b/* for 111122223333"},
			},
		},
		"a Deny never takes the place of an Allow without the same Sid": {
			document(replace(noSid, "Deny", "Allow")), document(noSid),
			[]Difference{
				{Op: Added, Statement: 1, After: "Deny s3:GetObject, s3:PutObject on arn:aws:s3:::b, arn:aws:s3:::b/* for everyone " +
					"if StringNotEquals aws:SourceVpce vpce-1"},
				{Op: Removed, Statement: 1, Before: "Allow s3:GetObject, s3:PutObject on arn:aws:s3:::b, arn:aws:s3:::b/* for everyone " +
					"if StringNotEquals aws:SourceVpce vpce-1"},
			},
		},
		"statements that are hardly alike": {
			document(noSid), document(replace(tls, `"Sid": "TLS", `, "")),
			[]Difference{
				{Op: Added, Statement: 1, After: "Deny s3:* on all resources for everyone if Bool aws:SecureTransport false"},
				{Op: Removed, Statement: 1, Before: "Deny s3:GetObject, s3:PutObject on arn:aws:s3:::b, arn:aws:s3:::b/* for everyone " +
					"if StringNotEquals aws:SourceVpce vpce-1"},
			},
		},
		"the most alike first": {
			document(replace(noSid, "vpce-1", "vpce-3"), noSid), document(replace(noSid, `"s3:GetObject", "s3:PutObject"`, `"s3:PutObject"`)),
			[]Difference{
				{Op: Changed, Statement: 1, Before: "Action s3:GetObject"},
				{Op: Removed, Statement: 1, Before: "Deny s3:GetObject, s3:PutObject on arn:aws:s3:::b, arn:aws:s3:::b/* for everyone " +
					"if StringNotEquals aws:SourceVpce vpce-3"},
			},
		},
		"the version": {
			document(read), replace(document(read), "2012", "2008"),
			[]Difference{{Op: Changed, Before: "Version 2012-10-17", After: "Version 2008-10-17"}},
		},
		"all that a condition had": {
			document(tls), document(replace(tls, `{"aws:SecureTransport": "false"}`, `{"aws:SecureTransport": []}`)),
			[]Difference{{Op: Changed, Sid: "TLS", Statement: 1, Before: "Condition Bool aws:SecureTransport false"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, more := Diff(mustParse(t, x.before), mustParse(t, x.after))
			if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", x.want) || more != 0 {
				t.Errorf("got  %+v and %d more\nwant %+v", got, more, x.want)
			}
		})
	}
}

// A change of everything is still less than a page, and what is left out is counted.
func TestDiffBounds(t *testing.T) {
	many := func(action string) string {
		var list []string
		for i := range 900 {
			list = append(list, fmt.Sprintf(`{"Effect":"Deny","Action":"%s%d","Resource":"*"}`, action, i))
		}
		return `{"Statement":[` + strings.Join(list, ",") + `]}`
	}
	got, more := Diff(mustParse(t, many("a")), mustParse(t, many("b")))
	if len(got) != maxDifferences || more != 2*900-maxDifferences {
		t.Errorf("got %d and %d more", len(got), more)
	}
	var conditions []string
	for i := range 5000 {
		conditions = append(conditions, fmt.Sprintf(`"k%d": "v"`, i))
	}
	d := mustParse(t, `{"Statement":{"Effect":"Deny","Action":"*","Condition":{"StringEquals":{`+strings.Join(conditions, ",")+`}}}}`)
	m := d.Statements[0].Match(&Request{})
	if words := d.Statements[0].ConditionWords(); len(words) > 100 || len(m.Unseen) != maxUnseen {
		t.Errorf("%d bytes of words, and %d keys are unseen: %s", len(words), len(m.Unseen), words)
	}
	long := strings.Repeat("x", 60_000)
	d = mustParse(t, `{"Statement":{"Sid":"`+long+`","Effect":"Deny","Action":["`+long+`","b","c","d"],"Resource":"*"}}`)
	if n := len(d.Statements[0].String()); n > 500 {
		t.Errorf("a statement is printed in %d bytes", n)
	}
}
