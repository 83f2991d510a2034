package link

import (
	"os"
	"slices"
	"strings"
	"testing"

	"trail403/ingest/event"
)

// powerless are the calls that can neither cause denials nor end them: they make
// or delete what no request depends on.
var powerless = []string{
	"iam CreatePolicy", "iam DeletePolicy", "iam DeletePolicyVersion",
	"organizations CreatePolicy", "organizations DeletePolicy", "organizations CreateOrganization",
	"organizations DeleteOrganization", "organizations CloseAccount",
	"kms CreateKey", "sso CreatePermissionSet", "sso CreateAccountAssignment",
}

// Every call that counts as a change is walked through every cause.
func TestPossible(t *testing.T) {
	table, err := os.ReadFile("../../ingest/change/calls.tsv")
	if err != nil {
		t.Fatal(err)
	}
	calls := map[string]bool{}
	for line := range strings.Lines(string(table)) {
		f := strings.Fields(line)
		name := f[0] + " " + f[1]
		if f[0] == "service" {
			continue
		}
		calls[name] = true
		if has := len(possible()[name]) > 0; has == slices.Contains(powerless, name) {
			t.Errorf("%s: has outcomes: %t", name, has)
		}
		for _, cause := range event.Causes() {
			for _, action := range []string{"s3:GetObject", "kms:Decrypt"} {
				causes, concerns := canCause(f[0], f[1], deniedFor{cause, action})
				if causes > impossible && !concerns {
					t.Errorf("%s causes %s, but does not concern it", name, cause)
				}
				if causes > impossible && mustNot(f[1], cause, action) {
					t.Errorf("%s cannot cause %s of %s", name, cause, action)
				}
			}
		}
	}
	for name := range possible() {
		if !calls[name] {
			t.Errorf("%s is not a change", name)
		}
	}
}

// mustNot says what certainly cannot be.
func mustNot(call string, cause event.Cause, action string) bool {
	switch {
	case call == "UpdateAssumeRolePolicy":
		return cause.Policy() != event.TrustPolicy
	case cause == event.RequestExpired, cause == event.AccessDisabled:
		return true
	case strings.HasSuffix(call, "PublicAccessBlock"):
		return cause.Effect() == event.Explicit && cause.Policy() != "" || cause == event.IdentityImplicit
	case strings.HasPrefix(call, "Delete") && strings.HasSuffix(call, "Policy") && !strings.Contains(call, "Grants"), strings.HasPrefix(call, "Detach"):
		return cause.Effect() == event.Explicit
	case strings.HasPrefix(call, "Attach"):
		return cause.Effect() == event.Implicit
	case call == "PutKeyPolicy":
		return !event.IsKMS(action) && cause != event.KMSKey && cause.Policy() != "" ||
			cause.OfCaller() || cause.Owner() == event.OwnerOrganization || cause.Owner() == event.OwnerNetwork
	}
	return false
}

func TestCanCause(t *testing.T) {
	for _, x := range []struct {
		service, call string
		cause         event.Cause
		action        string
		want          likelihood
	}{
		{"s3", "PutBucketPolicy", event.ResourceExplicit, "s3:GetObject", likely},
		{"s3", "PutBucketPolicy", event.ResourceImplicit, "s3:GetObject", likely},
		{"s3", "PutBucketPolicy", event.IdentityImplicit, "s3:GetObject", unlikely},
		{"s3", "PutBucketPolicy", event.ResourceImplicit, "kms:Decrypt", impossible},
		{"s3", "DeleteBucketPolicy", event.ResourceImplicit, "s3:GetObject", likely},
		{"s3", "DeleteBucketPolicy", event.ResourceExplicit, "s3:GetObject", impossible},
		{"s3", "PutPublicAccessBlock", event.BlockPublicACLs, "s3:PutObjectAcl", likely},
		{"s3", "DeletePublicAccessBlock", event.BlockPublicACLs, "s3:PutObjectAcl", impossible},
		{"s3", "PutBucketObjectLockConfiguration", event.ObjectLock, "s3:DeleteObject", likely},
		{"s3", "PutBucketEncryption", event.SSECBlocked, "s3:PutObject", likely},
		{"s3", "DeleteAccessGrant", event.AccessGrants, "s3:GetObject", likely},
		{"iam", "DetachRolePolicy", event.IdentityImplicit, "s3:GetObject", likely},
		{"iam", "AttachRolePolicy", event.IdentityExplicit, "s3:GetObject", likely},
		{"iam", "CreatePolicyVersion", event.BoundaryImplicit, "s3:GetObject", likely},
		{"iam", "UntagRole", event.ResourceExplicit, "s3:GetObject", unlikely},
		{"organizations", "AttachPolicy", event.SCPExplicit, "s3:GetObject", likely},
		{"organizations", "DetachPolicy", event.SCPImplicit, "s3:GetObject", likely},
		{"organizations", "UpdatePolicy", event.RCPExplicit, "s3:GetObject", likely},
		{"ec2", "ModifyVpcEndpoint", event.VPCEUnknown, "s3:GetObject", likely},
		{"kms", "PutKeyPolicy", event.ResourceImplicit, "kms:GenerateDataKey", likely},
		{"kms", "RevokeGrant", event.KMSKey, "kms:Decrypt", likely},
		{"kms", "PutKeyPolicy", event.IdentityImplicit, "kms:Decrypt", impossible},
		{"sso", "DetachManagedPolicyFromPermissionSet", event.IdentityImplicit, "s3:GetObject", likely},
		{"s3", "PutBucketPolicy", event.NotTold, "s3:GetObject", likely},
		{"s3", "PutBucketPolicy", event.ExplicitUnknown, "s3:GetObject", likely},
		{"s3", "DeleteBucketPolicy", event.ExplicitUnknown, "s3:GetObject", impossible},
	} {
		if got, _ := canCause(x.service, x.call, deniedFor{x.cause, x.action}); got != x.want {
			t.Errorf("%s as the cause of %s of %s: got %d, want %d", x.call, x.cause, x.action, got, x.want)
		}
	}
}
