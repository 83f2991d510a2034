package words

import (
	"trail403/aggregate"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/report/page"
)

// remedies say in a few words what to change, for the table of what to fix first.
// The advice has the steps.
var remedies = map[event.Cause]page.Text{
	event.IdentityImplicit: "allow the action, if the caller needs it",
	event.IdentityExplicit: "narrow the Deny, unless it is intended",
	event.ResourceImplicit: "allow the caller, if it needs access",
	event.ResourceExplicit: "narrow the Deny, or meet its conditions",
	event.SCPImplicit:      "allow the action in the SCP, or stop the calls",
	event.SCPExplicit:      "exempt the callers, or stop the calls",
	event.RCPImplicit:      "allow the action in the RCP, or stop the calls",
	event.RCPExplicit:      "exempt the callers, or stop the calls",
	event.VPCEImplicit:     "allow the calls in the endpoint policy",
	event.VPCEExplicit:     "narrow the Deny in the endpoint policy",
	event.VPCEUnknown:      "allow the calls in the endpoint policy",
	event.BoundaryImplicit: "allow the action in the boundary, if the caller needs it",
	event.BoundaryExplicit: "narrow the Deny, unless it is intended",
	event.SessionImplicit:  "allow the action where the session is created",
	event.SessionExplicit:  "narrow the Deny where the session is created",
	event.TrustImplicit:    "trust the caller in the role",
	event.TrustExplicit:    "narrow the Deny in the role's trust policy",

	event.ExplicitUnknown: "find the Deny, and narrow it if it is not intended",

	event.BlockPublicACLs:   "stop sending public ACLs",
	event.BlockPublicPolicy: "keep the bucket policy private",
	event.SSECBlocked:       "use another encryption than SSE-C",
	event.ObjectLock:        "wait until the retention ends",
	event.AccessGrants:      "add a grant, if the caller needs it",
	event.KMSKey:            "let the callers use the key, or restore it",
	event.RequestExpired:    "correct the clock, or sign the requests again",
	event.AccessDisabled:    "ask AWS Support why access is disabled",

	event.Truncated:    "read the policies of the caller and the bucket",
	event.NotTold:      "check the bucket policy and the caller's policies",
	event.Unrecognized: "read the message",
}

// Remedy says in a few words what to change about a policy.
func Remedy(p *aggregate.Policy) page.Text {
	switch p.WhyNotTold {
	case denial.WhyAnonymous:
		return "nothing, unless the callers are yours and should sign"
	case denial.WhyAWSService:
		return "add the statement that the service needs"
	}
	if words, ok := remedies[p.Cause]; ok {
		return words
	}
	return remedies[event.Unrecognized]
}
