package words

import (
	"strings"

	"trail403/aggregate"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/report/advice"
	"trail403/report/page"
)

// PolicyTitle names a policy by what it is and whose.
func PolicyTitle(p *aggregate.Policy) page.Text {
	kind := p.Cause.Policy()
	if p.ARN != "" {
		words, ok := policyKinds[kind]
		if !ok {
			words = "policy"
		}
		title := words + " " + PolicyARN(p.ARN)
		if advice.IsQuarantine(p.ARN) {
			title = page.Toned(page.Alarm, title)
		}
		return title
	}
	switch p.Owner {
	case event.OwnerOrganization:
		return policyKinds[kind] + " that AWS does not name"
	case event.OwnerNetwork:
		if p.VPCEndpoint == "" {
			return "policy of a VPC endpoint"
		}
		return "policy of VPC endpoint " + page.Name(p.VPCEndpoint)
	case event.OwnerKey:
		return "KMS key" + ofBucket("of", p.Bucket)
	case event.OwnerIdentity:
		if words, ok := identityPolicies[kind]; ok || p.Cause == event.RequestExpired {
			if !ok {
				words = "requests"
			}
			return words + " of " + Caller(p.Principal)
		}
		return "unnamed policy for " + Caller(p.Principal)
	}
	return bucketTitle(p)
}

// bucketTitle names a policy or setting of a bucket.
func bucketTitle(p *aggregate.Policy) page.Text {
	if words, ok := bucketSettings[p.Cause]; ok {
		return words + ofBucket("of", p.Bucket)
	}
	switch {
	case p.Cause == event.AccessDisabled:
		return "access" + ofBucket("to", p.Bucket)
	case p.Cause.Policy() == event.ResourcePolicy:
		return "bucket policy" + ofBucket("of", p.Bucket)
	case p.WhyNotTold == denial.WhyAnonymous:
		return "bucket policy" + ofBucket("of", p.Bucket) + ", for anonymous callers"
	case p.WhyNotTold == denial.WhyAWSService:
		return "bucket policy" + ofBucket("of", p.Bucket) + ", for AWS services"
	case p.WhyNotTold == denial.WhyOtherAccount:
		return "bucket policy" + ofBucket("of", p.Bucket) + ", for other accounts"
	}
	return "unnamed policy" + ofBucket("for", p.Bucket)
}

// ofBucket names a bucket, if there is one.
func ofBucket(word page.Text, bucket string) page.Text {
	if bucket == "" {
		return ""
	}
	return " " + word + " " + page.Name(bucket)
}

var policyKinds = map[event.Policy]page.Text{
	event.IdentityPolicy: "identity policy", event.Boundary: "permissions boundary",
	event.SessionPolicy: "session policy",
	event.SCP:           "SCP", event.RCP: "RCP",
	event.TrustPolicy: "role trust policy", event.ResourcePolicy: "resource policy",
	event.EndpointPolicy: "VPC endpoint policy",
}

// PolicyKinds names the policies of a kind.
func PolicyKinds(kind event.Policy) page.Text {
	words := policyKinds[kind]
	switch kind {
	case event.ResourcePolicy:
		return "bucket and access point policies"
	case event.Boundary:
		return "permissions boundaries"
	case event.SCP, event.RCP:
		return words + "s"
	}
	return page.Text(strings.TrimSuffix(string(words), "y")) + "ies"
}

var identityPolicies = map[event.Policy]page.Text{
	event.IdentityPolicy: "identity policies", event.Boundary: "permissions boundary",
	event.SessionPolicy: "session policy",
	event.TrustPolicy:   "role trust policy, for a session",
}

var bucketSettings = map[event.Cause]page.Text{
	event.BlockPublicACLs:   "Block Public Access",
	event.BlockPublicPolicy: "Block Public Access",
	event.SSECBlocked:       "encryption settings",
	event.ObjectLock:        "Object Lock",
	event.AccessGrants:      "S3 Access Grants",
}

// How says in a word or two how a policy denies requests, and how often if there
// are several ways.
func How(p *aggregate.Policy) page.Text {
	if len(p.Causes) < 2 {
		return wayWords(p.Cause)
	}
	var ways []page.Text
	for _, c := range p.Causes {
		ways = append(ways, wayWords(event.Cause(c.Value))+" ("+Comma(c.Denials)+")")
	}
	return page.Join(ways, ", ")
}

// wayWords says in a word or two how requests are denied for a cause.
func wayWords(cause event.Cause) page.Text {
	_, known := phrases[cause]
	switch {
	case !known:
		return page.Name(string(cause))
	case cause.Effect() == event.Explicit:
		return "Deny"
	case cause.Effect() == event.Implicit:
		return "no Allow"
	case cause == event.KMSKey:
		return "unusable or missing"
	case cause == event.NotTold:
		return "no reason given"
	case cause == event.VPCEUnknown:
		return "Deny or no Allow"
	}
	return Cause(aggregate.Cause{Cause: cause})
}

// owners are short words for who owns a policy.
var owners = map[event.Owner]page.Text{
	event.OwnerIdentity: "identity", event.OwnerBucket: "bucket", event.OwnerKey: "KMS key",
	event.OwnerNetwork: "network", event.OwnerOrganization: "organization",
}

// kindsOf are the words for several principals of a kind.
var kindsOf = map[string]page.Text{"role": "role", "user": "user", "service": "AWS service",
	"root": "root user", "federated-user": "federated user"}

// Refuses says whom a policy denies what, and where, except what its title says
// already: 14 roles, `s3:GetObject` on 3 buckets.
func Refuses(p *aggregate.Policy) page.Text {
	const most = 2 // actions
	s := Names(&p.Actions, most, page.Name)
	if p.ARN != "" || p.Owner != event.OwnerIdentity {
		s = who(p) + ": " + s
	}
	switch named := p.ARN == "" && p.Bucket != ""; {
	case named:
	case p.Buckets == 1 && len(p.Where.List) > 0:
		s += " on " + page.Name(p.Where.List[0].Value)
	case p.Buckets > 0:
		s += " on " + Plural(p.Buckets, "bucket")
	}
	return s
}

// who names the principal, or counts the principals.
func who(p *aggregate.Policy) page.Text {
	switch kind, ok := kindsOf[p.PrincipalType]; {
	case p.Principals == 1 && len(p.Who.List) > 0:
		return Caller(p.Who.List[0].Value)
	case ok:
		return Plural(p.Principals, kind)
	}
	return Plural(p.Principals, "principal")
}

// Names lists the first values of a top and counts the others.
func Names(t *aggregate.Top, most int, name func(string) page.Text) page.Text {
	var list []page.Text
	for _, c := range t.List[:min(len(t.List), most)] {
		list = append(list, name(c.Value))
	}
	words := page.Join(list, ", ")
	if rest := t.Values() - len(list); rest > 0 {
		words += " and " + Comma(rest) + " more"
	}
	return words
}

// Owner says in a word or two who owns a policy.
func Owner(o event.Owner) page.Text { return owners[o] }

// Who names the principal that a policy blocks, or counts the principals.
func Who(p *aggregate.Policy) page.Text { return who(p) }

// Kind names a kind of principal: role, user, principal.
func Kind(principalType string) page.Text {
	if kind, ok := kindsOf[principalType]; ok {
		return kind
	}
	return "principal"
}
