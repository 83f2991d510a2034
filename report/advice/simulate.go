package advice

import (
	"strings"
	"time"
	"unicode"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/identity"
	"trail403/ingest/message"
	"trail403/ingest/pattern"
	"trail403/ingest/policydoc"
	"trail403/ingest/redact"
)

// AuthorizationCommand returns the command that asks AWS for the details of a decision,
// and the time at which AWS drops them. It is empty if the message has no authorization id, or
// if they are gone. A message by itself has no time: then until is zero.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied-authorization-id.html
func AuthorizationCommand(text string, at, now time.Time) (command string, until time.Time) {
	a := message.AuthorizationOf(text)
	if !at.IsZero() {
		until = at.Add(kept)
	}
	if a.ID == "" || !at.IsZero() && !now.Before(until) {
		return "", time.Time{}
	}
	return "aws iam-toolbox get-request-authorization-details --region " + a.Region + " --authorization-id " + a.ID, until
}

// kept is how long AWS keeps the details.
const kept = 24 * time.Hour

// A ContextKey is a condition key of a request, with its value.
type ContextKey struct{ Name, Value string }

// contextTypes are the keys that a simulation takes from a record, with their types.
var contextTypes = [...]struct{ name, kind string }{
	{"aws:SourceIp", "ip"}, {"aws:VpcSourceIp", "ip"}, {"aws:SourceVpce", "string"}, {"aws:RequestedRegion", "string"},
	{"aws:SecureTransport", "boolean"}, {"aws:MultiFactorAuthPresent", "boolean"}, {"aws:ViaAWSService", "boolean"},
	{"s3:prefix", "string"}, {"s3:delimiter", "string"}, {"s3:x-amz-acl", "string"},
	{"s3:x-amz-server-side-encryption", "string"},
}

// ContextKeys returns the names of the keys that a simulation takes from a record.
func ContextKeys() (names []string) {
	for _, t := range contextTypes {
		names = append(names, t.name)
	}
	return names
}

// shorthand is a value that needs no quotes in the CLI's short way of writing lists.
var shorthand = pattern.New(`^[A-Za-z0-9][A-Za-z0-9._:/-]*$`)

// Simulation returns the command that simulates the request with the policies of the
// role or user, or nothing where that would not tell: the simulator knows the identity
// policies, the boundary and the SCPs, and no RCP. The policy of a bucket it knows only if
// it is given, and only for users. Keys whose values need quotes are left out.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
func Simulation(c Case, keys []ContextKey) string {
	f := facts{Case: c}
	rest := requestOptions(&f, keys)
	kind, who := identity.TypeOf(c.Principal), word(c.Principal)
	if kind != "role" && kind != "user" || who == "" || rest == "" {
		return ""
	}
	command := "aws iam simulate-principal-policy --policy-source-arn " + who
	switch c.Cause.Policy() {
	case event.IdentityPolicy, event.Boundary, event.SCP:
	case event.ResourcePolicy:
		bucket := word(c.Bucket)
		if kind != "user" || bucket == "" || event.IsKMS(f.denied()) || f.thing().kind != "" {
			return ""
		}
		command += ` --resource-policy "$(aws s3api get-bucket-policy --bucket ` + bucket + ` --query Policy --output text)"`
		if arn.IsAccount(c.BucketAccount) {
			command += " --resource-owner arn:" + arn.PartitionOf(c.Principal) + ":iam::" + c.BucketAccount + ":root"
		}
	default:
		return ""
	}
	return command + rest
}

// allowAll is an identity policy beside which a boundary or a bucket policy decides.
const allowAll = `'{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'`

// maxStatement is how many bytes of a statement a command can have.
const maxStatement = 4096

// Trial returns the command that simulates the request with one statement of a policy
// alone, so that an edit can be tried before it is made. There is none for policies that
// the simulator does not take, and for roles with the policy of a resource.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
func Trial(c Case, keys []ContextKey, kind event.Policy, s *policydoc.Statement) string {
	f := facts{Case: c}
	rest := requestOptions(&f, keys)
	document := quoted(s.JSON())
	if rest == "" || document == "" {
		return ""
	}
	const command = "aws iam simulate-custom-policy --policy-input-list "
	switch {
	case kind == event.IdentityPolicy:
		return command + document + rest
	case kind == event.Boundary:
		return command + allowAll + " --permissions-boundary-policy-input-list " + document + rest
	case kind == event.ResourcePolicy && identity.TypeOf(c.Principal) == "user" && word(c.Principal) != "":
		return command + allowAll + " --resource-policy " + document + " --caller-arn " + word(c.Principal) + rest
	}
	return ""
}

// quoted returns a document as one word of a command, or nothing if it is better not pasted.
func quoted(document string) string {
	isOdd := func(c rune) bool { return c == '`' || !unicode.IsPrint(c) }
	if len(document) > maxStatement || strings.ContainsFunc(document, isOdd) || redact.Text(document) != document {
		return ""
	}
	return "'" + strings.ReplaceAll(document, "'", `'\''`) + "'"
}

// requestOptions returns the options that say what was requested, or nothing if a name is
// better not pasted.
func requestOptions(f *facts, keys []ContextKey) string {
	action, resource := word(f.denied()), word(f.Resource)
	if action == "" || !arn.Valid(f.Resource) || resource == "" {
		return ""
	}
	options := " --action-names " + action + " --resource-arns " + resource
	var entries []string
	for _, t := range contextTypes {
		for _, k := range keys {
			if k.Name == t.name && shorthand.MatchString(k.Value) {
				entries = append(entries,
					"ContextKeyName="+t.name+",ContextKeyValues="+k.Value+",ContextKeyType="+t.kind)
			}
		}
	}
	if len(entries) > 0 {
		options += " --context-entries " + strings.Join(entries, " ")
	}
	return options
}
