package change

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// Types of targets, and how they are named.
const (
	Bucket                 = "bucket"                    // its name
	AccessPoint            = "access-point"              // its ARN
	MultiRegionAccessPoint = "multi-region-access-point" // its name
	Role                   = "role"                      // its ARN, without the path
	User                   = "user"                      // its ARN, without the path
	Group                  = "group"                     // its ARN, without the path
	InstanceProfile        = "instance-profile"          // its ARN, without the path
	Policy                 = "policy"                    // its ARN, with the path
	OrganizationPolicy     = "organization-policy"       // its id, p-…
	Organization           = "organization"              // its id, o-…
	Root                   = "root"                      // its id, r-…
	Unit                   = "organizational-unit"       // its id, ou-…
	Account                = "account"                   // 12 digits
	Endpoint               = "vpc-endpoint"              // its id, vpce-…
	Key                    = "key"                       // its ARN
	Alias                  = "alias"                     // of a key: its ARN
	PermissionSet          = "permission-set"            // its ARN
	PermissionSetName      = "permission-set-name"       // its name
	IdentityGroup          = "identity-group"            // its id in the identity store
	IdentityUser           = "identity-user"             // its id in the identity store
)

// Types returns all types of targets.
func Types() []string {
	return []string{
		Bucket, AccessPoint, MultiRegionAccessPoint,
		Role, User, Group, InstanceProfile, Policy,
		OrganizationPolicy, Organization, Root, Unit, Account,
		Endpoint, Key, Alias,
		PermissionSet, PermissionSetName, IdentityGroup, IdentityUser,
	}
}

// OfPrincipal returns the target that is the principal of a denial. ok is false
// for one that no call can touch: the name of a service, an anonymous caller.
func OfPrincipal(name string) (t event.Target, ok bool) {
	switch kind := identity.TypeOf(name); kind {
	case Role, User:
		return event.Target{Type: kind, Name: identity.Key(name)}, true
	case "root":
		return event.Target{Type: Account, Name: identity.AccountOf(name)}, identity.AccountOf(name) != ""
	}
	return event.Target{}, false
}

// OfPolicy returns the target that is the policy a denial names.
func OfPolicy(policyARN string) (t event.Target, ok bool) {
	a, ok := arn.Parse(policyARN)
	if !ok {
		return event.Target{}, false
	}
	if a.Service == "organizations" {
		return event.Target{Type: OrganizationPolicy, Name: a.Resource[strings.LastIndexByte(a.Resource, '/')+1:]}, true
	}
	return event.Target{Type: Policy, Name: policyARN}, true
}

// OfKey returns the target that is the KMS key, or alias, of the ARN.
func OfKey(name string) (t event.Target, ok bool) {
	a, ok := arn.Parse(name)
	if !ok || a.Service != "kms" {
		return event.Target{}, false
	}
	switch kind, id, _ := strings.Cut(a.Resource, "/"); {
	case kind == Key && id != "":
		return event.Target{Type: Key, Name: name}, true
	case kind == Alias && id != "":
		return event.Target{Type: Alias, Name: name}, true
	}
	return event.Target{}, false
}

// PermissionSetOf returns the name of the permission set from which Identity
// Center made the role: of AWSReservedSSO_NAME_0123456789abcdef it is NAME.
// https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
func PermissionSetOf(role string) (t event.Target, ok bool) {
	name, ok := strings.CutPrefix(role[strings.LastIndexByte(role, '/')+1:], "AWSReservedSSO_")
	i := strings.LastIndexByte(name, '_')
	if !ok || i <= 0 || len(name)-i != 1+16 || strings.Trim(name[i+1:], "0123456789abcdef") != "" {
		return event.Target{}, false
	}
	return event.Target{Type: PermissionSetName, Name: name[:i]}, true
}
