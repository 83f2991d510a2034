package policydoc

import (
	"fmt"
	"testing"
)

func TestConditionWords(t *testing.T) {
	for conditions, want := range map[string]string{
		`{}`: "",
		`{"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}`:                   "unless aws:SourceVpce is vpce-1",
		`{"StringEquals": {"aws:SourceVpce": ["vpce-1", "vpce-2"]}}`:          "if aws:SourceVpce is vpce-1 or vpce-2",
		`{"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}`:                    "unless aws:SourceIp is in 10.0.0.0/8",
		`{"StringNotEqualsIfExists": {"aws:SourceVpce": "vpce-1"}}`:           "if aws:SourceVpce is not vpce-1",
		`{"BoolIfExists": {"aws:SecureTransport": "false"}}`:                  "if aws:SecureTransport is false or is absent",
		`{"Null": {"aws:TokenIssueTime": "true"}}`:                            "if aws:TokenIssueTime is absent",
		`{"Null": {"aws:TokenIssueTime": false}}`:                             "if aws:TokenIssueTime is present",
		`{"Null": {"aws:TokenIssueTime": [true, false]}}`:                     "if aws:TokenIssueTime is true or false for Null",
		`{"NumericGreaterThanEquals": {"s3:max-keys": 10}}`:                   "if s3:max-keys is at least 10",
		`{"DateLessThan": {"aws:CurrentTime": "2026-10-28"}}`:                 "if aws:CurrentTime is less than 2026-10-28",
		`{"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/x"}}`:          "if aws:PrincipalArn is like arn:aws:iam::*:role/x",
		`{"ForAnyValue:StringEquals": {"aws:CalledVia": "athena"}}`:           "if any value of aws:CalledVia is athena",
		`{"ForAllValues:StringNotLike": {"aws:CalledVia": "a*"}}`:             "if every value of aws:CalledVia is not like a*",
		`{"StringMatches": {"k": "v"}}`:                                       "if StringMatches k v",
		`{"StringEquals": {"s3:prefix": ""}, "StringNotLike": {"k": ["x*"]}}`: `if s3:prefix is "" and k is not like x*`,
	} {
		d := mustParse(t, fmt.Sprintf(`{"Statement":{"Effect":"Deny","Action":"*","Condition":%s}}`, conditions))
		if got := d.Statements[0].ConditionWords(); got != want {
			t.Errorf("%s: got %q, want %q", conditions, got, want)
		}
	}
}
