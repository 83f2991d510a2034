// Package suggest writes the least policy statements that would have allowed the
// requests that no policy allowed. Where the policy is known, it edits the statement that
// exists.
//
// It suggests nothing where a Deny statement blocks a request, because no Allow
// can override that. It only asks whether the statement should have an exception. It
// suggests nothing for callers without a name, for accounts whose trail was not read, for
// users whose key is known to be stolen, and for callers that search for what they can
// reach. Even so, a denial may be intended: see [Warning].
//
// The files, in an order in which each uses only those after it:
//
//  1. suggest.go: For chooses the principals.
//  2. principal.go: merges the denials of one principal into policies.
//  3. statement.go: where a statement for a denial belongs.
//  4. requests.go: what the denials were requests for.
//  5. resources.go: the resources of a statement, as far as the records tell.
//  6. draft.go: what a policy would have to allow, and a document that does.
//  7. amend.go: edits of policies that exist, and what a policy would have done.
//  8. edit.go: one such edit.
//  9. policy.go: kinds of policies, and where to attach them.
//  10. document.go, notes.go, actions.go: policy documents, texts, and the actions
//     that IAM knows.
package suggest

import (
	"cmp"
	"slices"

	"trail403/aggregate"
	"trail403/ingest/identity"
	"trail403/ingest/pattern"
	"trail403/report/advice"
)

// For returns the suggestions for all principals of a result. The principal with
// the most denials comes first, and principals with equal denials are in the order
// of their names. A principal without anything to suggest is left out.
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
		if isName(g.Principal) && own[g.PrincipalAccount] && known && patterns[g.IncidentID] != aggregate.Enumeration &&
			!advice.IsFallback(g) {
			groups[g.Principal] = append(groups[g.Principal], g)
		}
	}
	var list []Suggestion
	for principal, of := range groups {
		if stolen[identity.Key(principal)] {
			continue
		}
		if s := forPrincipal(principal, of, r.Seen); len(s.Policies)+len(s.Denies) > 0 {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Denials, a.Denials), cmp.Compare(a.Principal, b.Principal))
	})
	return list
}

// principalName is the ARN of a role or user as IAM makes them. Any other text in
// a log is not a principal of a policy.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
var principalName = pattern.New(`^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)(/[A-Za-z0-9_+=,.@-]+)+$`)

func isName(principal string) bool {
	return len(principal) < 700 && principalName.MatchString(principal)
}
