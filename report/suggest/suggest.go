// Package suggest writes the least policy statements that would have allowed what
// was refused for want of an Allow.
//
// It suggests nothing where a Deny refuses, which no Allow can lift; nothing for
// callers without a name, of accounts whose trail was not read, whose key is known
// to be stolen, or who look for what they can reach. A denial may be right all the
// same: see [Warning].
package suggest

import (
	"cmp"
	"maps"
	"regexp"
	"slices"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/ingest/identity"
	"trail403/report/advice"
)

// Warning heads all suggestions.
const Warning = "A denial may be right. These statements would allow what was refused, and nothing tells whether it should be: read each as a question to the owner of the data."

// Kind says which kind of policy lacks an Allow.
type Kind string

const (
	Identity Kind = "identity" // of a role or user
	Boundary Kind = "boundary" // the permissions boundary of one
	Session  Kind = "session"  // the policy that its sessions are started with
	SCP      Kind = "scp"      // on a level above its account
	Bucket   Kind = "bucket"
	Key      Kind = "key" // of a KMS key
	Endpoint Kind = "endpoint"
)

// Suggestion is what a principal was refused and would need.
type Suggestion struct {
	Principal string // ARN
	Denials   int    // that the policies are about
	Policies  []Policy
	Denies    []Deny   // what no Allow can lift
	Notes     []string // what is not in the policies, and why; may name what a log holds
}

// Policy is a policy document to attach, or to merge into what is there.
type Policy struct {
	Kind     Kind
	Target   string // what it belongs to: ARN of the principal or key, account, bucket, endpoint
	Attach   string // the same in words
	Denials  int
	Document Document
	Notes    []string // may name what a log holds
}

// Deny is a statement that refuses, by what is known of it.
type Deny struct {
	Cause             event.Cause
	PolicyARN, Bucket string
	Denials           int
}

// For returns the suggestions for all principals of a result, by denials, the most
// first, then by principal. A principal of whom there is nothing to say is left out.
func For(r *aggregate.Result) []Suggestion {
	own := map[string]bool{}
	for _, a := range r.Accounts {
		own[a] = true
	}
	patterns := map[string]aggregate.Pattern{}
	for i := range r.Incidents {
		patterns[r.Incidents[i].ID] = r.Incidents[i].Pattern
	}
	stolen := map[string]bool{}
	groups := map[string][]*aggregate.Group{}
	for i := range r.Groups {
		g := &r.Groups[i]
		key := identity.Key(g.Principal)
		for _, c := range g.Causes {
			stolen[key] = stolen[key] || advice.IsQuarantine(c.PolicyARN)
		}
		known := g.BucketAccount == "" || own[g.BucketAccount]
		if isName(g.Principal) && own[g.PrincipalAccount] && known && patterns[g.IncidentID] != aggregate.Enumeration {
			groups[g.Principal] = append(groups[g.Principal], g)
		}
	}
	var list []Suggestion
	for principal, of := range groups {
		if stolen[identity.Key(principal)] {
			continue
		}
		if s := forPrincipal(principal, of); len(s.Policies)+len(s.Denies) > 0 {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Denials, a.Denials), cmp.Compare(a.Principal, b.Principal))
	})
	return list
}

// principalName is the ARN of a role or user as IAM makes them; any other text in a
// log is no principal of a policy.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
var principalName = regexp.MustCompile(`^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)(/[A-Za-z0-9_+=,.@-]+)+$`)

func isName(principal string) bool {
	return len(principal) < 700 && principalName.MatchString(principal)
}

// place is where a policy is attached.
type place struct {
	kind   Kind
	target string
}

// forPrincipal merges what was refused to one principal.
func forPrincipal(principal string, groups []*aggregate.Group) Suggestion {
	s := Suggestion{Principal: principal}
	drafts := map[place]*draft{}
	denies := map[Deny]int{}
	notes := map[string]bool{}
	for _, g := range groups {
		missing := slices.ContainsFunc(advice.Hints(g, ""), func(h advice.Hint) bool { return h.ID == "403-is-404" })
		for _, c := range g.Causes {
			if c.Cause.Effect() == event.Explicit {
				denies[Deny{Cause: c.Cause, PolicyARN: c.PolicyARN, Bucket: g.Bucket}] += c.Denials
			}
			if c.Cause.Effect() != event.Implicit {
				continue
			}
			refused := refusal{g, c, cmp.Or(c.DeniedAction, g.Action)}
			at, resources, why := refused.statement()
			if why != "" {
				notes[why] = true
				continue
			}
			d := drafts[at]
			if d == nil {
				d = &draft{resources: map[string][]string{}, notes: map[string]bool{}}
				drafts[at] = d
			}
			d.denials += c.Denials
			for _, resource := range resources.names {
				d.allow(refused.action, resource)
			}
			for _, n := range slices.Concat(resources.notes, refused.notes(at, missing)) {
				d.notes[n] = true
			}
		}
	}
	for at, d := range drafts {
		s.Denials += d.denials
		s.Policies = append(s.Policies, at.policy(principal, d))
	}
	slices.SortFunc(s.Policies, func(a, b Policy) int {
		return cmp.Or(cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)), cmp.Compare(a.Target, b.Target))
	})
	for d, n := range denies {
		d.Denials = n
		s.Denies = append(s.Denies, d)
	}
	slices.SortFunc(s.Denies, func(a, b Deny) int {
		return cmp.Or(cmp.Compare(b.Denials, a.Denials), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.PolicyARN, b.PolicyARN), cmp.Compare(a.Bucket, b.Bucket))
	})
	s.Notes = slices.Sorted(maps.Keys(notes))
	return s
}

// kinds is the order in which a principal's policies come: its own first.
var kinds = []Kind{Identity, Boundary, Session, SCP, Bucket, Key, Endpoint}
