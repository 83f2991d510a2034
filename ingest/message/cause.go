package message

import "slices"

// A Cause says why a request was refused, as far as the error text tells.
//
// Most causes are POLICY-EFFECT: the kind of policy that refused, and whether
// a Deny statement in it refused (explicit) or the lack of an Allow (implicit).
type Cause string

// The causes, in the order of [Causes].
const (
	IdentityImplicit Cause = "identity-implicit"
	IdentityExplicit Cause = "identity-explicit"
	ResourceImplicit Cause = "resource-implicit" // bucket policies and access point policies alike
	ResourceExplicit Cause = "resource-explicit"
	SCPImplicit      Cause = "scp-implicit"
	SCPExplicit      Cause = "scp-explicit"
	RCPImplicit      Cause = "rcp-implicit" // not seen: RCPFullAWSAccess is always attached
	RCPExplicit      Cause = "rcp-explicit"
	VPCEImplicit     Cause = "vpce-implicit"
	VPCEExplicit     Cause = "vpce-explicit"
	BoundaryImplicit Cause = "boundary-implicit"
	BoundaryExplicit Cause = "boundary-explicit"
	SessionImplicit  Cause = "session-implicit"
	SessionExplicit  Cause = "session-explicit"
	TrustImplicit    Cause = "trust-implicit"
	TrustExplicit    Cause = "trust-explicit"

	VPCE     Cause = "vpce"     // a VPC endpoint policy, effect not told
	Explicit Cause = "explicit" // an explicit deny, policy not told

	BlockPublicACLs   Cause = "block-public-acls"
	BlockPublicPolicy Cause = "block-public-policy"
	SSECBlocked       Cause = "sse-c-blocked"
	ObjectLock        Cause = "object-lock"
	AccessGrants      Cause = "access-grants"
	KMSKey            Cause = "kms-key" // key policy, other Region or no such key: AWS does not say which
	RequestExpired    Cause = "request-expired"

	Truncated    Cause = "truncated"    // the text was cut before the end of the reason
	NotTold      Cause = "not-told"     // AWS gave no reason
	Unrecognized Cause = "unrecognized" // a text that is not known
)

var causes = [...]Cause{
	IdentityImplicit, IdentityExplicit,
	ResourceImplicit, ResourceExplicit,
	SCPImplicit, SCPExplicit,
	RCPImplicit, RCPExplicit,
	VPCEImplicit, VPCEExplicit,
	BoundaryImplicit, BoundaryExplicit,
	SessionImplicit, SessionExplicit,
	TrustImplicit, TrustExplicit,
	VPCE, Explicit,
	BlockPublicACLs, BlockPublicPolicy, SSECBlocked, ObjectLock, AccessGrants, KMSKey, RequestExpired,
	Truncated, NotTold, Unrecognized,
}

// Causes returns every cause once, in a fixed order: the policies as they are
// listed above, implicit before explicit; then what is known by half; then the
// reasons that are no policy; then the three that name no reason.
func Causes() []Cause { return slices.Clone(causes[:]) }

// A policy is one kind of policy as AWS names it in a message.
type policy struct {
	words              string // the words of the message, whole
	name               string // what Message.Policy says
	article            string // what stands before words in an explicit denial
	implicit, explicit Cause
}

// policies is tried in order; for a name that occurs twice the first entry is
// the canonical one. "permissions boundary" really goes without the word
// "policy", and older copies of the IAM guide have the misprint "sessions".
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
var policies = [...]policy{
	{"identity-based policy", "identity", "an", IdentityImplicit, IdentityExplicit},
	{"resource-based policy", "resource", "a", ResourceImplicit, ResourceExplicit},
	{"service control policy", "scp", "a", SCPImplicit, SCPExplicit},
	{"resource control policy", "rcp", "a", RCPImplicit, RCPExplicit},
	{"VPC endpoint policy", "vpce", "a", VPCEImplicit, VPCEExplicit},
	{"permissions boundary", "boundary", "a", BoundaryImplicit, BoundaryExplicit},
	{"session policy", "session", "a", SessionImplicit, SessionExplicit},
	{"sessions policy", "session", "a", SessionImplicit, SessionExplicit},
	{"role trust policy", "trust", "the", TrustImplicit, TrustExplicit},
}

// The two values of Message.Effect that are not "".
const (
	effectImplicit = "implicit"
	effectExplicit = "explicit"
)

// split returns the policy behind a cause, nil where it names none, and the
// effect, "" where it tells none.
func (c Cause) split() (*policy, string) {
	for i := range policies {
		switch p := &policies[i]; {
		case c == p.implicit:
			return p, effectImplicit
		case c == p.explicit:
			return p, effectExplicit
		case c == VPCE && p.explicit == VPCEExplicit:
			return p, ""
		}
	}
	if c == Explicit {
		return nil, effectExplicit
	}
	return nil, ""
}
