package report

import (
	"fmt"
	"strings"
	"time"

	"trail403/aggregate"
	"trail403/ingest/change"
	"trail403/ingest/event"
)

// incidentWords says what is shared by the groups of an incident and explains
// them. cause is the most frequent among them.
func incidentWords(in *aggregate.Incident, cause string) string {
	s := &in.Shared
	why := causeWords(aggregate.Cause{Cause: cause, PolicyARN: s.PolicyARN})
	switch {
	case in.Pattern == aggregate.Enumeration:
		return callerWords(s.Principal) + " probes " + plural(in.Buckets, "bucket")
	case in.Pattern == aggregate.ServiceDelivery && s.Bucket != "":
		return "AWS services cannot deliver to " + codeUpTo(s.Bucket, maxCell) + ": " + why
	case s.PolicyARN != "":
		return why
	case s.KMSKey != "":
		return "KMS key " + codeUpTo(s.KMSKey[strings.LastIndexByte(s.KMSKey, '/')+1:], maxCell) + " refuses it or is missing"
	case s.VPCEndpoint != "":
		return "policy of VPC endpoint " + codeUpTo(s.VPCEndpoint, maxCell) + " refuses it"
	case s.Bucket != "":
		return why + " on " + codeUpTo(s.Bucket, maxCell)
	case s.Principal != "":
		return callerWords(s.Principal) + ": " + why
	case s.BucketAccount != "":
		return why + " on buckets of " + codeUpTo(s.BucketAccount, maxCell)
	case s.Account != "":
		return "callers in " + codeUpTo(s.Account, maxCell) + ": " + why
	}
	return why
}

// mainCause returns the cause with the most denials among the groups.
func mainCause(groups []*aggregate.Group) string {
	var causes []aggregate.Cause
	for _, g := range groups {
		causes = append(causes, g.Causes...)
	}
	causes = mergeCauses(causes, func(c aggregate.Cause) aggregate.Cause { return aggregate.Cause{Cause: c.Cause} })
	if len(causes) == 0 {
		return ""
	}
	return causes[0].Cause
}

// reach says how far an incident goes.
func reach(in *aggregate.Incident) string {
	s := plural(len(in.Groups), "group") + ", " + plural(in.Principals, "principal")
	if in.Buckets > 0 {
		s += ", " + plural(in.Buckets, "bucket")
	}
	return s
}

// changeWords says what was changed, by whom and from where. Whether it caused
// what came after is for the reader to say.
func changeWords(c *event.Change) string {
	s := codeUpTo(c.Name, maxCell)
	if len(c.Targets) > 0 {
		var of []string
		for _, t := range c.Targets {
			of = append(of, targetWords(t))
		}
		s += " on " + strings.Join(of[:min(len(of), 3)], ", ")
	}
	s += " by " + callerWords(c.Actor)
	if c.Session != "" {
		s += " (" + codeUpTo(c.Session, maxCell) + ")"
	}
	if c.SourceIP != "" {
		s += ", from " + codeUpTo(c.SourceIP, maxCell)
	}
	if c.EventID != "" {
		s += ", event " + codeUpTo(c.EventID, maxCell)
	}
	return s
}

// targetWords names what a change touched.
func targetWords(t event.Target) string {
	switch t.Type {
	case change.Role, change.User:
		return callerWords(t.Name)
	case change.Policy:
		return "policy " + codeUpTo(policyName(t.Name), maxCell)
	case change.OrganizationPolicy:
		return "policy " + codeUpTo(t.Name, maxCell)
	}
	return strings.ReplaceAll(t.Type, "-", " ") + " " + codeUpTo(t.Name, maxCell)
}

// lag says how long before something a change came: 3 minutes.
func lag(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return plural(int(d/time.Second), "second")
	case d < 2*time.Hour:
		return plural(int(d.Round(time.Minute)/time.Minute), "minute")
	}
	return fmt.Sprintf("%d h %d min", int(d/time.Hour), int(d%time.Hour/time.Minute))
}

// onsetWords is when an incident began, to the second, or about when.
func onsetWords(in *aggregate.Incident, w aggregate.Window) string {
	at := in.Onset.UTC().Format(dayFormat(w) + " 15:04:05")
	if !in.OnsetLow.Equal(in.OnsetHigh) {
		return "about " + at
	}
	return at
}
