package link

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"trail403/aggregate/group"
	"trail403/aggregate/policy"
	"trail403/ingest/event"
)

const (
	readerARN = "arn:aws:iam::111122223333:role/app/reader"
	scpARN    = "arn:aws:organizations::123456789012:policy/o-exampleorgid/service_control_policy/p-6v4y751d"
	keyARN    = "arn:aws:kms:us-east-1:444455556666:key/5f2b6c1e-9d3a-4f70-8b15-2c7d90e4a6b8"
)

// at is a time of the test month.
func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, "2026-10-"+s+"Z")
	if err != nil {
		panic(err)
	}
	return t
}

// targets reads "TYPE NAME, TYPE NAME".
func targets(s string) (list []event.Target) {
	for _, t := range strings.Split(s, ", ") {
		kind, name, _ := strings.Cut(t, " ")
		list = append(list, event.Target{Type: kind, Name: name})
	}
	return list
}

// changed is a change at a time of the test month: the service, the call, what it
// touches.
func changed(when, source, name, touches string) event.Change {
	return event.Change{EventID: name + " " + when, Time: at(when), Source: source + ".amazonaws.com", Name: name, Account: "444455556666", Targets: targets(touches)}
}

func TestTouches(t *testing.T) {
	groupOf := func(principal, bucket string, causes ...policy.Cause) *group.Group {
		return &group.Group{
			Principal: principal, PrincipalAccount: "111122223333", Bucket: bucket, BucketAccount: "444455556666", Causes: causes,
			VPCEndpoints: []string{"vpce-1"}, BucketKeys: []string{keyARN},
		}
	}
	other := "arn:aws:iam::111122223333:role/other"
	// Known before: what was attached to what.
	past := []event.Change{
		changed("01T00:00:00", "iam", "AttachRolePolicy", "role arn:aws:iam::111122223333:role/reader, policy arn:aws:iam::111122223333:policy/s3"),
		changed("01T00:00:01", "iam", "AddUserToGroup", "user arn:aws:iam::111122223333:user/ana, group arn:aws:iam::111122223333:group/people"),
		changed("01T00:00:02", "iam", "AttachGroupPolicy", "group arn:aws:iam::111122223333:group/people, policy arn:aws:iam::111122223333:policy/people"),
		changed("01T00:00:03", "sso", "CreatePermissionSet", "permission-set arn:aws:sso:::permissionSet/ssoins-1/ps-1, permission-set-name Analyst"),
		changed("01T00:00:05", "organizations", "MoveAccount", "account 111122223333, root r-1, organizational-unit ou-1"),
		changed("01T00:00:06", "organizations", "AttachPolicy", "organization-policy p-attached, account 111122223333"),
		changed("01T00:00:04", "kms", "CreateAlias", "alias arn:aws:kms:us-east-1:444455556666:alias/data, key "+keyARN),
	}
	l := New(past, 0)
	f := func(want bool, groups []*group.Group, source, name, touches string) {
		t.Helper()
		c := changed("05T10:00:00", source, name, touches)
		a := l.About(groups...)
		causes, got := a.touches(&c)
		if got != want {
			t.Errorf("%s of %s touches %s, %s: got %t", name, touches, groups[0].Principal, groups[0].Causes[0].Cause, got)
		}
		if near := indexOf([]event.Change{c}, l.only).near(a, nil); causes > impossible && len(near) == 0 {
			t.Errorf("%s of %s is not in the index of %s, %s", name, touches, groups[0].Principal, groups[0].Causes[0].Cause)
		}
	}
	all := func(groups ...*group.Group) []*group.Group { return groups }

	bucket := all(groupOf(readerARN, "corp", policy.Cause{Cause: "resource-explicit"}), groupOf(other, "corp", policy.Cause{Cause: "resource-explicit"}))
	f(true, bucket, "s3", "PutBucketPolicy", "bucket corp")
	f(true, bucket, "s3", "PutAccessPointPolicy", "access-point arn:aws:s3:us-east-1:444455556666:accesspoint/ap, bucket corp")
	f(false, bucket, "s3", "PutAccountPublicAccessBlock", "account 444455556666") // it denies nothing explicitly
	f(false, bucket, "s3", "PutBucketPolicy", "bucket corporate")
	f(false, bucket, "s3", "PutAccountPublicAccessBlock", "account 111122223333")
	f(false, bucket, "s3", "PutBucketEncryption", "bucket other, key "+keyARN)
	f(false, bucket, "iam", "AttachRolePolicy", "role arn:aws:iam::111122223333:role/reader, policy arn:aws:iam::111122223333:policy/s3")
	f(false, bucket, "organizations", "AttachPolicy", "organization-policy p-6v4y751d")
	f(false, bucket, "s3", "CreateTable", "")

	role := all(groupOf(readerARN, "a", policy.Cause{Cause: "identity-implicit"}), groupOf(readerARN, "b", policy.Cause{Cause: "identity-implicit"}))
	f(true, role, "iam", "DetachRolePolicy", "role arn:aws:iam::111122223333:role/reader, policy arn:aws:iam::111122223333:policy/x")
	f(true, role, "iam", "DeleteRolePolicy", "role arn:aws:iam::111122223333:role/reader")
	f(true, role, "iam", "CreatePolicyVersion", "policy arn:aws:iam::111122223333:policy/s3")
	f(false, role, "iam", "CreatePolicyVersion", "policy arn:aws:iam::111122223333:policy/people")
	f(false, role, "iam", "DetachRolePolicy", "role arn:aws:iam::111122223333:role/other, policy arn:aws:iam::111122223333:policy/s3")
	f(false, role, "iam", "DetachRolePolicy", "role arn:aws:iam::444455556666:role/reader")
	f(false, role, "s3", "PutBucketPolicy", "bucket a") // one of two
	f(true, role[:1], "s3", "DeleteBucketPolicy", "bucket a")
	f(true, all(groupOf("arn:aws:iam::111122223333:user/x/ana", "a", policy.Cause{Cause: "identity-implicit"})), "iam", "DetachGroupPolicy", "group arn:aws:iam::111122223333:group/people")
	f(true, all(groupOf("arn:aws:iam::111122223333:user/ana", "a", policy.Cause{Cause: "identity-implicit"})), "iam", "SetDefaultPolicyVersion", "policy arn:aws:iam::111122223333:policy/people")
	sso := all(groupOf("arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Analyst_0123456789abcdef", "a", policy.Cause{Cause: "identity-implicit"}))
	f(true, sso, "sso", "PutInlinePolicyToPermissionSet", "permission-set arn:aws:sso:::permissionSet/ssoins-1/ps-1")
	f(false, sso, "sso", "PutInlinePolicyToPermissionSet", "permission-set arn:aws:sso:::permissionSet/ssoins-1/ps-2")
	f(true, sso, "iam", "DeleteRolePolicy", "role arn:aws:iam::111122223333:role/AWSReservedSSO_Analyst_0123456789abcdef")
	f(true, all(groupOf(readerARN, "a", policy.Cause{Cause: "boundary-implicit"})), "iam", "PutRolePermissionsBoundary", "role arn:aws:iam::111122223333:role/reader")

	denied := policy.Cause{Cause: "identity-explicit", PolicyARN: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}
	named := all(groupOf(readerARN, "a", denied), groupOf(other, "a", denied))
	f(true, named, "iam", "AttachRolePolicy", "role arn:aws:iam::111122223333:role/other, policy "+denied.PolicyARN)
	f(false, named, "iam", "AttachRolePolicy", "role arn:aws:iam::111122223333:role/third, policy "+denied.PolicyARN)
	f(false, named, "iam", "AttachRolePolicy", "role arn:aws:iam::111122223333:role/other, policy arn:aws:iam::aws:policy/ReadOnlyAccess")

	scp := all(groupOf(readerARN, "a", policy.Cause{Cause: "scp-explicit", PolicyARN: scpARN}), groupOf(other, "b", policy.Cause{Cause: "scp-explicit", PolicyARN: scpARN}))
	f(true, scp, "organizations", "UpdatePolicy", "organization-policy p-6v4y751d")
	f(true, scp, "organizations", "AttachPolicy", "organization-policy p-6v4y751d, organizational-unit ou-1")
	f(true, scp, "organizations", "MoveAccount", "account 111122223333, root r-1, organizational-unit ou-1")
	f(false, scp, "organizations", "UpdatePolicy", "organization-policy p-2tq8h5wz")
	f(false, scp, "organizations", "MoveAccount", "account 777788889999")
	f(false, scp, "s3", "PutBucketPolicy", "bucket a")
	unnamed := all(groupOf(readerARN, "a", policy.Cause{Cause: "scp-explicit"}))
	f(false, unnamed, "organizations", "AttachPolicy", "organization-policy p-2tq8h5wz, organizational-unit ou-2") // whose accounts are not known
	f(true, unnamed, "organizations", "AttachPolicy", "organization-policy p-2tq8h5wz, organizational-unit ou-1")
	f(true, unnamed, "organizations", "AttachPolicy", "organization-policy p-2tq8h5wz, root r-1")
	f(true, unnamed, "organizations", "UpdatePolicy", "organization-policy p-attached")
	f(false, unnamed, "organizations", "UpdatePolicy", "organization-policy p-2tq8h5wz")
	f(false, scp, "organizations", "UpdatePolicy", "organization-policy p-attached")
	f(true, unnamed, "organizations", "AttachPolicy", "organization-policy p-2tq8h5wz, account 111122223333")
	f(false, unnamed, "organizations", "AttachPolicy", "organization-policy p-2tq8h5wz, account 777788889999")
	f(true, all(groupOf(readerARN, "a", policy.Cause{Cause: "rcp-explicit"})), "organizations", "MoveAccount", "account 444455556666")

	endpoint := all(groupOf(readerARN, "", policy.Cause{Cause: "vpce"}))
	f(true, endpoint, "ec2", "ModifyVpcEndpoint", "vpc-endpoint vpce-1")
	f(false, endpoint, "ec2", "ModifyVpcEndpoint", "vpc-endpoint vpce-2")
	key := all(groupOf(readerARN, "a", policy.Cause{Cause: "kms-key"}))
	f(true, key, "kms", "PutKeyPolicy", "key "+keyARN)
	f(true, key, "s3", "PutBucketEncryption", "bucket a, key "+keyARN)
	f(false, key, "kms", "PutKeyPolicy", "key arn:aws:kms:us-east-1:444455556666:key/0c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5")
	f(true, all(groupOf(readerARN, "a", policy.Cause{Cause: "not-told"})), "s3", "PutBucketPolicy", "bucket a")
}

// A change before the onset by no more than the window is named, nearest first;
// one behind it is not.
func TestBefore(t *testing.T) {
	changes := []event.Change{
		changed("05T03:59:59", "s3", "PutBucketPolicy", "bucket corp"),
		changed("05T04:00:00", "s3", "PutBucketPolicy", "bucket corp"),
		changed("05T09:00:00", "s3", "PutBucketPolicy", "bucket other"),
		changed("05T10:00:00", "s3", "PutBucketPolicy", "bucket corp"),
		changed("05T10:00:01", "s3", "PutBucketPolicy", "bucket corp"),
	}
	l := New(changes, 6*time.Hour)
	a := l.About(&group.Group{Principal: readerARN, Bucket: "corp", Causes: []policy.Cause{{Cause: "resource-explicit"}}})
	if got, want := l.Before(a, at("05T10:00:00")), []group.Link{{Change: 3, Lag: 0}, {Change: 1, Lag: 6 * time.Hour}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := l.Moments(a, at("05T04:00:00").UnixMicro(), at("05T10:00:00").UnixMicro()), []int64{at("05T10:00:00").UnixMicro()}; !slices.Equal(got, want) {
		t.Errorf("moments %v, want %v", got, want)
	}
	many := slices.Repeat(changes[3:4], 50)
	if got := New(many, 0).Before(a, at("05T11:00:00")); len(got) != maxLinks {
		t.Errorf("%d links", len(got))
	}
}

// A change after the last denial by no more than the window is named, in order of
// time, and one just before it: what ends denials takes a moment to hold.
func TestAfter(t *testing.T) {
	changes := []event.Change{
		changed("05T09:54:59", "s3", "PutBucketPolicy", "bucket corp"),
		changed("05T09:55:00", "s3", "PutBucketPolicy", "bucket corp"),
		changed("05T10:00:00", "s3", "PutBucketPolicy", "bucket corp"),
		changed("05T10:00:01", "s3", "PutBucketPolicy", "bucket other"),
		changed("05T16:00:00", "s3", "PutBucketAcl", "bucket corp"),
		changed("05T16:00:01", "s3", "PutBucketAcl", "bucket corp"),
	}
	l := New(changes, 6*time.Hour)
	a := l.About(&group.Group{Principal: readerARN, Bucket: "corp", Causes: []policy.Cause{{Cause: "resource-explicit"}}})
	f := func(onset string, want ...group.Link) {
		t.Helper()
		if got := l.After(a, at(onset), at("05T10:00:00")); !slices.Equal(got, want) {
			t.Errorf("onset %s: got %v, want %v", onset, got, want)
		}
	}
	f("01T00:00:00", group.Link{Change: 1, Lag: -5 * time.Minute}, group.Link{Change: 2, Lag: 0}, group.Link{Change: 4, Lag: 6 * time.Hour})
	f("05T09:54:59", group.Link{Change: 1, Lag: -5 * time.Minute}, group.Link{Change: 2, Lag: 0}, group.Link{Change: 4, Lag: 6 * time.Hour})
	f("05T09:55:00", group.Link{Change: 2, Lag: 0}, group.Link{Change: 4, Lag: 6 * time.Hour}) // the first came before the onset
	f("05T10:00:00", group.Link{Change: 4, Lag: 6 * time.Hour})
	many := slices.Repeat(changes[2:3], 50)
	if got := New(many, 0).After(a, at("05T08:00:00"), at("05T09:00:00")); len(got) != maxLinks {
		t.Errorf("%d links", len(got))
	}
}

// Copies of a change are one: by id, by shared id, by what it updates.
func TestUnique(t *testing.T) {
	c := func(id, shared, original string, change func(*event.Change)) event.Change {
		c := changed("05T10:00:00", "s3", "PutBucketPolicy", "bucket corp")
		c.EventID, c.SharedEventID, c.OriginalEventID = id, shared, original
		if change != nil {
			change(&c)
		}
		return c
	}
	list := []event.Change{
		c("a", "", "", nil), c("a", "", "", nil),
		c("b", "s", "", func(c *event.Change) { c.Account = "999900001111" }),
		c("c", "s", "", func(c *event.Change) { c.HasARN = true }),
		c("d", "", "c", func(c *event.Change) { c.HasARN, c.Targets = true, nil }),
		c("", "", "", nil), c("", "", "", nil),
		c("e", "", "", func(c *event.Change) { c.Time = at("04T00:00:00") }),
	}
	for range 20 {
		var got []string
		for _, c := range Unique(slices.Clone(list)) {
			got = append(got, c.EventID)
		}
		if fmt.Sprintf("%q", got) != `["e" "" "" "a" "c"]` {
			t.Fatalf("got %q", got)
		}
		list = append(list[1:], list[0])
	}
}

// A group looks only at the changes that could concern it, however many there are.
func TestIndexIsSelective(t *testing.T) {
	var changes []event.Change
	for i := range 50 {
		when := fmt.Sprintf("05T10:%02d:00", i)
		changes = append(changes,
			changed(when, "s3", "PutAccessPointPolicy", fmt.Sprintf("access-point ap%d, bucket other%d", i, i)),
			changed(when, "organizations", "AttachPolicy", fmt.Sprintf("organization-policy p-%d, account 77778888%04d", i, i)))
	}
	l := New(changes, 0)
	a := l.About(&group.Group{
		Principal: readerARN, PrincipalAccount: "111122223333", Bucket: "corp", BucketAccount: "444455556666",
		Causes: []policy.Cause{{Cause: "resource-explicit"}, {Cause: "scp-explicit"}},
	})
	if near := indexOf(changes, l.only).near(a, nil); len(near) > 0 {
		t.Errorf("%d changes of other buckets and accounts", len(near))
	}
	if len(l.only) > 0 {
		t.Errorf("%d of many changes of organization policies count as the only one", len(l.only))
	}
}
