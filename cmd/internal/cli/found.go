package cli

import (
	"fmt"
	"strings"

	"trail403/aggregate"
	"trail403/ingest/arn"
	"trail403/report/compare"
)

// findings are what conditions look at: a result, and what changed since an earlier
// report if there is one.
type findings struct {
	*aggregate.Result
	against *compare.Comparison
}

// groupName names a group for a script's log: the id to search for, and who is denied
// what.
func groupName(id, principal, action, bucket string) string {
	name := id + " " + shortName(principal) + " " + action
	if bucket != "" {
		name += " on " + bucket
	}
	return name
}

// incidentName names an incident by its id, its pattern and what it is about.
func incidentName(id string, pattern aggregate.Pattern, s aggregate.Shared) string {
	name := id + " " + string(pattern)
	for _, about := range []string{
		s.PolicyARN, s.Bucket, s.Principal, s.KMSKey, s.VPCEndpoint, s.BucketAccount, s.Account,
	} {
		if about != "" {
			return name + " " + shortName(about)
		}
	}
	return name
}

// shortName is the last part of an ARN, and any other name as it is.
func shortName(name string) string {
	if strings.HasPrefix(name, "arn:") && arn.Last(name) != "" {
		return arn.Last(name)
	}
	return name
}

// newsNames names news.
func newsNames(n compare.News) string {
	var names []string
	for i := range n.Incidents {
		in := &n.Incidents[i]
		names = append(names, string(in.State)+" "+incidentName(in.ID, in.Pattern, aggregate.Shared(in.Shared)))
	}
	for i := range n.Groups {
		g := &n.Groups[i]
		names = append(names, string(g.State)+" "+groupName(g.ID, g.Principal, g.Action, g.Bucket))
	}
	return few(names)
}

// few lists the first names and says how many more there are.
func few(names []string) string {
	const most = 3
	if n := len(names) - most; n > 0 {
		names = append(names[:most:most], fmt.Sprintf("%d more", n))
	}
	return strings.Join(names, ", ")
}
