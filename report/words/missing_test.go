package words

import (
	"strings"
	"testing"
	"time"

	"trail403/aggregate"
	"trail403/ingest/coverage"
)

// What the data lacks is said in words, of which each here is a part.
func TestMissing(t *testing.T) {
	f := func(c coverage.Coverage, isStale bool, want ...string) {
		t.Helper()
		got := Missing(&aggregate.Result{Coverage: c, Stale: isStale})
		if len(want) == 0 && len(got) > 0 {
			t.Errorf("got %q", got)
		}
		var all string
		for _, l := range got {
			all += string(l.Label) + ": " + l.Plain + "\n"
			if strings.HasSuffix(l.Plain, ".") || strings.HasSuffix(l.Plain, " ") || l.Brief == "" || strings.Contains(l.Plain, "`") {
				t.Errorf("%q", l)
			}
		}
		for _, w := range want {
			if !strings.Contains(all, w) {
				t.Errorf("got %q, want %q", all, w)
			}
		}
	}
	read := func(accounts map[string]bool) coverage.Coverage {
		return coverage.Coverage{
			Objects: coverage.Objects{Listed: 2, Read: 2}, Records: coverage.Records{Seen: 1200},
			DataEvents: accounts, Delivered: time.Date(2026, 10, 5, 12, 5, 0, 0, time.UTC),
		}
	}
	skipped := func(counts map[coverage.Reason]int) (c coverage.Coverage) {
		for reason, n := range counts {
			c.Skip(reason, n)
			c.Objects.Listed += n
		}
		return c
	}
	f(read(map[string]bool{"1": true}), false)
	f(read(map[string]bool{"": true, "1": false}), false)
	f(read(map[string]bool{"1": false}), false, "No data events: No S3 data event is among the 1,200 records that were read. Unless the trail",
		"https://docs.aws.amazon.com/", `aws cloudtrail put-event-selectors --trail-name TRAIL --advanced-event-selectors '[{"Name":"management",`)
	f(read(map[string]bool{"1": true, "2": false}), false, "among the records of account 2, although other accounts have some", "put-event-selectors")
	f(read(map[string]bool{"1": true, "2": false, "3": false}), false, "of accounts 2, 3, although")
	f(read(map[string]bool{"1": true}), true, "Old data: CloudTrail delivered the last object that was read at 2026-10-05 12:05 UTC")
	f(read(map[string]bool{"1": false}), true, "No data events: ", "Old data: ")
	f(coverage.Coverage{}, false, "No data: The sources have no object. A trail delivers", "describe-trails")
	f(coverage.Coverage{Pruned: []string{"x/vpcflowlogs"}}, false, "no object outside of folders that contain no requested records")
	c := skipped(map[coverage.Reason]int{coverage.SkipNotCloudTrail: 1, coverage.SkipConfig: 2, coverage.SkipDigest: 1})
	c.SkipLog("b", coverage.FlowLog)
	c.SkipLog("a\n", coverage.FlowLog)
	c.SkipLog("c", coverage.LoadBalancerLog)
	c.SkipLog("d", coverage.AccessLog)
	c.Objects.Listed += 4
	f(c, false, "2 objects look like VPC flow logs, such as a\n.", "1 object looks like access logs of a load balancer, such as c.",
		"1 object looks like S3 server access logs, such as d.", "2 objects hold AWS Config data. 1 object holds CloudTrail digests.",
		"describe-trails")
	f(coverage.Coverage{Objects: coverage.Objects{Listed: 1, Failed: 1}}, false, "could be read\n")
	f(skipped(map[coverage.Reason]int{coverage.SkipNotSelected: 3}), false, "3 objects belong to accounts or Regions that --account and --aws-region do not select\n")
	f(coverage.Coverage{Objects: coverage.Objects{Listed: 1, Read: 1}, Records: coverage.Records{Seen: 2, Malformed: 2}}, false, "All 2 records that were read are malformed")
}

func TestUnmatched(t *testing.T) {
	f := func(u aggregate.Unmatched, want string) {
		t.Helper()
		if got := Unmatched([]aggregate.Unmatched{u}); len(got) != 1 || got[0] != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	f(aggregate.Unmatched{Field: "bucket", Pattern: "Corp-Data", Nearest: "corp-data"}, "no bucket matches Corp-Data; did you mean corp-data?")
	f(aggregate.Unmatched{Field: "bucket", Pattern: "x"}, "no bucket matches x")
	f(aggregate.Unmatched{File: "noise", Line: 3, Field: "action", Pattern: "s3:GetObjct", Nearest: "s3:GetObject"},
		"line 3 of noise: no action matches s3:GetObjct; did you mean s3:GetObject?")
	f(aggregate.Unmatched{File: "noise", Line: 3, Pattern: "bucket=a action=b"}, "line 3 of noise: no denial matches all conditions of bucket=a action=b")
	if got := Unmatched(make([]aggregate.Unmatched, 12)); len(got) != 11 || got[10] != "2 other patterns of filters and rules match no denial" {
		t.Errorf("got %q", got)
	}
}
