package report

import (
	"strings"

	"trail403/aggregate"
	"trail403/ingest/denial"
	"trail403/ingest/event"
	"trail403/report/advice"
	"trail403/report/page"
)

// phrase says in words why a request was refused. The name of a policy stands
// between its halves: SCP `p-1234` denies it.
type phrase struct{ subject, verb page.Text }

// phrases has the words of every cause.
var phrases = map[event.Cause]phrase{
	event.IdentityImplicit: {"no identity policy", "allows it"},
	event.IdentityExplicit: {"identity policy", "denies it"},
	event.ResourceImplicit: {"no bucket policy", "allows it"},
	event.ResourceExplicit: {"bucket policy", "denies it"},
	event.SCPImplicit:      {"no SCP", "allows it"},
	event.SCPExplicit:      {"SCP", "denies it"},
	event.RCPImplicit:      {"no RCP", "allows it"},
	event.RCPExplicit:      {"RCP", "denies it"},
	event.VPCEImplicit:     {"VPC endpoint policy", "does not allow it"},
	event.VPCEExplicit:     {"VPC endpoint policy", "denies it"},
	event.BoundaryImplicit: {"permissions boundary", "does not allow it"},
	event.BoundaryExplicit: {"permissions boundary", "denies it"},
	event.SessionImplicit:  {"session policy", "does not allow it"},
	event.SessionExplicit:  {"session policy", "denies it"},
	event.TrustImplicit:    {"role trust policy", "does not allow it"},
	event.TrustExplicit:    {"role trust policy", "denies it"},

	event.VPCEUnknown:     {"VPC endpoint policy", "refuses it"},
	event.ExplicitUnknown: {"a policy that AWS does not name", "denies it"},

	event.BlockPublicACLs:   {"Block Public Access", "refuses public ACLs"},
	event.BlockPublicPolicy: {"Block Public Access", "refuses public policies"},
	event.SSECBlocked:       {"bucket", "refuses SSE-C"},
	event.ObjectLock:        {"Object Lock", "protects the object"},
	event.AccessGrants:      {"no S3 access grant", "covers it"},
	event.KMSKey:            {"KMS key", "refuses it or is missing"},
	event.RequestExpired:    {"request", "had expired"},

	event.Truncated:    {"message", "is cut off before the reason"},
	event.NotTold:      {"no reason", "given"},
	event.Unrecognized: {"message", "is of an unknown form"},
}

// untold has the words of why a message does not tell the reason.
var untold = map[string]page.Text{
	"":                        "",
	denial.WhyAnonymous:       " (anonymous)",
	denial.WhyOtherAccount:    " (other account)",
	denial.WhyDirectoryBucket: " (directory bucket)",
	denial.WhyAWSService:      " (AWS service)",
	denial.WhyBeforeRollout:   " (before August 2024)",
	denial.WhyUnknown:         "",
}

// maxPolicy is how many characters of a policy's name stand in a phrase; the
// table of causes has all.
const maxPolicy = 30

// causeWords says in words why requests were refused. An action of another
// service is named: without the permission for a KMS key, S3 refuses the object.
func causeWords(c aggregate.Cause) page.Text {
	p, ok := phrases[c.Cause]
	if !ok {
		return page.Name(string(c.Cause))
	}
	subject, verb := p.subject, p.verb
	if name := policyName(c.PolicyARN); name != "" {
		subject += " " + page.CodeUpTo(name, maxPolicy)
	}
	if strings.HasPrefix(c.DeniedAction, "kms:") { // then the resource is the key
		subject = page.Text(strings.Replace(string(subject), "bucket policy", "KMS key policy", 1))
	}
	if does, ok := strings.CutSuffix(string(verb), " it"); ok && c.DeniedAction != "" && !strings.HasPrefix(c.DeniedAction, "s3") {
		verb = page.Text(does) + " " + page.Name(c.DeniedAction)
	}
	why, ok := untold[c.WhyNotTold]
	if !ok {
		why = " (" + page.Name(c.WhyNotTold) + ")"
	}
	words := subject + " " + verb + why
	if advice.IsQuarantine(c.PolicyARN) {
		return page.Toned(page.Alarm, words)
	}
	return words
}

// policyWords names a policy by its name or id and its account: no other policy
// of its kind has both. Its ARN stands in the reports for programs.
func policyWords(arn string) page.Text {
	parts := strings.SplitN(arn, ":", 6)
	name := policyName(arn)
	switch {
	case len(parts) < 6 || parts[0] != "arn" || name == "":
	case isAccount(parts[4]):
		return page.Name(name) + " in " + page.Text(parts[4])
	case parts[4] == "aws":
		return page.Name(name) + " of AWS"
	}
	return page.Name(arn)
}

// policyName returns the last part of a policy's ARN: its name or id.
func policyName(arn string) string { return arn[strings.LastIndexAny(arn, "/:")+1:] }

// causeAndID gives a cause's words and what programs call it.
func causeAndID(c aggregate.Cause) page.Text {
	c.PolicyARN = ""
	words := causeWords(c)
	if _, ok := phrases[c.Cause]; ok {
		words += " " + page.Tag(string(c.Cause))
	}
	return words
}
