package policydoc

import (
	"fmt"
	"strings"
	"testing"
)

// contextOf makes a context of pairs: "key", "value". A value of "-" is that of a
// key that the request did not have. What is not in the pairs is not visible.
func contextOf(pairs ...string) Context {
	var c Context
	values := map[string][]string{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] == "-" {
			c.Set(pairs[i])
			continue
		}
		values[pairs[i]] = append(values[pairs[i]], pairs[i+1])
		c.Set(pairs[i], values[pairs[i]]...)
	}
	return c
}

// IAM User Guide, "Condition operators":
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
func TestConditionOperators(t *testing.T) {
	for _, x := range []struct {
		operator, values, request string
		want                      Truth
	}{
		{"StringEquals", `"a"`, "a", Holds},
		{"StringEquals", `"a"`, "A", Fails},
		{"StringEquals", `["b", "a"]`, "a", Holds},
		{"StringEquals", `"a*"`, "ab", Fails},
		{"StringEquals", `"a"`, "-", Fails},
		{"StringNotEquals", `"a"`, "b", Holds},
		{"StringNotEquals", `["a", "b"]`, "b", Fails},
		{"StringNotEquals", `"a"`, "-", Holds},
		{"StringEqualsIgnoreCase", `"a"`, "A", Holds},
		{"StringNotEqualsIgnoreCase", `"a"`, "A", Fails},
		{"StringLike", `"a*"`, "ab", Holds},
		{"StringLike", `"a?"`, "abc", Fails},
		{"StringLike", `"A*"`, "ab", Fails},
		{"StringLike", `["", "home/"]`, "", Holds},
		{"StringNotLike", `["x*", "a*"]`, "ab", Fails},
		{"StringNotLike", `"x*"`, "-", Holds},
		{"stringequals", `"a"`, "a", Holds},
		{"StringEquals", `"${*}${?}${$}"`, "*?$", Holds},
		{"StringEqualsIgnoreCase", `"A${*}"`, "ab", Fails},
		{"StringEquals", `"a"`, strings.Repeat("a", maxText+1), Unseen},

		{"NumericEquals", `"10"`, "10.0", Holds},
		{"NumericNotEquals", `"10"`, "10", Fails},
		{"NumericLessThan", `"10"`, "10", Fails},
		{"NumericLessThanEquals", `10`, "10", Holds},
		{"NumericGreaterThan", `"10"`, "11", Holds},
		{"NumericGreaterThanEquals", `["20", "10"]`, "11", Holds},
		{"NumericLessThan", `"10"`, "ten", Fails},
		{"NumericLessThan", `"ten"`, "10", Fails},
		{"NumericLessThan", `"NaN"`, "10", Fails},
		{"NumericLessThan", `"1e999"`, "10", Fails},
		{"NumericLessThan", `"10"`, "-", Fails},

		{"DateEquals", `"2020-01-01T00:00:01Z"`, "2020-01-01T01:00:01+01:00", Holds},
		{"DateGreaterThan", `"2020-01-01T00:00:01Z"`, "2020-01-01T00:00:02Z", Holds},
		{"DateGreaterThan", `"2020-01-01"`, "2019-12-31T23:59:59Z", Fails},
		{"DateGreaterThan", `"1577836801"`, "2020-01-01T00:00:02Z", Holds},
		{"DateLessThan", `"2020"`, "2019-12-31T23:59Z", Holds},
		{"DateLessThanEquals", `"2020-01-01T00:00:01.5Z"`, "2020-01-01T00:00:01.5Z", Holds},
		{"DateNotEquals", `"2020-01"`, "2020-01-01", Fails},
		{"DateGreaterThanEquals", `"soon"`, "2020-01-01", Fails},

		{"Bool", `"false"`, "false", Holds},
		{"Bool", `false`, "false", Holds},
		{"Bool", `"true"`, "false", Fails},
		{"Bool", `"false"`, "-", Fails},
		{"BoolIfExists", `"false"`, "-", Holds},
		{"BinaryEquals", `"QmluYXJ5"`, "QmluYXJ5", Holds},

		{"IpAddress", `"203.0.113.0/24"`, "203.0.113.77", Holds},
		{"IpAddress", `"203.0.113.5/24"`, "203.0.113.77", Holds},
		{"IpAddress", `"203.0.113.5"`, "203.0.113.5", Holds},
		{"IpAddress", `"203.0.113.5"`, "203.0.113.6", Fails},
		{"IpAddress", `["10.0.0.0/8", "2001:DB8:1234:5678::/64"]`, "2001:db8:1234:5678::1", Holds},
		{"IpAddress", `"0.0.0.0/0"`, "2001:db8::1", Fails},
		{"IpAddress", `"203.0.113.0/24"`, "athena.amazonaws.com", Fails},
		{"IpAddress", `"203.0.113.0/99"`, "203.0.113.1", Fails},
		{"IpAddress", `"203.0.113.0/24"`, "-", Fails},
		{"NotIpAddress", `"203.0.113.0/24"`, "203.0.113.77", Fails},
		{"NotIpAddress", `"203.0.113.0/24"`, "-", Holds},

		{"ArnEquals", `"arn:aws:iam::111122223333:role/app/*"`, "arn:aws:iam::111122223333:role/app/reader", Holds},
		{"ArnLike", `"arn:aws:someservice:*:111122223333:finance/*"`,
			"arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt", Fails},
		{"StringLike", `"arn:aws:someservice:*:111122223333:finance/*"`,
			"arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt", Holds},
		{"ArnLike", `"arn:aws:iam::*:role/*"`, "arn:aws:iam::111122223333:user/x", Fails},
		{"ArnNotLike", `"arn:aws:iam::*:role/*"`, "arn:aws:iam::111122223333:user/x", Holds},
		{"ArnLike", `"*"`, "arn:aws:iam::111122223333:user/x", Fails},
		{"ArnNotEquals", `"arn:aws:iam::*:role/*"`, "-", Holds},

		{"StringEqualsIfExists", `"a"`, "-", Holds},
		{"StringEqualsIfExists", `"a"`, "b", Fails},
		{"StringNotEqualsIfExists", `"a"`, "-", Holds},
		{"Null", `"true"`, "-", Holds},
		{"Null", `"true"`, "x", Fails},
		{"Null", `"false"`, "x", Holds},
		{"Null", `false`, "-", Fails},
		{"Null", `["true", "false"]`, "x", Holds},
	} {
		d := mustParse(t, fmt.Sprintf(`{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Condition":{%q:{"k":%s}}}}`,
			x.operator, x.values))
		c := contextOf("K", x.request)
		if got := d.Statements[0].Match(&Request{Context: c}); got.Conditions[0] != x.want || got.Truth() != x.want {
			t.Errorf("%s %s, %s: got %v", x.operator, x.values, x.request, got)
		}
	}
}

// IAM User Guide, "Set operators for multivalued context keys":
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
func TestSetOperators(t *testing.T) {
	for _, x := range []struct {
		operator, values string
		request          []string
		want             Truth
	}{
		{"ForAllValues:StringEquals", `["a", "b"]`, []string{"a", "b"}, Holds},
		{"ForAllValues:StringEquals", `["a", "b"]`, []string{"a", "c"}, Fails},
		{"ForAllValues:StringEquals", `["a", "b"]`, nil, Holds},
		{"ForAnyValue:StringEquals", `["a", "b"]`, []string{"c", "b"}, Holds},
		{"ForAnyValue:StringEquals", `["a", "b"]`, []string{"c"}, Fails},
		{"ForAnyValue:StringEquals", `["a", "b"]`, nil, Fails},
		{"ForAnyValue:StringNotEquals", `"a"`, []string{"a", "b"}, Holds},
		{"ForAnyValue:StringNotEquals", `"a"`, []string{"a"}, Fails},
		{"ForAnyValue:StringNotEquals", `"a"`, nil, Fails},
		{"ForAllValues:StringNotLike", `"a*"`, []string{"b", "c"}, Holds},
		{"ForAllValues:StringNotLike", `"a*"`, []string{"b", "ab"}, Fails},
		{"ForAnyValue:StringLikeIfExists", `"a*"`, nil, Holds},
		{"StringEquals", `"a"`, []string{"b", "a"}, Holds},
		{"StringNotEquals", `"a"`, []string{"b", "a"}, Fails},
	} {
		d := mustParse(t, fmt.Sprintf(`{"Statement":{"Effect":"Deny","Action":"*","Condition":{%q:{"aws:CalledVia":%s}}}}`,
			x.operator, x.values))
		var c Context
		c.Set("aws:CalledVia", x.request...)
		if got := d.Statements[0].Match(&Request{Context: c}); got.Truth() != x.want {
			t.Errorf("%s %s, %q: got %v", x.operator, x.values, x.request, got)
		}
	}
}

// What the log does not show decides nothing, and is named.
func TestUnseenConditions(t *testing.T) {
	for _, x := range []struct {
		conditions string
		want       Truth
		unseen     string
	}{
		{`{"StringEquals": {"aws:PrincipalOrgID": "o-1"}}`, Unseen, "[aws:PrincipalOrgID]"},
		{`{"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}`, Unseen, "[aws:PrincipalOrgID]"},
		{`{"Null": {"aws:PrincipalOrgID": "true"}}`, Unseen, "[aws:PrincipalOrgID]"},
		{`{"ForAllValues:StringEquals": {"aws:PrincipalOrgPaths": "o-1/"}}`, Unseen, "[aws:PrincipalOrgPaths]"},
		{`{"StringEquals": {"aws:PrincipalOrgID": "o-1", "aws:SourceVpce": "vpce-2"}}`, Fails, "[]"},
		{`{"StringEquals": {"aws:PrincipalOrgID": "o-1", "aws:SourceVpce": "vpce-1"}, "Bool": {"aws:MultiFactorAuthPresent": "true"}}`,
			Unseen, "[aws:PrincipalOrgID aws:MultiFactorAuthPresent]"},
		{`{"StringEquals": {"aws:SourceVpce": ["${aws:PrincipalTag/endpoint}", "vpce-2"]}}`, Unseen, "[aws:PrincipalTag/endpoint]"},
		{`{"StringEquals": {"aws:SourceVpce": ["${aws:PrincipalTag/endpoint}", "vpce-1"]}}`, Holds, "[]"},
		// A variable has no value: nothing matches it, and what a negated condition does is unknown.
		{`{"StringEquals": {"aws:SourceVpce": "${aws:username}"}}`, Fails, "[]"},
		{`{"StringNotEquals": {"aws:SourceVpce": "${aws:username}"}}`, Unseen, "[Condition]"},
		{`{"StringNotEquals": {"aws:SourceVpce": ["${aws:username}", "vpce-1"]}}`, Fails, "[]"},
		{`{"StringMatches": {"aws:SourceVpce": "vpce-1"}}`, Unseen, "[StringMatches]"},
		{`{"NullIfExists": {"aws:SourceVpce": "true"}}`, Unseen, "[NullIfExists]"},
		{`{"ForAllValues:ForAnyValue:StringEquals": {"aws:SourceVpce": "x"}}`, Unseen, "[ForAllValues:ForAnyValue:StringEquals]"},
	} {
		d := mustParse(t, `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Condition":`+x.conditions+`}}`)
		got := d.Statements[0].Match(&Request{Context: contextOf("aws:SourceVpce", "vpce-1", "aws:username", "-")})
		if got.Truth() != x.want || fmt.Sprint(got.Unseen) != x.unseen {
			t.Errorf("%s: got %+v", x.conditions, got)
		}
	}
}

// IAM User Guide, "Variables and tags":
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
func TestVariables(t *testing.T) {
	context := contextOf("aws:username", "maria*", "s3:prefix", "-", "aws:CalledVia", "a", "aws:CalledVia", "b")
	for _, x := range []struct {
		version, pattern, resource string
		want                       Truth
		noValue                    bool
	}{
		{"2012-10-17", "arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/maria*/x", Holds, false},
		{"2012-10-17", "arn:aws:s3:::b/${AWS:UserName}/*", "arn:aws:s3:::b/maria*/x", Holds, false},
		{"2012-10-17", "arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/mariana/x", Fails, false},
		{"2008-10-17", "arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/maria*/x", Fails, false},
		{"2008-10-17", "arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/${aws:username}/x", Holds, false},
		{"2012-10-17", "arn:aws:s3:::b/${*}/${?}${$}", "arn:aws:s3:::b/*/?$", Holds, false},
		{"2012-10-17", "arn:aws:s3:::b/${*}", "arn:aws:s3:::b/x", Fails, false},
		{"2012-10-17", "arn:aws:s3:::b/${s3:prefix}*", "arn:aws:s3:::b/x", Fails, true},
		{"2012-10-17", "arn:aws:s3:::b/${s3:prefix, 'home'}/*", "arn:aws:s3:::b/home/x", Holds, false},
		{"2012-10-17", "arn:aws:s3:::b/${s3:prefix, 'it''s } *'}", "arn:aws:s3:::b/it's } *", Holds, false},
		{"2012-10-17", "arn:aws:s3:::b/${aws:CalledVia}", "arn:aws:s3:::b/a", Fails, true},
		{"2012-10-17", "arn:aws:s3:::b/${aws:PrincipalTag/team}", "arn:aws:s3:::b/a", Unseen, false},
		{"2012-10-17", "arn:aws:s3:::b/${aws:username", "arn:aws:s3:::b/${aws:username", Holds, false},
		{"2012-10-17", "arn:aws:s3:::b/$x", "arn:aws:s3:::b/$x", Holds, false},
	} {
		d := mustParse(t, fmt.Sprintf(`{"Version":%q,"Statement":[{"Effect":"Deny","Action":"*","Resource":%q},
			{"Effect":"Deny","Action":"*","NotResource":%[2]q}]}`, x.version, x.pattern))
		r := &Request{Action: "s3:GetObject", Resource: x.resource, Context: context}
		if got := d.Statements[0].Match(r); got.Truth() != x.want {
			t.Errorf("%s, %s: got %+v", x.pattern, x.resource, got)
		}
		want := x.want.not()
		if x.noValue {
			want = Unseen
		}
		if got := d.Statements[1].Match(r); got.Truth() != want || (want == Unseen) != (len(got.Unseen) == 1) {
			t.Errorf("not %s, %s: got %+v", x.pattern, x.resource, got)
		}
	}
}
