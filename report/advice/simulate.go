package advice

import (
	"strings"
	"time"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/identity"
	"trail403/ingest/message"
	"trail403/ingest/pattern"
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
// policies, the boundary and the SCPs, and no RCP. Keys whose values need quotes are
// left out.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
func Simulation(c Case, keys []ContextKey) string {
	f := facts{Case: c}
	switch c.Cause.Policy() {
	case event.IdentityPolicy, event.Boundary, event.SCP:
	default:
		return ""
	}
	kind := identity.TypeOf(c.Principal)
	who, action, resource := word(c.Principal), word(f.denied()), word(c.Resource)
	if kind != "role" && kind != "user" || who == "" || action == "" || !arn.Valid(c.Resource) || resource == "" {
		return ""
	}
	command := "aws iam simulate-principal-policy --policy-source-arn " + who + " --action-names " + action +
		" --resource-arns " + resource
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
		command += " --context-entries " + strings.Join(entries, " ")
	}
	return command
}
