package words

import (
	"strings"

	"trail403/aggregate"
	"trail403/ingest/arn"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/report/advice"
	"trail403/report/page"
)

// phrase says why a request was denied, as a clause: a Deny in SCP `p-1234`
// blocks it. Where the log names the policy, its name follows named.
type phrase struct{ subject, named, verb page.Text }

// phrases holds the words for every cause.
var phrases = map[event.Cause]phrase{
	event.IdentityImplicit: {"no identity policy", "identity policy", "allows it"},
	event.IdentityExplicit: {"a Deny in an identity policy", "a Deny in identity policy", "blocks it"},
	event.ResourceImplicit: {"no bucket policy", "bucket policy", "allows it"},
	event.ResourceExplicit: {"a Deny in the bucket policy", "a Deny in bucket policy", "blocks it"},
	event.SCPImplicit:      {"no SCP", "SCP", "allows it"},
	event.SCPExplicit:      {"a Deny in an SCP", "a Deny in SCP", "blocks it"},
	event.RCPImplicit:      {"no RCP", "RCP", "allows it"},
	event.RCPExplicit:      {"a Deny in an RCP", "a Deny in RCP", "blocks it"},
	event.VPCEImplicit:     {"no VPC endpoint policy", "VPC endpoint policy", "allows it"},
	event.VPCEExplicit:     {"a Deny in the VPC endpoint policy", "a Deny in VPC endpoint policy", "blocks it"},
	event.BoundaryImplicit: {"no permissions boundary", "permissions boundary", "allows it"},
	event.BoundaryExplicit: {"a Deny in the permissions boundary", "a Deny in permissions boundary", "blocks it"},
	event.SessionImplicit:  {"no session policy", "session policy", "allows it"},
	event.SessionExplicit:  {"a Deny in the session policy", "a Deny in session policy", "blocks it"},
	event.TrustImplicit:    {"no role trust policy", "role trust policy", "allows it"},
	event.TrustExplicit:    {"a Deny in the role trust policy", "a Deny in role trust policy", "blocks it"},

	event.VPCEUnknown:     {"the VPC endpoint policy", "VPC endpoint policy", "does not permit it"},
	event.ExplicitUnknown: {"a Deny in a policy that AWS does not name", "a Deny in policy", "blocks it"},

	event.BlockPublicACLs:   {"Block Public Access", "Block Public Access", "rejects public ACLs"},
	event.BlockPublicPolicy: {"Block Public Access", "Block Public Access", "rejects public policies"},
	event.SSECBlocked:       {"the bucket", "the bucket", "rejects SSE-C encryption"},
	event.ObjectLock:        {"Object Lock", "Object Lock", "protects the object"},
	event.AccessGrants:      {"no S3 access grant", "S3 access grant", "covers it"},
	event.KMSKey:            {"the KMS key", "KMS key", "cannot be used or does not exist"},
	event.RequestExpired:    {"the request", "the request", "had expired"},
	event.AccessDisabled:    {"AWS", "AWS", "disabled all access to the object"},

	event.Truncated:    {"the message", "the message", "is cut off before the reason"},
	event.NotTold:      {"AWS", "AWS", "gives no reason"},
	event.Unrecognized: {"the message", "the message", "has an unknown form"},
}

// untold says why a message does not give the reason.
var untold = map[string]page.Text{
	"":                        "",
	denial.WhyAnonymous:       " (anonymous caller)",
	denial.WhyOtherAccount:    " (other account)",
	denial.WhyDirectoryBucket: " (directory bucket)",
	denial.WhyAWSService:      " (AWS service)",
	denial.WhyBeforeRollout:   " (before August 2024)",
	denial.WhyUnknown:         "",
}

// MaxPolicy is how many characters of a policy's name appear in a clause. The
// table of policies shows all of them.
const MaxPolicy = 30

// Cause says in a clause why requests were denied. An action of another service
// is named: without permission for a KMS key, S3 denies access to the object.
func Cause(c aggregate.Cause) page.Text { return toned(c, clause(c)) }

// toned marks the words about a policy that puts a user under quarantine.
func toned(c aggregate.Cause, words page.Text) page.Text {
	if advice.IsQuarantine(c.PolicyARN) {
		return page.Toned(page.Alarm, words)
	}
	return words
}

func clause(c aggregate.Cause) page.Text {
	p, ok := phrases[c.Cause]
	if !ok {
		return page.Name(string(c.Cause))
	}
	subject, verb := p.subject, p.verb
	if name := arn.Last(c.PolicyARN); name != "" {
		subject = p.named + " " + page.CodeUpTo(name, MaxPolicy)
		if verb == "allows it" {
			verb = "does not allow it"
		}
	}
	if strings.HasPrefix(c.DeniedAction, "kms:") { // The resource is then the key.
		subject = page.Text(strings.Replace(string(subject), "bucket policy", "KMS key policy", 1))
	}
	if does, ok := strings.CutSuffix(string(verb), " it"); ok && c.DeniedAction != "" &&
		!strings.HasPrefix(c.DeniedAction, "s3") {
		verb = page.Text(does) + " " + page.Name(c.DeniedAction)
	}
	why, ok := untold[c.WhyNotTold]
	if !ok {
		why = " (" + page.Name(c.WhyNotTold) + ")"
	}
	return subject + " " + verb + why
}

// clauseAbout is the clause of a cause about something in the place of "it". ok is
// false if the clause has no such place.
func clauseAbout(c aggregate.Cause, what page.Text) (words page.Text, ok bool) {
	words = clause(c)
	does, ok := strings.CutSuffix(string(words), " it")
	if ok {
		words = page.Text(does) + " " + what
	}
	return toned(c, words), ok
}

// CauseOfRequests is Cause as a sentence about several requests, in which no
// pronoun stands for them.
func CauseOfRequests(c aggregate.Cause) page.Text {
	words, _ := clauseAbout(c, "these requests")
	return Capital(words)
}

// CauseOfRequest is Cause as a sentence about one request.
func CauseOfRequest(c aggregate.Cause) page.Text {
	words, _ := clauseAbout(c, "the request")
	return Capital(words)
}

// CauseAndID gives a cause's words and the name that programs use for it.
func CauseAndID(c aggregate.Cause) page.Text {
	c.PolicyARN = ""
	words := Cause(c)
	if _, ok := phrases[c.Cause]; ok {
		words += " " + page.Tag(string(c.Cause))
	}
	return words
}

// PolicyARN names a policy by its name or id and its account, which together are
// unique for its kind. The reports for programs hold the ARN.
func PolicyARN(policy string) page.Text {
	parts := strings.SplitN(policy, ":", 6)
	name := arn.Last(policy)
	switch {
	case len(parts) < 6 || parts[0] != "arn" || name == "":
	case IsAccount(parts[4]):
		return page.Name(name) + " (account " + page.Text(parts[4]) + ")"
	case parts[4] == "aws":
		return page.Name(name) + " (managed by AWS)"
	}
	return page.Name(policy)
}
