package evaluate

import (
	"fmt"
	"strings"
	"testing"

	"trail403/ingest/event"
)

// lines returns an explanation as text.
func (e Explanation) lines() string {
	var b strings.Builder
	for _, f := range e.Findings {
		fmt.Fprintf(&b, "%s %d %s: %s", f.Policy.On, f.Statement.Number, f.Matches, f.Why)
		if len(f.Unseen) > 0 {
			fmt.Fprintf(&b, " %q", f.Unseen)
		}
		b.WriteByte('\n')
	}
	return b.String() + e.Disagrees
}

func TestExplainExplicit(t *testing.T) {
	bucket := func(statements ...string) Policy {
		return Policy{Kind: event.ResourcePolicy, On: "corp-data", Document: document(t, statements...)}
	}
	const (
		allow   = `{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::corp-data/*"}`
		network = `{"Sid": "OnlyOurEndpoint", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::corp-data/*",
			"Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-0a1b"}}}`
		org = `{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
			"Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}, "Bool": {"aws:SecureTransport": "true"}}}`
		writes = `{"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}`
		plain  = `{"Effect": "Deny", "NotPrincipal": {"AWS": "444455556666"}, "NotAction": "s3:List*", "NotResource": "arn:aws:s3:::x"}`
	)
	scp := func(name, condition string) Policy {
		p := policy(t, event.SCP, "r-1", `"Effect": "Deny", "Condition": `+condition)
		p.Name = name
		return p
	}
	arnOf := func(id string) string {
		return "arn:aws:organizations::111122223333:policy/o-1/service_control_policy/" + id
	}
	for name, x := range map[string]struct {
		policies []Policy
		cause    event.Cause
		arn      string
		want     string
	}{
		"the statement": {[]Policy{bucket(allow, network)}, event.ResourceExplicit, "",
			"corp-data 2 refuses: Denies s3:* on arn:aws:s3:::corp-data/* for everyone unless aws:SourceVpce is vpce-0a1b. " +
				"The request had aws:SourceVpce vpce-9f8e.\n"},
		"all that do": {[]Policy{bucket(network, plain)}, event.ResourceExplicit, "",
			"corp-data 1 refuses: Denies s3:* on arn:aws:s3:::corp-data/* for everyone unless aws:SourceVpce is vpce-0a1b. " +
				"The request had aws:SourceVpce vpce-9f8e.\n" +
				"corp-data 2 refuses: Denies all actions except s3:List* on all resources except arn:aws:s3:::x for everyone except 444455556666.\n"},
		"one that may": {[]Policy{bucket(allow, org, writes)}, event.ResourceExplicit, "",
			"corp-data 2 may refuse: Denies s3:* on all resources for everyone if aws:PrincipalOrgID is not o-1 and aws:SecureTransport is true. " +
				"The log does not show aws:PrincipalOrgID. The request had aws:SecureTransport true. [\"aws:PrincipalOrgID\"]\n"},
		"one that may, beside one that does": {[]Policy{bucket(org, network)}, event.ResourceExplicit, "",
			"corp-data 2 refuses: Denies s3:* on arn:aws:s3:::corp-data/* for everyone unless aws:SourceVpce is vpce-0a1b. " +
				"The request had aws:SourceVpce vpce-9f8e.\n"},
		"none": {[]Policy{bucket(allow, writes)}, event.ResourceExplicit, "",
			"The message reports a Deny statement, but none in the documents that were read is about this request. " +
				"The policy may have been another one at that time. " +
				"S3 uses the same message when the RestrictPublicBuckets setting denies a request."},
		"another kind of policy": {[]Policy{bucket(network)}, event.SCPExplicit, "", ""},
		"the policy that the message names": {
			[]Policy{scp("p-1", `{"Bool": {"aws:SecureTransport": "true"}}`), scp("p-2", `{"Null": {"aws:TokenIssueTime": "true"}}`)},
			event.SCPExplicit, arnOf("p-2"),
			"r-1 1 refuses: Denies s3:GetObject on arn:aws:s3:::corp-data/* if aws:TokenIssueTime is absent. " +
				"The request did not have aws:TokenIssueTime.\n"},
		"a policy that the message does not name": {[]Policy{scp("p-1", `{}`)}, event.SCPExplicit, arnOf("p-3"), ""},
		"a Deny of an unknown policy": {[]Policy{bucket(allow), scp("p-1", `{}`)}, event.ExplicitUnknown, "",
			"r-1 1 refuses: Denies s3:GetObject on arn:aws:s3:::corp-data/*.\n"},
		"no reason given": {[]Policy{bucket(allow, network, org)}, event.NotTold, "",
			"corp-data 2 refuses: Denies s3:* on arn:aws:s3:::corp-data/* for everyone unless aws:SourceVpce is vpce-0a1b. " +
				"The request had aws:SourceVpce vpce-9f8e.\n"},
		"no policy denied it": {[]Policy{bucket(network)}, event.BlockPublicACLs, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := requestOf(callerOf(home, "user"))
			r.Context.Set("aws:SourceVpce", "vpce-9f8e")
			r.Context.Set("aws:SecureTransport", "true")
			r.Context.Set("aws:TokenIssueTime")
			if got := Explain(r, x.policies, x.cause, x.arn).lines(); got != x.want {
				t.Errorf("got  %s\nwant %s", got, x.want)
			}
		})
	}
}

func TestExplainImplicit(t *testing.T) {
	const (
		objects  = `{"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObject"], "Resource": "arn:aws:s3:::corp-data/*"}`
		itself   = `{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::corp-data"}`
		other    = `{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::other/*"}`
		writes   = `{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::corp-data/*"}`
		far      = `{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::other/*"}`
		service  = `{"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}`
		endpoint = `{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1"}}}`
		tag      = `{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "red"}}}`
		tagged   = `{"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::corp-data/${aws:PrincipalTag/team}/*"}`
		all      = `{"Effect": "Allow", "Action": "*", "Resource": "*"}`
		deny     = `{"Effect": "Deny", "Action": "*", "Resource": "*"}`
	)
	role := func(statements ...string) []Policy {
		return []Policy{{Kind: event.IdentityPolicy, On: "reader", Document: document(t, statements...)}}
	}
	for name, x := range map[string]struct {
		action, resource string
		policies         []Policy
		cause            event.Cause
		want             string
	}{
		"the bucket itself": {"s3:ListBucket", "arn:aws:s3:::corp-data", role(service, objects), event.IdentityImplicit,
			"reader 2 misses: Allow for arn:aws:s3:::corp-data/*; the request was for the bucket itself: " +
				"s3:ListBucket needs arn:aws:s3:::corp-data.\n"},
		"an object": {"s3:GetObject", "arn:aws:s3:::corp-data/k", role(itself), event.IdentityImplicit,
			"reader 1 misses: Allow for arn:aws:s3:::corp-data; the request was for an object: " +
				"s3:GetObject needs arn:aws:s3:::corp-data/*.\n"},
		"another bucket": {"s3:GetObject", "arn:aws:s3:::corp-data/k", role(other), event.IdentityImplicit,
			"reader 1 misses: Allow for arn:aws:s3:::other/*; the request was for arn:aws:s3:::corp-data/k.\n"},
		"another action": {"s3:GetObject", "arn:aws:s3:::corp-data/k", role(other, writes), event.IdentityImplicit,
			"reader 2 misses: Allows s3:PutObject; the request needs s3:GetObject.\n"},
		"nothing near": {"s3:GetObject", "arn:aws:s3:::corp-data/k", role(far, service, deny), event.IdentityImplicit, ""},
		"a condition, before another bucket": {"s3:GetObject", "arn:aws:s3:::corp-data/k", role(other, endpoint), event.IdentityImplicit,
			"reader 2 misses: Allows it only if aws:SourceVpce is vpce-1. The request did not have aws:SourceVpce.\n"},
		"what the log does not show has to be it": {"s3:GetObject", "arn:aws:s3:::corp-data/k", role(endpoint, tag), event.IdentityImplicit,
			"reader 2 misses: Allows it only if aws:PrincipalTag/team is red. The log does not show aws:PrincipalTag/team. [\"aws:PrincipalTag/team\"]\n"},
		"a variable": {"s3:GetObject", "arn:aws:s3:::corp-data/k", role(tagged), event.IdentityImplicit,
			"reader 1 misses: Allow for arn:aws:s3:::corp-data/${aws:PrincipalTag/team}/*; the request was for arn:aws:s3:::corp-data/k. [\"aws:PrincipalTag/team\"]\n"},
		"two elements": {"s3:GetObject", "arn:aws:s3:::corp-data/k",
			role(`{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::corp-data"}`), event.IdentityImplicit,
			"reader 1 misses: Allows s3:PutObject; the request needs s3:GetObject. Allow for arn:aws:s3:::corp-data; " +
				"the request was for an object: s3:GetObject needs arn:aws:s3:::corp-data/*.\n"},
		"one allows it": {"s3:GetObject", "arn:aws:s3:::corp-data/k", role(other, all), event.IdentityImplicit,
			"The message reports that no statement allows this request, but statement 2 of a document that was read does. " +
				"The policy may have been another one at that time."},
		"the caller": {"s3:GetObject", "arn:aws:s3:::corp-data/k",
			[]Policy{policy(t, event.ResourcePolicy, "corp-data", `"Principal": {"AWS": "arn:aws:iam::444455556666:role/x"}`)}, event.ResourceImplicit,
			"corp-data 1 misses: Allows it for arn:aws:iam::444455556666:role/x; the caller is arn:aws:iam::111122223333:role/reader.\n"},
		"a level of the organization": {"s3:GetObject", "arn:aws:s3:::corp-data/k",
			[]Policy{{Kind: event.SCP, On: "r-1", Document: document(t, all)}, {Kind: event.SCP, On: "ou-1", Document: document(t, endpoint)}}, event.SCPImplicit,
			"ou-1 1 misses: Allows it only if aws:SourceVpce is vpce-1. The request did not have aws:SourceVpce.\n"},
		"another kind of policy": {"s3:GetObject", "arn:aws:s3:::corp-data/k", role(other), event.BoundaryImplicit, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := requestOf(callerOf(home, "role"))
			r.Action, r.Resource = x.action, x.resource
			if got := Explain(r, x.policies, x.cause, "").lines(); got != x.want {
				t.Errorf("got  %s\nwant %s", got, x.want)
			}
		})
	}
}

// A statement through an access point is explained by the access point's name.
func TestExplainAccessPoint(t *testing.T) {
	const point = "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap"
	r := requestOf(callerOf(elsewhere, "user"))
	r.AccessPoint = point + "/object/k"
	e := Explain(r, []Policy{policy(t, event.ResourcePolicy, point, `"Principal": "*", "Resource": "`+point+`/object/public/*"`)},
		event.ResourceImplicit, "")
	want := point + " 1 misses: Allow for " + point + "/object/public/*; the request was for " + point + "/object/k.\n"
	if e.lines() != want {
		t.Errorf("got  %s\nwant %s", e.lines(), want)
	}
}

// Every cause has an explanation, or none, without a panic, also where nothing is
// known of the request.
func TestExplainEveryCause(t *testing.T) {
	var policies []Policy
	for _, kind := range order {
		policies = append(policies, policy(t, kind, "x", `"Effect": "Deny", "Principal": "*"`), policy(t, kind, "y", `"Principal": "*"`))
	}
	for _, cause := range event.Causes() {
		for _, r := range []*Request{{}, requestOf(callerOf(home, "role"))} {
			e := Explain(r, policies, cause, "")
			wanted := cause.Effect() == event.Explicit && cause != event.TrustExplicit && r.Action != ""
			if wanted && (len(e.Findings) == 0 || e.Findings[0].Matches != Refuses) {
				t.Errorf("%s: %+v", cause, e)
			}
			if r.Action == "" && len(e.Findings) > 0 && e.Findings[0].Matches == Refuses {
				t.Errorf("%s is certain of a request that is not known", cause)
			}
		}
	}
}

// Documents of many statements are explained in few words.
func TestExplainBounds(t *testing.T) {
	var conditions, statements []string
	for i := range 1000 {
		conditions = append(conditions, fmt.Sprintf(`"k%d": "v"`, i))
	}
	for range 500 {
		statements = append(statements, `{"Effect": "Deny", "Action": "*", "Resource": "*"}`)
	}
	many := `{"StringNotEquals": {` + strings.Join(conditions, ",") + `}}`
	statements = append(statements, `{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": `+many+`}`,
		`{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": `+strings.Replace(many, "Not", "", 1)+`}`)
	policies := []Policy{{Kind: event.IdentityPolicy, Document: document(t, statements...)}}
	r := requestOf(callerOf(home, "role"))
	for _, cause := range []event.Cause{event.IdentityExplicit, event.IdentityImplicit, event.NotTold} {
		e := Explain(r, policies, cause, "")
		if len(e.Findings) == 0 || len(e.lines()) > 2500 {
			t.Errorf("%s: %d findings in %d bytes", cause, len(e.Findings), len(e.lines()))
		}
	}
}
