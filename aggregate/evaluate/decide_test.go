package evaluate

import (
	"fmt"
	"strings"
	"testing"

	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

const (
	home      = "111122223333" // account of the bucket
	elsewhere = "444455556666"
)

func callerOf(account, kind string) policydoc.Caller {
	c := policydoc.Caller{Account: account, UserID: "AIDAEXAMPLE"}
	switch kind {
	case "user":
		c.ARN = "arn:aws:iam::" + account + ":user/maria"
	case "role":
		c.ARN, c.Session = "arn:aws:iam::"+account+":role/reader", "arn:aws:sts::"+account+":assumed-role/reader/job"
		c.UserID = "AROAEXAMPLE:job"
	case "root":
		c.ARN, c.UserID = "arn:aws:iam::"+account+":root", account
	}
	return c
}

// requestOf returns a request for an object of a bucket in the home account, which
// came through no VPC endpoint.
func requestOf(c policydoc.Caller) *Request {
	r := &Request{ResourceAccount: home, Request: policydoc.Request{
		Action: "s3:GetObject", Resource: "arn:aws:s3:::corp-data/k", Caller: c,
	}}
	r.Context.Set("aws:SourceVpce")
	return r
}

// policy makes a policy of one statement. An Effect in front of the elements can be
// left out for Allow.
func policy(t testing.TB, kind event.Policy, on, elements string) Policy {
	t.Helper()
	if !strings.Contains(elements, `"Effect"`) {
		elements = strings.TrimSuffix(`"Effect": "Allow", `+elements, ", ")
	}
	if !strings.Contains(elements, `Action"`) {
		elements += `, "Action": "s3:GetObject"`
	}
	if !strings.Contains(elements, `Resource"`) {
		elements += `, "Resource": "arn:aws:s3:::corp-data/*"`
	}
	return Policy{Kind: kind, On: on, Document: document(t, "{"+elements+"}")}
}

func document(t testing.TB, statements ...string) *policydoc.Document {
	t.Helper()
	d, err := policydoc.Parse([]byte(`{"Version": "2012-10-17", "Statement": [` + strings.Join(statements, ",") + `]}`))
	if err != nil {
		t.Fatalf("%v in %s", err, statements)
	}
	return d
}

// all are the kinds of policies, for a request of which everything is known.
var all = order[:]

func (d Decision) String() string {
	switch {
	case d.Allowed == policydoc.Holds:
		return "allowed"
	case d.Allowed == policydoc.Fails && d.Effect != "":
		return string(event.CauseOf(d.Policy, d.Effect))
	case d.Allowed == policydoc.Fails:
		return "denied"
	}
	return strings.TrimSpace(fmt.Sprintf("unknown %s %s", strings.Join(d.Unseen, ","), fmt.Sprint(d.Unread)))
}

// IAM User Guide, "How AWS enforcement code logic evaluates requests":
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
// and "Cross-account policy evaluation logic":
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
//
// Each of the policies allows the request, or, with a minus before its kind, allows
// something else. The resource's names whom it allows.
func TestWhoHasToAllow(t *testing.T) {
	const other = `"Action": "s3:PutObject"`
	user, role, session, account := `{"AWS": "arn:aws:iam::ACCOUNT:user/maria"}`, `{"AWS": "arn:aws:iam::ACCOUNT:role/reader"}`,
		`{"AWS": "arn:aws:sts::ACCOUNT:assumed-role/reader/job"}`, `{"AWS": "ACCOUNT"}`
	for _, x := range []struct {
		account, caller, resource, others, want string
	}{
		{home, "user", "", "identity", "allowed"},
		{home, "user", "", "-identity", "identity-implicit"},
		{home, "user", "", "", "identity-implicit"},
		{home, "user", user, "-identity", "allowed"},
		{home, "user", user, "-identity -boundary", "allowed"},
		{home, "user", `"*"`, "-identity -boundary", "allowed"},
		{home, "user", account, "-identity", "identity-implicit"},
		{home, "user", account, "identity -boundary", "boundary-implicit"},
		{home, "role", role, "-identity", "allowed"},
		{home, "role", role, "-identity boundary session", "allowed"},
		{home, "role", role, "identity -boundary", "boundary-implicit"},
		{home, "role", role, "identity -session", "session-implicit"},
		{home, "role", session, "-identity -boundary -session", "allowed"},
		{home, "role", "", "identity boundary -session", "session-implicit"},
		{home, "role", user, "-identity", "identity-implicit"},
		{home, "root", "", "", "allowed"},
		{home, "root", "", "-scp", "scp-implicit"},
		{home, "anonymous", `"*"`, "", "allowed"},
		{home, "anonymous", account, "", "resource-implicit"},
		{home, "anonymous", "", "", "resource-implicit"},
		{home, "service", `{"Service": "logging.s3.amazonaws.com"}`, "", "allowed"},
		{home, "service", `{"Service": "cloudtrail.amazonaws.com"}`, "", "resource-implicit"},

		{elsewhere, "user", "", "identity", "resource-implicit"},
		{elsewhere, "user", user, "", "identity-implicit"},
		{elsewhere, "user", user, "identity", "allowed"},
		{elsewhere, "user", account, "identity", "allowed"},
		{elsewhere, "user", `"*"`, "identity -boundary", "boundary-implicit"},
		{elsewhere, "role", session, "-identity", "identity-implicit"},
		{elsewhere, "role", session, "identity -session", "session-implicit"},
		{elsewhere, "root", account, "", "allowed"},
		{elsewhere, "root", "", "", "resource-implicit"},

		{home, "user", user, "-scp", "scp-implicit"},
		{home, "user", user, "scp scp2", "allowed"},
		{home, "user", user, "scp -scp2", "scp-implicit"},
		{home, "anonymous", `"*"`, "-scp", "allowed"},
		{home, "service", `"*"`, "-scp", "allowed"},
		{home, "user", user, "-rcp", "allowed"},
		{home, "user", user, "-vpce", "allowed"}, // it did not come through the endpoint
	} {
		r := requestOf(callerOf(x.account, x.caller))
		switch x.caller {
		case "anonymous":
			r.Caller = policydoc.Caller{Anonymous: true}
		case "service":
			r.Caller = policydoc.Caller{Service: "logging.s3.amazonaws.com"}
		}
		policies := Policies{Complete: all}
		if x.resource != "" {
			principal := `"Principal": ` + strings.ReplaceAll(x.resource, "ACCOUNT", x.account)
			policies.List = append(policies.List, policy(t, event.ResourcePolicy, "corp-data", principal))
		}
		for one := range strings.FieldsSeq(x.others) {
			kind, denies := strings.CutPrefix(one, "-")
			elements := `"Sid": ""`
			if denies {
				elements = other
			}
			if kind == "rcp" || kind == "vpce" {
				elements += `, "Principal": "*"`
			}
			policies.List = append(policies.List, policy(t, event.Policy(strings.TrimSuffix(kind, "2")), kind, elements))
		}
		if got := Decide(r, &policies).String(); got != x.want {
			t.Errorf("%s %s, resource %s, %s: got %s, want %s", x.account, x.caller, x.resource, x.others, got, x.want)
		}
	}
}

// KMS Developer Guide, "Key policies": a key's policy has to allow a request, or to
// let the account decide. https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
func TestKeyPolicy(t *testing.T) {
	for _, x := range []struct{ principal, identity, want string }{
		{"", "kms:Decrypt", "resource-implicit"},
		{`{"AWS": "111122223333"}`, "kms:Decrypt", "allowed"},
		{`{"AWS": "111122223333"}`, "s3:*", "identity-implicit"},
		{`{"AWS": "arn:aws:iam::111122223333:user/maria"}`, "s3:*", "allowed"},
	} {
		r := requestOf(callerOf(home, "user"))
		r.Action, r.Resource = "kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/1"
		policies := Policies{Complete: all, List: []Policy{
			policy(t, event.IdentityPolicy, "", `"Action": "`+x.identity+`", "Resource": "*"`),
		}}
		if x.principal != "" {
			policies.List = append(policies.List,
				policy(t, event.ResourcePolicy, "key", `"Principal": `+x.principal+`, "Action": "kms:*", "Resource": "*"`))
		}
		if got := Decide(r, &policies).String(); got != x.want {
			t.Errorf("%s, %s: got %s, want %s", x.principal, x.identity, got, x.want)
		}
	}
}

// A key policy that names a role lets the role's boundary decide.
func TestKeyPolicyForRole(t *testing.T) {
	for boundary, want := range map[string]string{"kms:*": "allowed", "s3:*": "boundary-implicit"} {
		r := requestOf(callerOf(home, "role"))
		r.Action, r.Resource = "kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/1"
		policies := Policies{Complete: all, List: []Policy{
			policy(t, event.ResourcePolicy, "key", `"Principal": {"AWS": "arn:aws:iam::111122223333:role/reader"}, "Action": "kms:*", "Resource": "*"`),
			policy(t, event.Boundary, "reader", `"Action": "`+boundary+`", "Resource": "*"`),
		}}
		if got := Decide(r, &policies).String(); got != want {
			t.Errorf("boundary %s: got %s, want %s", boundary, got, want)
		}
	}
}

// A Deny of any kind of policy is final, and the first kind in AWS's order is named.
func TestExplicitDeny(t *testing.T) {
	const deny = `"Effect": "Deny"`
	r := requestOf(callerOf(home, "user"))
	r.Context.Set("aws:SourceVpce", "vpce-1")
	allowing := []Policy{
		policy(t, event.IdentityPolicy, "maria", ""), policy(t, event.SCP, "root", ""),
		policy(t, event.EndpointPolicy, "vpce-1", `"Principal": "*"`), policy(t, event.Boundary, "maria", ""),
	}
	if got := Decide(r, &Policies{Complete: all, List: allowing}).String(); got != "allowed" {
		t.Fatalf("without a Deny: %s", got)
	}
	var list []Policy
	for i := len(order) - 1; i >= 0; i-- {
		kind := order[i]
		if kind == event.SessionPolicy {
			continue // a user without a session has none
		}
		elements := deny
		if kind == event.ResourcePolicy || kind == event.EndpointPolicy || kind == event.RCP {
			elements += `, "Principal": "*"`
		}
		list = append(list, policy(t, kind, "x", elements))
		d := Decide(r, &Policies{Complete: all, List: append(list, allowing...)})
		if want := string(kind) + "-explicit"; d.String() != want || len(d.Denies) != len(list) {
			t.Errorf("got %s and %d statements, want %s and %d", d, len(d.Denies), want, len(list))
		}
	}
}

// What is not known is not decided, and is named.
func TestUnknown(t *testing.T) {
	identity := policy(t, event.IdentityPolicy, "maria", "")
	resource := policy(t, event.ResourcePolicy, "corp-data", `"Principal": "*"`)
	onTag := policy(t, event.IdentityPolicy, "maria", `"Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}}`)
	denyOnTag := policy(t, event.SCP, "root", `"Effect": "Deny", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}}`)
	scp := policy(t, event.SCP, "root", `"Action": "*", "Resource": "*"`)
	deny := policy(t, event.SCP, "root", `"Effect": "Deny"`)
	kinds := func(list ...event.Policy) []event.Policy { return list }
	for name, x := range map[string]struct {
		list               []Policy
		complete, allowing []event.Policy
		account            string
		want               string
	}{
		"nothing":                           {nil, nil, nil, home, "unknown  [rcp scp resource identity boundary]"},
		"no SCP known":                      {[]Policy{identity, resource}, kinds(event.RCP, event.IdentityPolicy, event.Boundary), nil, home, "unknown  [scp]"},
		"some SCPs known":                   {[]Policy{identity, resource, scp}, kinds(event.RCP, event.IdentityPolicy, event.Boundary), nil, home, "unknown  [scp]"},
		"a Deny is enough":                  {[]Policy{deny}, nil, nil, home, "scp-explicit"},
		"no Allow, and perhaps a Deny":      {nil, kinds(event.IdentityPolicy, event.ResourcePolicy), nil, home, "denied"},
		"an Allow that depends on a tag":    {[]Policy{onTag}, all, nil, home, "unknown aws:PrincipalTag/team []"},
		"an Allow that does not":            {[]Policy{onTag, identity}, all, nil, home, "allowed"},
		"a Deny that depends on a tag":      {[]Policy{identity, scp, denyOnTag}, all, nil, home, "unknown aws:PrincipalTag/team []"},
		"no Allow, and a Deny that may be":  {[]Policy{scp, denyOnTag}, all, nil, home, "denied"},
		"the bucket's account is not known": {[]Policy{identity}, all, nil, "", "unknown aws:ResourceAccount []"},
		"which does not matter":             {[]Policy{identity, resource}, all, nil, "", "allowed"},
		"a request that succeeded": {[]Policy{resource}, nil,
			kinds(event.RCP, event.SCP, event.IdentityPolicy, event.Boundary, event.SessionPolicy), home, "allowed"},
		"a request that succeeded, under a new SCP": {[]Policy{deny}, nil,
			kinds(event.RCP, event.ResourcePolicy, event.IdentityPolicy, event.Boundary, event.SessionPolicy), home, "scp-explicit"},
	} {
		t.Run(name, func(t *testing.T) {
			r := requestOf(callerOf(home, "user"))
			r.ResourceAccount = x.account
			d := Decide(r, &Policies{List: x.list, Complete: x.complete, Allowing: x.allowing})
			if d.String() != x.want {
				t.Errorf("got %s, want %s", d, x.want)
			}
		})
	}
}

// S3 User Guide, "Configuring IAM policies for using access points": the access
// point and its bucket both have to allow what the caller's own account does not.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
func TestAccessPoint(t *testing.T) {
	const point = "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap"
	bucket := policy(t, event.ResourcePolicy, "corp-data", `"Principal": "*"`)
	ofPoint := policy(t, event.ResourcePolicy, point, `"Principal": "*", "Resource": "`+point+`/object/*"`)
	ofOther := policy(t, event.ResourcePolicy, point, `"Principal": "*"`)
	byPoint := policy(t, event.IdentityPolicy, "maria", `"Resource": "`+point+`/object/*"`)
	byBucket := policy(t, event.IdentityPolicy, "maria", "")
	for name, x := range map[string]struct {
		list []Policy
		want string
	}{
		"both":                              {[]Policy{bucket, ofPoint, byPoint}, "allowed"},
		"both, and the caller by bucket":    {[]Policy{bucket, ofPoint, byBucket}, "allowed"},
		"not the access point":              {[]Policy{bucket, ofOther, byPoint}, "resource-implicit"},
		"not the bucket":                    {[]Policy{ofPoint, policy(t, event.ResourcePolicy, "corp-data", `"Principal": {"AWS": []}`), byPoint}, "resource-implicit"},
		"an access point that was not used": {[]Policy{bucket, byPoint}, "allowed"},
	} {
		r := requestOf(callerOf(elsewhere, "user"))
		r.AccessPoint = point + "/object/k"
		if got := Decide(r, &Policies{Complete: all, List: x.list}).String(); got != x.want {
			t.Errorf("%s: got %s, want %s", name, got, x.want)
		}
	}
}
