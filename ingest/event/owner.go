package event

import "strings"

// An Owner says what a policy or setting is attached to, and so who can change
// it. It is "" where that is not known.
type Owner string

// The owners of policies and settings.
const (
	OwnerIdentity     Owner = "identity" // a role or user: its policies, boundary, session, trust
	OwnerBucket       Owner = "bucket"   // its policy, and settings of the bucket or its account
	OwnerKey          Owner = "key"      // a KMS key
	OwnerNetwork      Owner = "network"  // a VPC endpoint
	OwnerOrganization Owner = "organization"
)

// Advice about a denial can end elsewhere than at a policy.
const (
	OwnerCaller  Owner = "caller" // has to make another request
	OwnerNobody  Owner = "nobody" // nothing is wrong
	OwnerUnknown Owner = "unknown"
)

// Owners returns every owner once.
func Owners() []Owner {
	return []Owner{
		OwnerIdentity, OwnerBucket, OwnerKey, OwnerNetwork, OwnerOrganization,
		OwnerCaller, OwnerNobody, OwnerUnknown,
	}
}

// IsKMS says whether an action is one that KMS denied to S3, which asked on the
// caller's behalf.
func IsKMS(action string) bool { return strings.HasPrefix(action, "kms:") }
