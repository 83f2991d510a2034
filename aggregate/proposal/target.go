package proposal

import (
	"errors"
	"fmt"
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/identity"
)

// Target is what a proposed policy is to be attached to.
type Target struct {
	Kind event.Policy
	// Name is that of the bucket or VPC endpoint, the ARN of the role, user or key, the
	// id of the account, or "" for all accounts.
	Name string
}

// Kinds of targets, as they are written before a colon.
var kinds = map[string]event.Policy{
	"bucket": event.ResourcePolicy, "key": event.ResourcePolicy,
	"role": event.IdentityPolicy, "user": event.IdentityPolicy,
	"scp": event.SCP, "rcp": event.RCP, "endpoint": event.EndpointPolicy,
}

// wanted says how the targets of a kind are named.
var wanted = map[string]string{
	"bucket": "a bucket", "key": "a KMS key: arn:aws:kms:…:key/…", "endpoint": "a VPC endpoint: vpce-…",
	"role": "a role: arn:aws:iam::…:role/…", "user": "a user: arn:aws:iam::…:user/…",
}

// ParseTarget reads a target: bucket:NAME, role:ARN, user:ARN, scp:TARGET, rcp:TARGET,
// key:ARN or endpoint:ID. An error does not repeat it, because it can be anything.
func ParseTarget(s string) (Target, error) {
	what, name, _ := strings.Cut(s, ":")
	kind, ok := kinds[what]
	switch {
	case !ok:
		return Target{}, errors.New("the target is of no known kind")
	case name == "":
		return Target{}, errors.New("the target has no name after the colon")
	}
	t := Target{Kind: kind, Name: name}
	switch what {
	case "bucket":
		ok = !strings.ContainsAny(name, ":/*")
	case "key":
		_, ok = change.OfKey(name)
	case "role", "user":
		ok = identity.TypeOf(name) == what
		t.Name = identity.Key(name)
	case "endpoint":
		ok = strings.HasPrefix(name, "vpce-")
	default:
		return organizationTarget(t)
	}
	if !ok {
		return Target{}, fmt.Errorf("the target is not the name of %s", wanted[what])
	}
	return t, nil
}

// organizationTarget reads what a policy of an organization is attached to. A trail does
// not show which accounts are in an organizational unit.
func organizationTarget(t Target) (Target, error) {
	switch {
	case strings.HasPrefix(t.Name, "r-"), strings.HasPrefix(t.Name, "o-"):
		t.Name = ""
	case strings.HasPrefix(t.Name, "ou-"):
		return Target{}, errors.New("which accounts are in an organizational unit is not known: " +
			"name one account, or the root (r-…)")
	case !arn.IsAccount(t.Name):
		return Target{}, errors.New("the target is neither an account of 12 digits nor the id of a root")
	}
	return t, nil
}

// isKey says whether the target is a KMS key.
func (t Target) isKey() bool {
	return t.Kind == event.ResourcePolicy && strings.HasPrefix(t.Name, "arn:")
}

// isAdded says whether the policy is added to those of the target, and takes the place
// of none.
func (t Target) isAdded() bool { return t.Kind == event.SCP || t.Kind == event.RCP }

// Concerns says whether a policy of the target is about a request.
func (t Target) Concerns(d *event.Denial) bool {
	switch t.Kind {
	case event.ResourcePolicy:
		if t.isKey() {
			return d.KMSKey == t.Name
		}
		return d.Bucket == t.Name && !event.IsKMS(d.DeniedAction)
	case event.IdentityPolicy, event.Boundary, event.SessionPolicy:
		// The last parts are compared first, because making a key takes long.
		return arn.Last(d.Principal) == arn.Last(t.Name) && identity.Key(d.Principal) == t.Name
	case event.EndpointPolicy:
		return d.VPCEndpoint == t.Name
	case event.SCP:
		return (t.Name == "" || d.CallerAccount == t.Name) && !isExempt(d)
	case event.RCP:
		return (t.Name == "" || d.BucketAccount == t.Name || d.BucketAccount == "") && !isExempt(d)
	}
	return false
}

// isExempt says whether policies of organizations leave the caller alone: they do not
// apply to service-linked roles.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
func isExempt(d *event.Denial) bool {
	return d.PrincipalType == "role" && strings.HasPrefix(arn.Last(d.Principal), "AWSServiceRoleFor")
}
