package policydoc

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// What AWS accepts, printed in one line per statement.
func TestParse(t *testing.T) {
	for name, x := range map[string]struct {
		text string
		want []string
	}{
		"all elements": {
			`{"Version": "2012-10-17", "Id": "x", "Statement": [{"Sid": "A", "Effect": "Deny", "Principal": "*",
			"Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::b/*",
			"Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}, "Bool": {"aws:SecureTransport": false}}}]}`,
			[]string{"Deny s3:GetObject, s3:PutObject on arn:aws:s3:::b/* for everyone " +
				"if StringNotEquals aws:SourceVpce vpce-1 and Bool aws:SecureTransport false"},
		},
		"a statement without a list": {
			`{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`,
			[]string{"Allow all actions on all resources"},
		},
		"the opposites": {
			`{"Statement": [{"Effect": "Deny", "NotPrincipal": {"AWS": ["1", "2"]}, "NotAction": "s3:Get*", "NotResource": ["a", "b", "c", "d"]}]}`,
			[]string{"Deny all actions except s3:Get* on all resources except a, b, c and 1 more for everyone except 1, 2"},
		},
		"every type of principal": {
			`{"Statement": [{"Effect": "Allow", "Action": "s3:*", "Principal": {"AWS": "*", "Service": "s3.amazonaws.com",
			"Federated": "accounts.google.com", "CanonicalUser": "79a5"}}]}`,
			[]string{"Allow s3:* for everyone, s3.amazonaws.com, accounts.google.com and 1 more"},
		},
		"numbers and truth values in conditions": {
			`{"Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*",
			"Condition": {"NumericLessThan": {"s3:max-keys": 10}, "Null": {"aws:TokenIssueTime": [true, "false"]}}}]}`,
			[]string{"Allow s3:ListBucket on all resources if NumericLessThan s3:max-keys 10 and Null aws:TokenIssueTime true or false"},
		},
		"empty lists": {
			`{"Statement": [{"Effect": "Allow", "Action": [], "Resource": []}, {"Effect": "Allow", "Action": "a", "Principal": {}}]}`,
			[]string{"Allow nothing on nothing", "Allow a for nothing"},
		},
		"no statement": {`{"Statement": []}`, nil},
		"four conditions": {
			`{"Statement": [{"Effect": "Allow", "Action": "a", "Condition": {"Bool": {"a": "true", "b": "true", "c": "true", "d": "true", "e": ""}}}]}`,
			[]string{"Allow a if Bool a true and Bool b true and Bool c true and 2 more conditions"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Parse([]byte(x.text))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for i := range d.Statements {
				if d.Statements[i].Number != i+1 {
					t.Errorf("statement %d has the number %d", i+1, d.Statements[i].Number)
				}
				got = append(got, d.Statements[i].String())
			}
			if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", x.want) {
				t.Errorf("got  %q\nwant %q", got, x.want)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	const ok = `{"Effect": "Allow", "Action": "a"}`
	for _, x := range []struct {
		text string
		want error
		says string
	}{
		{``, ErrSyntax, "policy document: not valid JSON"},
		{`null`, ErrShape, ""},
		{`{"Statement": [` + ok + `]} x`, ErrSyntax, ""},
		{`{"Statement": [` + ok + `]`, ErrSyntax, ""},
		{`{"Statement": [` + ok + `,]}`, ErrSyntax, ""},
		{`{"Statement": "x"}`, ErrShape, ""},
		{`{"Statement": [[` + ok + `]]}`, ErrShape, ""},
		{`{}`, ErrMissing, `policy document: "Statement": missing`},
		{`{"Statement": [], "Statement": []}`, ErrDuplicate, ""},
		{`{"Statement": [], "statement": []}`, ErrUnknown, ""},
		{`{"Version": "2026-01-01", "Statement": []}`, ErrValue, ""},
		{`{"Statement": [` + ok + `, {"Effect": "allow", "Action": "a"}]}`, ErrValue,
			`policy document: statement 2: "Effect": not a value that the policy language has here`},
		{`{"Statement": [{"Action": "a"}]}`, ErrMissing, `policy document: statement 1: "Effect": missing`},
		{`{"Statement": [{"Effect": "Deny"}]}`, ErrMissing, `policy document: statement 1: "Action": missing`},
		{`{"Statement": [{"Effect": "Deny", "Action": "a", "NotAction": "b"}]}`, ErrBoth, ""},
		{`{"Statement": [{"Effect": "Deny", "Action": "a", "Action": "b"}]}`, ErrDuplicate, ""},
		{`{"Statement": [{"Effect": "Deny", "Action": {"a": 1}}]}`, ErrShape, ""},
		{`{"Statement": [{"Effect": "Deny", "Action": [["a"]]}]}`, ErrShape, ""},
		{`{"Statement": [{"Effect": "Deny", "Action": "a", "Resource": 1}]}`, ErrShape, ""},
		{`{"Statement": [{"Effect": "Deny", "Action": "a", "Principal": "x"}]}`, ErrShape, ""},
		{`{"Statement": [{"Effect": "Deny", "Action": "a", "Principal": {"User": "x"}}]}`, ErrUnknown, ""},
		{`{"Statement": [{"Effect": "Deny", "Action": "a", "Condition": {"Bool": {"k": "x", "k": "y"}}}]}`, ErrDuplicate, ""},
		{`{"Statement": [{"Effect": "Deny", "Action": "a", "Condition": {"Bool": {"k": {"x": "y"}}}}]}`, ErrShape, ""},
		{`{"Statement": [{"Effect": "Deny", "Action": "a", "Condition": {"Bool": {"k": null}}}]}`, ErrShape, ""},
		{`{"Statement": [{"Effect": "Deny", "Action": "a", "Comment": "x"}]}`, ErrUnknown,
			`policy document: statement 1: "Comment": not a part of the policy language`},
		{"{\"Statement\": [], \"\xff\": 1}", ErrEncoding, ""},
		{`{"` + strings.Repeat("é", 100) + `": 1}`, ErrUnknown,
			`policy document: "` + strings.Repeat("é", 30) + `…": not a part of the policy language`},
	} {
		_, err := Parse([]byte(x.text))
		var typed *Error
		if !errors.Is(err, x.want) || !errors.As(err, &typed) || x.says != "" && err.Error() != x.says {
			t.Errorf("%.80s: got %v, want %v", x.text, err, x.want)
		}
	}
}

// Documents that nobody could have stored end in an error, not in work.
func TestParseBounds(t *testing.T) {
	statement := `{"Effect":"Deny","Action":"a"}`
	for name, x := range map[string]struct {
		text string
		want error
	}{
		"10 MB":                  {`{"Statement":[` + strings.Repeat(statement+",", 10<<20/len(statement)) + statement + `]}`, ErrTooLarge},
		"too many statements":    {`{"Statement":[` + strings.Repeat(statement+",", 1000) + statement + `]}`, ErrTooMany},
		"too many values":        {`{"Statement":[{"Effect":"Deny","Action":[` + strings.Repeat(`"",`, 20_000) + `""]}]}`, ErrTooMany},
		"deep lists":             {`{"Statement":` + strings.Repeat("[", 100_000), ErrShape},
		"deep objects":           {strings.Repeat(`{"Statement":`, 9000), ErrUnknown},
		"deep lists in a value":  {`{"Statement":{"Effect":"Deny","Action":` + strings.Repeat("[", 100_000), ErrShape},
		"deep, in no element":    {`{"X":` + strings.Repeat("[", 100_000), ErrUnknown},
		"a value without an end": {`{"Version":"` + strings.Repeat("x", 100_000), ErrSyntax},
	} {
		if _, err := Parse([]byte(x.text)); !errors.Is(err, x.want) {
			t.Errorf("%s: got %v, want %v", name, err, x.want)
		}
	}
}
