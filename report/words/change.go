package words

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/identity"
	"trail403/report/page"
)

// Change says what was changed, by whom and from where. Whether it caused
// what came after is for the reader to say.
func Change(c *event.Change) page.Text {
	s := page.Name(c.Name)
	if len(c.Targets) > 0 {
		var of []page.Text
		for _, t := range c.Targets {
			of = append(of, targetWords(t))
		}
		s += " on " + page.Join(of[:min(len(of), 3)], ", ")
	}
	switch {
	case IsByAWS(c):
		s += " by AWS itself (" + page.Name(c.SourceIP) + "), in the name of the " + Caller(c.Actor)
	default:
		s += " by " + Actor(c)
		if c.SourceIP != "" {
			s += ", from " + page.Name(c.SourceIP)
		}
	}
	if c.EventID != "" {
		s += "; event " + page.Name(c.EventID)
	}
	return s
}

// Actor names who made a change.
func Actor(c *event.Change) page.Text {
	if c.Session == "" {
		return Caller(c.Actor)
	}
	return page.Name(c.Session) + " (" + actorRole(c) + ")"
}

// IsByAWS says whether it was AWS that called in the name of the root user, as it
// does to put a key under quarantine: nobody signed in. CloudTrail writes the
// address; the user agent, which callers choose, proves nothing.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
func IsByAWS(c *event.Change) bool {
	address, _, _ := strings.Cut(c.SourceIP, "/") // AWS Internal/3
	return address == "AWS Internal" && identity.TypeOf(c.Actor) == "root"
}

// targetWords names what a change touched.
func targetWords(t event.Target) page.Text {
	switch t.Type {
	case change.Role, change.User:
		return Caller(t.Name)
	case change.Policy:
		return "policy " + page.Name(arn.Last(t.Name))
	case change.OrganizationPolicy:
		return "policy " + page.Name(t.Name)
	}
	return page.Text(strings.ReplaceAll(t.Type, "-", " ")) + " " + page.Name(t.Name)
}

func actorRole(c *event.Change) page.Text {
	return Bare(c.Actor) + page.Text(map[bool]string{true: " role", false: ""}[identity.TypeOf(c.Actor) == "role"]) +
		ofAccount(identity.AccountOf(c.Actor))
}

func ofAccount(account string) page.Text {
	if !IsAccount(account) {
		return ""
	}
	return ", account " + page.Text(account)
}

// Person names who made a change as people do: by the name of the session, or
// else of the role or user.
func Person(c *event.Change) page.Text {
	switch {
	case IsByAWS(c):
		return "AWS"
	case c.Session != "":
		return page.Name(c.Session)
	case c.Actor == "":
		return "somebody"
	}
	return Bare(c.Actor)
}

// deeds say what calls did, for a sentence; others changed access.
var deeds = map[string]page.Text{
	"PutBucketPolicy": "changed the bucket policy", "DeleteBucketPolicy": "deleted the bucket policy",
	"PutKeyPolicy": "changed the key policy", "DisableKey": "disabled the KMS key",
	"ScheduleKeyDeletion": "scheduled the deletion of the KMS key",
	"AttachRolePolicy":    "attached a policy to the role", "DetachRolePolicy": "detached a policy from the role",
	"PutRolePolicy": "changed an inline policy of the role", "DeleteRolePolicy": "deleted an inline policy of the role",
	"AttachUserPolicy": "attached a policy to the user", "DetachUserPolicy": "detached a policy from the user",
	"PutUserPolicy": "changed an inline policy of the user", "DeleteUserPolicy": "deleted an inline policy of the user",
	"CreatePolicyVersion": "changed an IAM policy", "SetDefaultPolicyVersion": "switched the version of an IAM policy",
	"AttachPolicy": "attached an organization policy", "DetachPolicy": "detached an organization policy",
	"UpdatePolicy": "changed an organization policy", "ModifyVpcEndpoint": "changed the VPC endpoint",
}

// Deed says what somebody changed, with the name of the call.
func Deed(c *event.Change) page.Text {
	deed, ok := deeds[c.Name]
	if !ok {
		deed = "changed access"
	}
	return Person(c) + " " + deed + " (" + page.Name(c.Name) + ")"
}
