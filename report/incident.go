package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"trail403/aggregate"
	"trail403/ingest/change"
	"trail403/ingest/event"
	"trail403/ingest/identity"
	"trail403/report/page"
)

// incidentWords says what is shared by the groups of an incident and explains
// them. cause is the most frequent among them.
func incidentWords(in *aggregate.Incident, cause event.Cause) page.Text {
	s := &in.Shared
	why := causeWords(aggregate.Cause{Cause: cause, PolicyARN: s.PolicyARN})
	switch {
	case in.Pattern == aggregate.Enumeration:
		return callerWords(s.Principal) + " probes " + plural(in.Buckets, "bucket")
	case in.Pattern == aggregate.ServiceDelivery && s.Bucket != "":
		return "AWS services cannot deliver to " + page.Name(s.Bucket) + ": " + why
	case s.PolicyARN != "":
		return why
	case s.KMSKey != "":
		return "KMS key " + page.Name(s.KMSKey[strings.LastIndexByte(s.KMSKey, '/')+1:]) + " refuses it or is missing"
	case s.VPCEndpoint != "":
		return "policy of VPC endpoint " + page.Name(s.VPCEndpoint) + " refuses it"
	case s.Bucket != "":
		return why + " on " + page.Name(s.Bucket)
	case s.Principal != "":
		return callerWords(s.Principal) + ": " + why
	case s.BucketAccount != "":
		return why + " on buckets of " + page.Name(s.BucketAccount)
	case s.Account != "":
		return "callers in " + page.Name(s.Account) + ": " + why
	}
	return why
}

// mainCause returns the cause with the most denials among the groups.
func mainCause(groups []*aggregate.Group) event.Cause {
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
func reach(in *aggregate.Incident) page.Text {
	s := plural(len(in.Groups), "group") + ", " + plural(in.Principals, "principal")
	if in.Buckets > 0 {
		s += ", " + plural(in.Buckets, "bucket")
	}
	return s
}

// changeWords says what was changed, by whom and from where. Whether it caused
// what came after is for the reader to say.
func changeWords(c *event.Change) page.Text {
	s := page.Name(c.Name)
	if len(c.Targets) > 0 {
		var of []page.Text
		for _, t := range c.Targets {
			of = append(of, targetWords(t))
		}
		s += " on " + page.Join(of[:min(len(of), 3)], ", ")
	}
	switch {
	case isByAWS(c):
		s += " by AWS itself (" + page.Name(c.SourceIP) + "), in the name of the " + callerWords(c.Actor)
	default:
		s += " by " + actorWords(c)
		if c.SourceIP != "" {
			s += ", from " + page.Name(c.SourceIP)
		}
	}
	if c.EventID != "" {
		s += ", event " + page.Name(c.EventID)
	}
	return s
}

// actorWords names who made a change.
func actorWords(c *event.Change) page.Text {
	if c.Session == "" {
		return callerWords(c.Actor)
	}
	return callerWords(c.Actor) + " (" + page.Name(c.Session) + ")"
}

// isByAWS says whether it was AWS that called in the name of the root user, as it
// does to put a key under quarantine: nobody signed in. CloudTrail writes the
// address; the user agent, which callers choose, proves nothing.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
func isByAWS(c *event.Change) bool {
	address, _, _ := strings.Cut(c.SourceIP, "/") // AWS Internal/3
	return address == "AWS Internal" && identity.TypeOf(c.Actor) == "root"
}

// targetWords names what a change touched.
func targetWords(t event.Target) page.Text {
	switch t.Type {
	case change.Role, change.User:
		return callerWords(t.Name)
	case change.Policy:
		return "policy " + page.Name(policyName(t.Name))
	case change.OrganizationPolicy:
		return "policy " + page.Name(t.Name)
	}
	return page.Text(strings.ReplaceAll(t.Type, "-", " ")) + " " + page.Name(t.Name)
}

// lag says how long before something a change came: 3 minutes.
func lag(d time.Duration) page.Text {
	switch {
	case d < 2*time.Minute:
		return plural(int(d/time.Second), "second")
	case d < 2*time.Hour:
		return plural(int(d.Round(time.Minute)/time.Minute), "minute")
	}
	return comma(int(d/time.Hour)) + " h " + comma(int(d%time.Hour/time.Minute)) + " min"
}

// onsetWords is when an incident began, to the second, or about when.
func onsetWords(in *aggregate.Incident, w aggregate.Window) page.Text {
	at := page.Text(in.Onset.UTC().Format(dayFormat(w) + " 15:04:05"))
	if !in.OnsetLow.Equal(in.OnsetHigh) {
		return "about " + at
	}
	return at
}

// mergeCauses adds up the causes that key makes alike, the largest first. Among
// equals the order of causes stays.
func mergeCauses(causes []aggregate.Cause, key func(aggregate.Cause) aggregate.Cause) []aggregate.Cause {
	var list []aggregate.Cause
	at := map[aggregate.Cause]int{}
	for _, c := range causes {
		n := c.Denials
		c.Denials = 0
		k := key(c)
		i, ok := at[k]
		if !ok {
			i = len(list)
			at[k] = i
			list = append(list, k)
		}
		list[i].Denials += n
	}
	slices.SortStableFunc(list, func(a, b aggregate.Cause) int { return cmp.Compare(b.Denials, a.Denials) })
	return list
}
