package event

import "slices"

// A Cause says why a request was denied, as far as the error text tells.
//
// Most causes are POLICY-EFFECT: the kind of policy, and whether a Deny statement
// in it denied the request (explicit) or the lack of an Allow did (implicit).
// All that the program knows of a cause by itself is in one row of the table
// below. Nothing else takes the name of a cause apart.
type Cause string

// The causes. [Causes] returns them in this order.
const (
	IdentityImplicit Cause = "identity-implicit"
	IdentityExplicit Cause = "identity-explicit"
	ResourceImplicit Cause = "resource-implicit" // bucket policies and access point policies alike
	ResourceExplicit Cause = "resource-explicit"
	SCPImplicit      Cause = "scp-implicit"
	SCPExplicit      Cause = "scp-explicit"
	RCPImplicit      Cause = "rcp-implicit" // never seen: RCPFullAWSAccess is always attached
	RCPExplicit      Cause = "rcp-explicit"
	VPCEImplicit     Cause = "vpce-implicit"
	VPCEExplicit     Cause = "vpce-explicit"
	BoundaryImplicit Cause = "boundary-implicit"
	BoundaryExplicit Cause = "boundary-explicit"
	SessionImplicit  Cause = "session-implicit"
	SessionExplicit  Cause = "session-explicit"
	TrustImplicit    Cause = "trust-implicit"
	TrustExplicit    Cause = "trust-explicit"

	VPCEUnknown     Cause = "vpce"     // a VPC endpoint policy, of unknown effect
	ExplicitUnknown Cause = "explicit" // a Deny statement of an unknown policy

	BlockPublicACLs   Cause = "block-public-acls"
	BlockPublicPolicy Cause = "block-public-policy"
	SSECBlocked       Cause = "sse-c-blocked"
	ObjectLock        Cause = "object-lock"
	AccessGrants      Cause = "access-grants"
	KMSKey            Cause = "kms-key" // key policy, other Region or no such key: AWS does not say which
	RequestExpired    Cause = "request-expired"
	AccessDisabled    Cause = "access-disabled" // AWS disabled all access to the object

	Truncated    Cause = "truncated"    // the text was cut before the end of the reason
	NotTold      Cause = "not-told"     // AWS gave no reason
	Unrecognized Cause = "unrecognized" // a text that is not known

	// NotAuthorization is for errors that are no denials, such as an expired token.
	// No record of a denial has it, so Causes does not return it.
	NotAuthorization Cause = "not-authorization"
)

// A Policy is a kind of policy document, "" for none.
type Policy string

const (
	IdentityPolicy Policy = "identity"
	ResourcePolicy Policy = "resource"
	SCP            Policy = "scp"
	RCP            Policy = "rcp"
	EndpointPolicy Policy = "vpce"
	Boundary       Policy = "boundary"
	SessionPolicy  Policy = "session"
	TrustPolicy    Policy = "trust"
)

// An Effect says how a policy denies, "" where that is unknown.
type Effect string

const (
	Implicit Effect = "implicit" // no statement allows the request
	Explicit Effect = "explicit" // a Deny statement blocks it
)

// row is what a cause says by itself.
type row struct {
	cause  Cause
	policy Policy
	effect Effect
	owner  Owner // of what denies, "" where the cause does not tell
}

// rows are the causes: first the policies, implicit before explicit, then what is
// known by half, then the reasons that are not policies, then those that name none.
var rows = [...]row{
	{IdentityImplicit, IdentityPolicy, Implicit, OwnerIdentity},
	{IdentityExplicit, IdentityPolicy, Explicit, OwnerIdentity},
	{ResourceImplicit, ResourcePolicy, Implicit, OwnerBucket},
	{ResourceExplicit, ResourcePolicy, Explicit, OwnerBucket},
	{SCPImplicit, SCP, Implicit, OwnerOrganization},
	{SCPExplicit, SCP, Explicit, OwnerOrganization},
	{RCPImplicit, RCP, Implicit, OwnerOrganization},
	{RCPExplicit, RCP, Explicit, OwnerOrganization},
	{VPCEImplicit, EndpointPolicy, Implicit, OwnerNetwork},
	{VPCEExplicit, EndpointPolicy, Explicit, OwnerNetwork},
	{BoundaryImplicit, Boundary, Implicit, OwnerIdentity},
	{BoundaryExplicit, Boundary, Explicit, OwnerIdentity},
	{SessionImplicit, SessionPolicy, Implicit, OwnerIdentity},
	{SessionExplicit, SessionPolicy, Explicit, OwnerIdentity},
	{TrustImplicit, TrustPolicy, Implicit, OwnerIdentity},
	{TrustExplicit, TrustPolicy, Explicit, OwnerIdentity},

	{VPCEUnknown, EndpointPolicy, "", OwnerNetwork},
	{ExplicitUnknown, "", Explicit, ""},

	{BlockPublicACLs, "", "", OwnerBucket},
	{BlockPublicPolicy, "", "", OwnerBucket},
	{SSECBlocked, "", "", OwnerBucket},
	{ObjectLock, "", "", OwnerBucket},
	{AccessGrants, "", "", OwnerBucket},
	{KMSKey, "", "", OwnerKey},
	{RequestExpired, "", "", OwnerIdentity}, // only the caller can do anything about it
	{AccessDisabled, "", "", OwnerBucket},   // who has to ask AWS

	{Truncated, "", "", ""},
	{NotTold, "", "", ""},
	{Unrecognized, "", "", ""},
}

var rowOf = func() map[Cause]*row {
	m := make(map[Cause]*row, len(rows))
	for i := range rows {
		m[rows[i].cause] = &rows[i]
	}
	return m
}()

// Causes returns every cause once, in a fixed order.
func Causes() []Cause {
	list := make([]Cause, 0, len(rows))
	for i := range rows {
		list = append(list, rows[i].cause)
	}
	return list
}

// CauseOf returns the cause that is made of a policy and an effect, "" if there is none.
func CauseOf(p Policy, e Effect) Cause {
	i := slices.IndexFunc(rows[:], func(r row) bool { return r.policy == p && r.effect == e })
	if i < 0 || p == "" {
		return ""
	}
	return rows[i].cause
}

// Policy returns the kind of policy that denied, "" where the cause names none.
func (c Cause) Policy() Policy {
	if r := rowOf[c]; r != nil {
		return r.policy
	}
	return ""
}

// Effect returns how the policy denied, "" where the cause does not tell.
func (c Cause) Effect() Effect {
	if r := rowOf[c]; r != nil {
		return r.effect
	}
	return ""
}

// Owner returns the owner of what denied, "" where the cause by itself does not
// tell. See [OwnerOf] for what the denied action adds to that.
func (c Cause) Owner() Owner {
	if r := rowOf[c]; r != nil {
		return r.owner
	}
	return ""
}

// OfCaller says whether the cause is a policy that limits the caller alone.
func (c Cause) OfCaller() bool {
	switch c.Policy() {
	case IdentityPolicy, Boundary, SessionPolicy:
		return true
	}
	return false
}

// OfBlockPublicAccess says whether a setting of S3 Block Public Access denied.
func (c Cause) OfBlockPublicAccess() bool { return c == BlockPublicACLs || c == BlockPublicPolicy }

// OwnerOf returns the owner of what denied. A resource-based policy that denies
// a KMS action is that of the key. Where the cause does not tell, the answer is
// whose policy to look at first, in the order that AWS gives: the bucket's, or the
// caller's for a call that is on no bucket.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
func OwnerOf(c Cause, deniedAction string, onBucket bool) Owner {
	owner := c.Owner()
	switch {
	case IsKMS(deniedAction) && (owner == "" || owner == OwnerBucket):
		return OwnerKey
	case owner == OwnerBucket && c.Policy() == "" && !onBucket:
		return OwnerIdentity
	case owner != "":
		return owner
	case onBucket:
		return OwnerBucket
	}
	return OwnerIdentity
}
