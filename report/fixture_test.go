package report

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"time"

	"trail403/aggregate"
	"trail403/aggregate/rows"
	"trail403/aggregate/trend"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// day returns a time in October 2026.
func day(d, hour, minute int) time.Time {
	return time.Date(2026, 10, d, hour, minute, 7, 0, time.UTC)
}

// daily is a month of days with more groups than are shown, several causes in a
// group, objects that were skipped or failed, and a folder passed over.
func daily() *aggregate.Result {
	october := aggregate.Window{From: date(2026, 10, 1), To: date(2026, 11, 1), Interval: aggregate.Day}
	r := result(october, []aggregate.Group{
		{
			Principal: "arn:aws:iam::111122223333:role/app/reader", PrincipalType: "role", PrincipalAccount: "111122223333",
			Action: "s3:GetObject", Bucket: "corp-data", BucketAccount: "444455556666",
			FirstSeen: day(28, 9, 14), LastSeen: day(31, 23, 30),
			Trend:      aggregate.Trend{Kind: trend.New, Onset: day(28, 9, 14), RecentPerDay: 413.6666, Ratio: math.NaN(), RatioLow: math.NaN(), RatioHigh: math.NaN(), P: 1.23456e-9, Q: 4.2e-9, Intervals: 31},
			EventNames: []aggregate.Count{{Value: "GetObject", Denials: 1200}, {Value: "HeadObject", Denials: 41}},
			Causes: []aggregate.Cause{
				{Cause: "scp-explicit", DeniedAction: "s3:GetObject", PolicyARN: "arn:aws:organizations::123456789012:policy/o-exampleorgid/service_control_policy/p-6v4y751d", Denials: 1200},
				{Cause: "kms-key", DeniedAction: "kms:Decrypt", Denials: 41},
			},
			From: aggregate.From{
				SourceIPs:    aggregate.Top{List: []aggregate.Count{{Value: "10.0.0.1", Denials: 1000}, {Value: "10.0.0.2", Denials: 200}}, OtherValues: 3, OtherDenials: 41},
				UserAgents:   aggregate.Top{List: []aggregate.Count{{Value: "aws-cli/2.15.30", Denials: 1241}}},
				Regions:      aggregate.Top{List: []aggregate.Count{{Value: "eu-west-1", Denials: 1241}}},
				VPCEndpoints: aggregate.Top{List: []aggregate.Count{{Value: "vpce-0a1b2c3d4e5f60718", Denials: 7}}},
				KeyPrefixes:  aggregate.Top{List: []aggregate.Count{{Value: "reports/2026/", Denials: 1200}, {Value: "", Denials: 41}}},
			},
			Series: []aggregate.Point{{Start: date(2026, 10, 28), Denials: 1000}, {Start: date(2026, 10, 29), Denials: 200}, {Start: date(2026, 10, 31), Denials: 41}},
			Examples: []aggregate.Example{
				{EventID: "a1b2c3d4-0000-4000-8000-000000000001", EventTime: day(28, 9, 14), ErrorCode: "AccessDenied", Message: rows.PlainMessage("User: arn:aws:sts::111122223333:assumed-role/reader/i-0 is not authorized to perform: s3:GetObject"), Key: "reports/2026/10/a b.csv", Session: "i-0bfc4291dd0acd279", SourceIP: "10.0.0.1", UserAgent: "[aws-cli/2.15.30 Python/3.11.8]"},
				{EventID: "a1b2c3d4-0000-4000-8000-000000000002", EventTime: day(28, 9, 15), ErrorCode: "AccessDenied", Message: rows.PlainMessage("Access Denied")},
			},
		},
		{
			Principal: "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_DataScientist_9f8e7d6c5b4a3210", PrincipalType: "role", PrincipalAccount: "444455556666",
			Action: "s3:ListBucket", Bucket: "a-bucket-with-a-name-of-sixty-three-characters-which-is-the-most",
			FirstSeen: day(1, 0, 5), LastSeen: day(24, 3, 11),
			Trend:      aggregate.Trend{Kind: trend.Stopped, BaselinePerDay: 1.25, P: 0.001, Q: 0.002, Intervals: 29},
			Unseen:     []time.Time{date(2026, 10, 3), date(2026, 10, 13)},
			EventNames: []aggregate.Count{{Value: "HeadBucket", Denials: 30}},
			Causes:     []aggregate.Cause{{Cause: "identity-implicit", DeniedAction: "s3:ListBucket", Denials: 30}},
			Series:     []aggregate.Point{{Start: date(2026, 10, 1), Denials: 10}, {Start: date(2026, 10, 12), Denials: 10}, {Start: date(2026, 10, 24), Denials: 10}},
		},
		{
			Principal: "anonymous", PrincipalType: "anonymous",
			Action: "s3:GetObject", Bucket: "web|assets`public",
			FirstSeen: day(5, 7, 0), LastSeen: day(5, 7, 0),
			EventNames: []aggregate.Count{{Value: "GetObject", Denials: 5}},
			Causes:     []aggregate.Cause{{Cause: "not-told", WhyNotTold: "anonymous", Denials: 5}},
			Series:     []aggregate.Point{{Start: date(2026, 10, 5), Denials: 5}},
		},
		{
			Principal: "arn:aws:iam::111122223333:user/machines/uploader", PrincipalType: "user", PrincipalAccount: "111122223333",
			Action: "s3:ListAllMyBuckets", FirstSeen: day(9, 8, 1), LastSeen: day(10, 9, 2),
			EventNames: []aggregate.Count{{Value: "ListBuckets", Denials: 4}},
			Causes:     []aggregate.Cause{{Cause: "identity-explicit", DeniedAction: "s3:ListAllMyBuckets", PolicyARN: "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3", Denials: 4}},
			Series:     []aggregate.Point{{Start: date(2026, 10, 9), Denials: 3}, {Start: date(2026, 10, 10), Denials: 1}},
		},
		{
			Principal: "delivery.logs.amazonaws.com", PrincipalType: "service",
			Action: "s3:PutObject", Bucket: "flow-logs",
			FirstSeen: day(3, 1, 2), LastSeen: day(3, 1, 9),
			EventNames: []aggregate.Count{{Value: "PutObject", Denials: 2}},
			Causes:     []aggregate.Cause{{Cause: "not-told", WhyNotTold: "aws-service", Denials: 2}},
			Series:     []aggregate.Point{{Start: date(2026, 10, 3), Denials: 2}},
		},
	}, coverage.Coverage{
		Objects:   coverage.Objects{Listed: 20, Read: 11, Failed: 2, Skipped: map[coverage.Reason]int{coverage.SkipDigest: 3, coverage.SkipOutsideWindow: 4}},
		Records:   coverage.Records{NotS3Denied: 90000, Duplicate: 12, OutsideWindow: 7, Malformed: 1},
		Bytes:     coverage.Bytes{Compressed: 3 << 20, Decompressed: 45 << 20},
		Delivered: time.Date(2026, 10, 31, 23, 55, 0, 0, time.UTC),
		Folders:   3,
		Pruned:    []string{"logs/AWSLogs/111122223333/CloudTrail-Digest", "logs/AWSLogs/444455556666/CloudTrail-Digest", "logs/AWSLogs/444455556666/Config"},
		Failures: []coverage.Failure{
			{Object: "logs/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/10/28/a.json.gz", Err: errors.New("gzip stream ends early: the object is truncated")},
			{Object: "logs/evil|`name`\n# forged \x1b[31m\xff.json", Err: errors.New("permission denied")},
		},
	})
	r.Gaps = []aggregate.Gap{{Account: "444455556666", Region: "eu-west-1", Day: date(2026, 10, 13)}}
	r.Groups[2].Trend = aggregate.Trend{Kind: trend.Sporadic, P: math.NaN(), Q: math.NaN()}
	r.Groups[3].Trend = aggregate.Trend{Kind: trend.Spike, Onset: day(9, 8, 1), RecentPerDay: 3, BaselinePerDay: 0.04, Ratio: 75, RatioLow: 8.123456, RatioHigh: 512.99, P: 0.0004, Q: 0.01, Intervals: 31}
	r.Groups[3].Layers = []aggregate.Layer{{
		At: day(10, 7, 0), Until: day(9, 23, 0),
		From: aggregate.Cause{Cause: "identity-implicit"}, To: aggregate.Cause{Cause: "scp-explicit", PolicyARN: "arn:aws:organizations::123456789012:policy/o-exampleorgid/service_control_policy/p-3jd9k2lx"},
	}}
	r.ChangesSeen = 9
	r.Changes = []event.Change{
		{
			EventID: "c0000000-0000-4000-8000-000000000000", Time: day(3, 1, 10), Source: "s3.amazonaws.com", Name: "PutBucketPolicy",
			Actor: "arn:aws:iam::444455556666:role/admin", Account: "444455556666", SourceIP: "198.51.100.23",
			Targets: []event.Target{{Type: "bucket", Name: "flow-logs"}},
		},
		{
			EventID: "c0000000-0000-4000-8000-000000000001", Time: day(28, 3, 20), Source: "iam.amazonaws.com", Name: "AttachRolePolicy",
			Actor: "arn:aws:iam::111122223333:root", Account: "111122223333", SourceIP: "AWS Internal",
			Targets: []event.Target{{Type: "role", Name: "arn:aws:iam::111122223333:role/reader"}, {Type: "policy", Name: "arn:aws:iam::111122223333:policy/deny|all"}},
		},
		{
			EventID: "c0000000-0000-4000-8000-000000000002", Time: day(28, 9, 10), Source: "organizations.amazonaws.com", Name: "AttachPolicy",
			Actor: "arn:aws:iam::123456789012:role/admin", Session: "dana@example.com", Account: "123456789012", SourceIP: "198.51.100.23",
			Targets: []event.Target{{Type: "organization-policy", Name: "p-6v4y751d"}, {Type: "organizational-unit", Name: "ou-ab1c-4kd9x2m1"}},
		},
	}
	r.Revisions = map[int][]aggregate.Revision{
		0: {{Of: event.Target{Type: "bucket", Name: "flow-logs"}, After: aggregate.Held{Gone: true}}},
		2: {{
			Of: event.Target{Type: "organization-policy", Name: "p-6v4y751d"}, Known: true, More: 2,
			Before: aggregate.Held{Settings: "x", Since: day(2, 10, 0)}, After: aggregate.Held{Settings: "x", Since: day(28, 9, 10)},
			Differences: []policydoc.Difference{
				{Op: policydoc.Changed, Before: "Version 2008-10-17", After: "Version 2012-10-17"},
				{Op: policydoc.Added, Sid: "Deny|All", Statement: 1, After: "Deny s3:* on all resources"},
				{Op: policydoc.Removed, Statement: 1, Before: "Deny s3:PutObject on arn:aws:s3:::`a`/*"},
				{Op: policydoc.Changed, Sid: "Regions", Statement: 2, After: "Action s3:GetObject"},
				{Op: policydoc.Changed, Sid: "Regions", Statement: 3, Before: "Action s3:GetObject"},
				{Op: policydoc.Changed, Sid: "Regions", Statement: 4, Before: "Effect Deny", After: "Effect Allow"},
				{Op: policydoc.Added, Statement: 5, After: "Deny s3:DeleteBucket on all resources"},
			},
		}},
	}
	r.Groups[0].IncidentID, r.Groups[4].IncidentID = "i-5be02c77a1d9", "i-0123456789ab"
	r.Groups[0].Trend.Changes = []aggregate.Link{{Change: 2, Lag: 4 * time.Minute}, {Change: 1, Lag: 5*time.Hour + 54*time.Minute}}
	r.Incidents = []aggregate.Incident{
		{
			ID: "i-5be02c77a1d9", Pattern: aggregate.OrganizationPolicy, Onset: day(28, 9, 14), OnsetLow: day(28, 9, 14), OnsetHigh: day(28, 9, 14), LastSeen: day(31, 23, 30),
			Shared: aggregate.Shared{PolicyARN: r.Groups[0].Causes[0].PolicyARN, Cause: "scp-explicit"},
			Groups: []string{r.Groups[0].ID}, Denials: 1241, Principals: 1, Buckets: 1, Changes: r.Groups[0].Trend.Changes,
		},
		{
			ID: "i-0123456789ab", Pattern: aggregate.ServiceDelivery, Onset: day(3, 1, 2), OnsetLow: day(2, 20, 0), OnsetHigh: day(3, 1, 9), LastSeen: day(3, 1, 9),
			Shared: aggregate.Shared{Bucket: "flow-logs", Cause: "not-told"},
			Groups: []string{r.Groups[4].ID}, Denials: 2, Principals: 1, Buckets: 1,
			After: []aggregate.Link{{Change: 0, Lag: time.Minute}},
		},
	}
	r.Groups[4].Trend = aggregate.Trend{Kind: trend.Rising, RecentPerDay: 12.3, BaselinePerDay: 3.1, Ratio: 3.9677, RatioLow: 2, RatioHigh: 8, P: 0.0004, Q: 0.01, Intervals: 31}
	return r
}

// hourly is a day of hours.
func hourly() *aggregate.Result {
	today := aggregate.Window{From: date(2026, 10, 28), To: date(2026, 10, 29), Interval: aggregate.Hour}
	return result(today, []aggregate.Group{{
		Principal: "arn:aws:iam::111122223333:root", PrincipalType: "root", PrincipalAccount: "111122223333",
		Action: "s3:PutBucketPolicy", Bucket: "corp-data", BucketAccount: "111122223333",
		FirstSeen: day(28, 9, 14), LastSeen: day(28, 17, 40),
		Trend:      aggregate.Trend{Kind: trend.Steady, RecentPerDay: 9, BaselinePerDay: 9, Ratio: 1, RatioLow: 0.3, RatioHigh: 3, P: 0.6, Q: 0.9, Intervals: 24},
		EventNames: []aggregate.Count{{Value: "PutBucketPolicy", Denials: 9}},
		Causes:     []aggregate.Cause{{Cause: "resource-explicit", DeniedAction: "s3:PutBucketPolicy", Denials: 9}},
		Series:     []aggregate.Point{{Start: day(28, 9, 0).Truncate(time.Hour), Denials: 1}, {Start: day(28, 17, 0).Truncate(time.Hour), Denials: 8}},
	}}, coverage.Coverage{
		Objects: coverage.Objects{Listed: 1, Read: 1},
		Records: coverage.Records{NotS3Denied: 1},
		Bytes:   coverage.Bytes{Compressed: 812, Decompressed: 9000},
	})
}

// weekly is a year and a half of weeks, so that an interval is less than a
// character of a sparkline.
func weekly() *aggregate.Result {
	w := aggregate.Window{From: date(2025, 3, 31), To: date(2026, 9, 28), Interval: aggregate.Week}
	g := aggregate.Group{
		Principal: "444455556666:AIDAEXAMPLE", PrincipalType: "account", PrincipalAccount: "444455556666",
		Action: "s3:GetObject", Bucket: "corp-data",
		FirstSeen: date(2025, 4, 2), LastSeen: date(2026, 9, 27),
		Trend:      aggregate.Trend{Kind: trend.Falling, RecentPerDay: 0.37, BaselinePerDay: 5.4, Ratio: 0.0685, RatioLow: 0.01, RatioHigh: 0.4, P: 1e-300, Q: 1e-299, Intervals: 546},
		EventNames: []aggregate.Count{{Value: "GetObject"}},
		Causes:     []aggregate.Cause{{Cause: "unheard-of"}},
	}
	for i, start := 1, w.From; start.Before(w.To); start, i = w.Interval.Next(start), i+1 {
		g.Series = append(g.Series, aggregate.Point{Start: start, Denials: i})
		g.EventNames[0].Denials += i
		g.Causes[0].Denials += i
	}
	return result(w, []aggregate.Group{g}, coverage.Coverage{Objects: coverage.Objects{Listed: 78, Read: 78}})
}

// nothing has a window of flags and no denial in it.
func nothing() *aggregate.Result {
	w := aggregate.Window{From: date(2026, 10, 1), To: date(2026, 10, 8), Interval: aggregate.Day}
	return result(w, nil, coverage.Coverage{Objects: coverage.Objects{Listed: 2, Read: 2}, Records: coverage.Records{NotS3Denied: 500, OutsideWindow: 3}})
}

// empty has read nothing at all and has no window.
func empty() *aggregate.Result {
	return result(aggregate.Window{Interval: aggregate.Day}, nil, coverage.Coverage{})
}

// failed could read none of its objects.
func failed() *aggregate.Result {
	var c coverage.Coverage
	for range 23 {
		c.Failures = append(c.Failures, coverage.Failure{Object: "logs/" + string(rune('a'+len(c.Failures))) + ".json.gz", Err: errors.New("permission denied")})
	}
	c.Objects = coverage.Objects{Listed: 23, Failed: 23}
	return result(aggregate.Window{Interval: aggregate.Day}, nil, c)
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// result sums up what follows from the groups.
func result(w aggregate.Window, groups []aggregate.Group, c coverage.Coverage) *aggregate.Result {
	r := &aggregate.Result{Window: w, Groups: groups, Coverage: c, Frame: trend.Frame{N: 30, Step: 24 * time.Hour}}
	principals, buckets := map[string]bool{}, map[string]bool{}
	for i := range r.Groups {
		g := &r.Groups[i]
		g.ID = aggregate.GroupID(g.Principal, g.Action, g.Bucket)
		for _, p := range g.Series {
			g.Denials += p.Denials
		}
		r.Totals.Denials += g.Denials
		for _, c := range g.Causes {
			r.Policies = append(r.Policies, policyOfGroup(g, c))
		}
		principals[g.Principal] = true
		if g.Bucket != "" {
			buckets[g.Bucket] = true
		}
	}
	slices.SortStableFunc(r.Policies, func(a, b aggregate.Policy) int { return cmp.Compare(b.Denials, a.Denials) })
	complete(r)
	r.Totals.Groups, r.Totals.Principals, r.Totals.Buckets = len(groups), len(principals), len(buckets)
	rec := &r.Coverage.Records
	rec.Kept = r.Totals.Denials
	rec.Seen = rec.Kept + rec.NotS3Denied + rec.Duplicate + rec.OutsideWindow + rec.Malformed
	if rec.Seen > 0 && r.Coverage.DataEvents == nil {
		r.Coverage.DataEvents = coverage.DataEvents{"111122223333": true}
	}
	return r
}

// complete fills in what follows from policies and groups: each policy is a document
// of its own, and is ongoing if it was seen in the recent period.
func complete(r *aggregate.Result) {
	setCauses(r)
	var last time.Time
	for i := range r.Groups {
		if at := r.Groups[i].LastSeen; at.After(last) {
			last = at
		}
	}
	r.RecentFrom = recentFrom(r.Window, last)
	r.Documents = nil
	for i := range r.Policies {
		if p := &r.Policies[i]; p.Recent == 0 && !p.LastSeen.Before(r.RecentFrom) {
			p.Recent = p.Denials
		}
		r.Documents = append(r.Documents, &r.Policies[i])
	}
	for i := range r.Groups {
		g := &r.Groups[i]
		g.Recent = 0
		for _, p := range g.Series {
			if !p.Start.Before(r.RecentFrom) {
				g.Recent += p.Denials
			}
		}
		for j := range g.Causes {
			c := &g.Causes[j]
			c.Documents = slices.DeleteFunc(slices.Clone(r.Documents), func(p *aggregate.Policy) bool { return !couldRefuse(p, g, c) })
		}
	}
}

// setCauses gives incidents without a cause the one with the most denials of their
// groups.
func setCauses(r *aggregate.Result) {
	for i := range r.Incidents {
		in := &r.Incidents[i]
		if in.Cause != "" {
			continue
		}
		counts, most := map[event.Cause]int{}, 0
		for j := range r.Groups {
			for _, c := range r.Groups[j].Causes {
				if r.Groups[j].IncidentID != in.ID {
					continue
				}
				if counts[c.Cause] += c.Denials; counts[c.Cause] > most {
					in.Cause, most = c.Cause, counts[c.Cause]
				}
			}
		}
	}
}

// recentFrom is three days, or a tenth of the window, before the last denial.
func recentFrom(w aggregate.Window, last time.Time) time.Time {
	if last.IsZero() {
		return last
	}
	length := w.To.Sub(w.From) / 10
	if w.IsDaily() {
		length = max(length, 3*24*time.Hour)
	}
	return w.Interval.Start(last.Add(-length))
}

// couldRefuse says whether denials of the group for the cause belong to the policy,
// as far as a result shows it.
func couldRefuse(p *aggregate.Policy, g *aggregate.Group, c *aggregate.Cause) bool {
	switch {
	case p.ARN != "" || c.PolicyARN != "":
		return p.ARN == c.PolicyARN
	case p.WhyNotTold != c.WhyNotTold || p.Owner != event.OwnerOf(c.Cause, c.DeniedAction, g.Bucket != "") ||
		!slices.ContainsFunc(p.Causes, func(own aggregate.Count) bool { return own.Value == string(c.Cause) }):
		return false
	case p.Owner == event.OwnerIdentity:
		return p.Principal == g.Principal
	case p.Owner == event.OwnerNetwork:
		return p.VPCEndpoint == "" || slices.Contains(g.VPCEndpoints, p.VPCEndpoint)
	}
	return p.Owner == event.OwnerOrganization || p.Bucket == g.Bucket
}

// policyOfGroup is a policy that refuses one group.
func policyOfGroup(g *aggregate.Group, c aggregate.Cause) aggregate.Policy {
	one := func(s string) aggregate.Top {
		if s == "" {
			return aggregate.Top{}
		}
		return aggregate.Top{List: []aggregate.Count{{Value: s, Denials: c.Denials}}}
	}
	p := aggregate.Policy{
		ARN: c.PolicyARN, Cause: c.Cause, Causes: []aggregate.Count{{Value: string(c.Cause), Denials: c.Denials}}, WhyNotTold: c.WhyNotTold, Owner: event.OwnerBucket, Denials: c.Denials,
		FirstSeen: g.FirstSeen, LastSeen: g.LastSeen, PrincipalType: g.PrincipalType,
		Who: one(g.Principal), Where: one(g.Bucket), Actions: one(cmp.Or(c.DeniedAction, g.Action)),
	}
	p.Principals, p.Buckets = p.Who.Values(), p.Where.Values()
	p.Owner = event.OwnerOf(c.Cause, "", true)
	switch {
	case p.ARN != "":
	case p.Owner == event.OwnerIdentity:
		p.Principal = g.Principal
	default:
		p.Bucket = g.Bucket
	}
	return p
}
