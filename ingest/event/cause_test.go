package event

import (
	"slices"
	"strings"
	"testing"
)

func TestCauses(t *testing.T) {
	const want = 29
	all := Causes()
	if len(all) != want || len(slices.Compact(slices.Sorted(slices.Values(all)))) != want {
		t.Errorf("got %d causes, want %d different ones: %v", len(all), want, all)
	}
	all[0] = "spoiled"
	if Causes()[0] != IdentityImplicit {
		t.Error("Causes returns its own memory")
	}
	for _, c := range Causes() {
		name := strings.Trim(string(c.Policy())+"-"+string(c.Effect()), "-")
		switch {
		case name != "" && name != string(c):
			t.Errorf("%s has policy %q and effect %q", c, c.Policy(), c.Effect())
		case name == "" && strings.HasSuffix(string(c), "plicit"):
			t.Errorf("%s has no effect", c)
		case c.Policy() != "" && CauseOf(c.Policy(), c.Effect()) != c:
			t.Errorf("%s is not the cause of %s and %s", c, c.Policy(), c.Effect())
		case c.Policy() != "" && c.Owner() == "":
			t.Errorf("%s has no owner", c)
		}
	}
	if CauseOf("", "") != "" || CauseOf("", Explicit) != "" || Cause("?").Policy() != "" {
		t.Error("what is no policy has a cause, or what is no cause a policy")
	}
}

func TestOwnerOf(t *testing.T) {
	for _, x := range []struct {
		cause    Cause
		action   string
		onBucket bool
		want     Owner
	}{
		{IdentityImplicit, "s3:GetObject", true, OwnerIdentity},
		{IdentityImplicit, "kms:Decrypt", true, OwnerIdentity},
		{ResourceExplicit, "s3:GetObject", true, OwnerBucket},
		{ResourceImplicit, "kms:GenerateDataKey", true, OwnerKey},
		{SCPExplicit, "kms:Decrypt", true, OwnerOrganization},
		{VPCEUnknown, "", true, OwnerNetwork},
		{KMSKey, "kms:Decrypt", true, OwnerKey},
		{ObjectLock, "s3:DeleteObject", true, OwnerBucket},
		{BlockPublicPolicy, "", false, OwnerIdentity},
		{RequestExpired, "", true, OwnerIdentity},
		{NotTold, "", true, OwnerBucket},
		{NotTold, "", false, OwnerIdentity},
		{ExplicitUnknown, "kms:Decrypt", true, OwnerKey},
	} {
		if got := OwnerOf(x.cause, x.action, x.onBucket); got != x.want {
			t.Errorf("%s, %q, on a bucket %v: got %s, want %s", x.cause, x.action, x.onBucket, got, x.want)
		}
	}
}
