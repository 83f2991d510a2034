package aggregate

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"trail403/ingest/event"
)

// refused returns a denial for a cause.
func refused(n int, cause event.Cause, change func(*event.Denial)) event.Denial {
	return denied(n, func(d *event.Denial) {
		d.Cause, d.WhyNotTold, d.DeniedAction = cause, "", "s3:GetObject"
		if change != nil {
			change(d)
		}
	})
}

// Each cause belongs to a policy, told apart by what can be changed about it.
func TestPolicyKey(t *testing.T) {
	const role, bucket = "arn:aws:iam::111122223333:role/app/reader", "corp-data"
	f := func(cause event.Cause, change func(*event.Denial), want Policy) {
		t.Helper()
		r := build(t, 1, []event.Denial{refused(1, cause, change)}, Options{})
		if len(r.Policies) != 1 {
			t.Fatalf("%s: %d policies", cause, len(r.Policies))
		}
		p := r.Policies[0]
		got := Policy{Cause: p.Cause, WhyNotTold: p.WhyNotTold, ARN: p.ARN, Owner: p.Owner, Bucket: p.Bucket, Principal: p.Principal, VPCEndpoint: p.VPCEndpoint, KMSKey: p.KMSKey}
		want.Cause = cause
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s:\n got %+v\nwant %+v", cause, got, want)
		}
	}
	for _, cause := range []event.Cause{"identity-implicit", "identity-explicit", "boundary-implicit", "session-explicit", "trust-implicit", "request-expired"} {
		f(cause, nil, Policy{Owner: event.OwnerIdentity, Principal: role})
	}
	for _, cause := range []event.Cause{"resource-explicit", "block-public-acls", "block-public-policy", "sse-c-blocked", "object-lock", "access-grants", "explicit", "truncated", "unrecognized", "not-told"} {
		f(cause, nil, Policy{Owner: event.OwnerBucket, Bucket: bucket})
	}
	for _, cause := range []event.Cause{"scp-explicit", "scp-implicit", "rcp-explicit"} {
		f(cause, nil, Policy{Owner: event.OwnerOrganization})
	}
	kms := func(d *event.Denial) {
		d.DeniedAction, d.KMSKey = "kms:Decrypt", "arn:aws:kms:us-east-1:444455556666:key/1"
	}
	for _, cause := range []event.Cause{"kms-key", "resource-explicit", "not-told"} {
		f(cause, kms, Policy{Owner: event.OwnerKey, Bucket: bucket, KMSKey: "arn:aws:kms:us-east-1:444455556666:key/1"})
	}
	f("identity-implicit", kms, Policy{Owner: event.OwnerIdentity, Principal: role, KMSKey: "arn:aws:kms:us-east-1:444455556666:key/1"})
	f("vpce", func(d *event.Denial) { d.VPCEndpoint, d.Bucket = "vpce-1", "" }, Policy{Owner: event.OwnerNetwork, VPCEndpoint: "vpce-1"})
	f("resource-explicit", func(d *event.Denial) { d.VPCEndpoint = "vpce-1" }, Policy{Owner: event.OwnerBucket, Bucket: bucket})
	f("not-told", func(d *event.Denial) { d.WhyNotTold = "other-account" }, Policy{Owner: event.OwnerBucket, Bucket: bucket, WhyNotTold: "other-account"})
	f("not-told", func(d *event.Denial) { d.Bucket = "" }, Policy{Owner: event.OwnerIdentity, Principal: role})
	const arn = "arn:aws:iam::111122223333:policy/Guard"
	f("identity-explicit", func(d *event.Denial) { d.PolicyARN = arn }, Policy{Owner: event.OwnerIdentity, ARN: arn})
	const scp = "arn:aws:organizations::123456789012:policy/o-x/service_control_policy/p-1"
	f("scp-explicit", func(d *event.Denial) { d.PolicyARN = scp }, Policy{Owner: event.OwnerOrganization, ARN: scp})
}

// A policy with an ARN is one whoever it refuses, and policies are ranked.
func TestPolicies(t *testing.T) {
	const scp = "arn:aws:organizations::123456789012:policy/o-x/service_control_policy/p-1"
	user := func(d *event.Denial) { d.Principal = "arn:aws:iam::111122223333:user/bob" }
	named := func(day, bucket string, change func(*event.Denial)) func(*event.Denial) {
		return func(d *event.Denial) {
			d.PolicyARN, d.Bucket, d.Time = scp, bucket, at(day+"T00:00:00")
			if change != nil {
				change(d)
			}
		}
	}
	r := build(t, 2, []event.Denial{
		refused(1, "scp-explicit", named("03", "a", nil)),
		refused(2, "scp-explicit", named("09", "b", user)),
		refused(3, "scp-implicit", named("05", "b", user)), // AWS does not write this; it is the same policy
		refused(4, "scp-explicit", named("05", "", nil)),
		refused(5, "resource-implicit", nil),
		refused(6, "resource-implicit", user),
		refused(7, "identity-implicit", nil),
		refused(8, "identity-implicit", nil),
		refused(9, "identity-implicit", user),
	}, Options{})
	sum := 0
	for _, p := range r.Policies {
		sum += p.Denials
	}
	if sum != r.Totals.Denials {
		t.Errorf("policies have %d denials, the result %d", sum, r.Totals.Denials)
	}
	p := r.Policies[0]
	if p.ARN != scp || p.Cause != "scp-explicit" || p.Denials != 4 || p.Principals != 2 || p.Buckets != 2 ||
		!p.FirstSeen.Equal(at("03T00:00:00")) || !p.LastSeen.Equal(at("09T00:00:00")) || p.PrincipalType != "" {
		t.Errorf("got %+v", p)
	}
	if want := []Count{{Value: "b", Denials: 2}, {Value: "a", Denials: 1}}; !reflect.DeepEqual(p.Where.List, want) {
		t.Errorf("buckets %v, want %v", p.Where.List, want)
	}
	var order []string
	for _, p := range r.Policies[1:] {
		order = append(order, fmt.Sprint(p.Denials, " ", p.Cause, " ", p.Principals, " ", p.PrincipalType))
	}
	if want := []string{"2 identity-implicit 1 role", "2 resource-implicit 2 ", "1 identity-implicit 1 user"}; !reflect.DeepEqual(order, want) {
		t.Errorf("got %q, want %q", order, want)
	}
}

// Ways to refuse of one document are one policy: there is one thing to open.
func TestPolicyDocument(t *testing.T) {
	f := func(want string, causes ...string) {
		t.Helper()
		var list []event.Denial
		for i, cause := range causes {
			list = append(list, refused(i, event.Cause(cause), func(d *event.Denial) {
				d.VPCEndpoint = "vpce-1"
				d.Action, d.DeniedAction = fmt.Sprint("s3:Get", i), "" // each a group of its own
				if cause, kms := strings.CutPrefix(cause, "kms:"); kms {
					d.Cause, d.DeniedAction = event.Cause(cause), "kms:Decrypt"
				}
			}))
		}
		r := build(t, 2, list, Options{})
		var got []string
		for _, p := range r.Documents {
			refuses := 0
			for i := range r.Groups {
				for j := range r.Groups[i].Causes {
					if c := &r.Groups[i].Causes[j]; p.Refuses(c) {
						refuses += c.Denials
					}
				}
			}
			if refuses != p.Denials || string(p.Cause) != p.Causes[0].Value {
				t.Errorf("%v: %s of %v refuses %d, has %d denials", causes, p.Cause, p.Causes, refuses, p.Denials)
			}
			got = append(got, fmt.Sprint(p.Owner, p.Causes))
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%v: got %s, want %s", causes, got, want)
		}
	}
	f("network[{vpce 2} {vpce-explicit 1} {vpce-implicit 1}]", "vpce", "vpce-implicit", "vpce-explicit", "vpce")
	f("bucket[{resource-explicit 2} {resource-implicit 1}]", "resource-explicit", "resource-implicit", "resource-explicit")
	f("identity[{identity-explicit 1} {identity-implicit 1}]", "identity-explicit", "identity-implicit")
	f("organization[{scp-explicit 1} {scp-implicit 1}]", "scp-implicit", "scp-explicit")
	f("key[{kms-key 1} {resource-explicit 1} {resource-implicit 1}]", "kms:kms-key", "kms:resource-implicit", "kms:resource-explicit")
	// Others that begin alike are others.
	f("organization[{rcp-explicit 1}] organization[{scp-explicit 1}]", "scp-explicit", "rcp-explicit")
	f("bucket[{block-public-acls 1}] bucket[{block-public-policy 1}]", "block-public-acls", "block-public-policy")
	f("identity[{boundary-implicit 1}] identity[{identity-implicit 1}]", "identity-implicit", "boundary-implicit")
	f("key[{explicit 1}] key[{kms-key 1}]", "kms:kms-key", "kms:explicit")
	f("bucket[{resource-explicit 1}] key[{resource-explicit 1}]", "kms:resource-explicit", "resource-explicit")
	f("identity[{identity-implicit 2}]", "kms:identity-implicit", "identity-implicit")
}

// Policies are told apart by their causes all the same, and both add up.
func TestDocumentsAddUp(t *testing.T) {
	r := build(t, 2, []event.Denial{
		refused(0, "resource-implicit", nil), refused(1, "resource-explicit", nil), refused(2, "resource-explicit", nil),
		refused(3, "identity-implicit", nil), refused(4, "scp-explicit", func(d *event.Denial) { d.PolicyARN = "arn" }),
	}, Options{})
	describe := func(p *Policy) string { return fmt.Sprint(p.ARN, p.Cause, p.Causes, p.Denials, p.Principals) }
	var policies, documents []string
	for i := range r.Policies {
		policies = append(policies, describe(&r.Policies[i]))
	}
	for _, p := range r.Documents {
		documents = append(documents, describe(p))
	}
	if got, want := strings.Join(policies, " "), "resource-explicit[{resource-explicit 2}] 2 1 identity-implicit[{identity-implicit 1}] 1 1 "+
		"resource-implicit[{resource-implicit 1}] 1 1 arnscp-explicit[{scp-explicit 1}] 1 1"; got != want {
		t.Errorf("policies: got %s, want %s", got, want)
	}
	if got, want := strings.Join(documents, " "), "resource-explicit[{resource-explicit 2} {resource-implicit 1}] 3 1 "+
		"identity-implicit[{identity-implicit 1}] 1 1 arnscp-explicit[{scp-explicit 1}] 1 1"; got != want {
		t.Errorf("documents: got %s, want %s", got, want)
	}
}

// The key of KMS is that of all denials or of none.
func TestPolicyKMSKey(t *testing.T) {
	f := func(want string, keys ...string) {
		t.Helper()
		var list []event.Denial
		for i, key := range keys {
			list = append(list, refused(i, "kms-key", func(d *event.Denial) { d.KMSKey, d.DeniedAction = key, fmt.Sprint("kms:", i) }))
		}
		if got := build(t, 2, list, Options{}).Policies[0].KMSKey; got != want {
			t.Errorf("of %q: %q, want %q", keys, got, want)
		}
	}
	f("arn:1", "arn:1", "", "arn:1")
	f("", "arn:1", "arn:2", "arn:1")
	f("", "", "")
}
