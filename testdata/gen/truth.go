package main

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// The truth is what the archive contains, counted from what was planted and not from
// the files.
type truth struct {
	Seed       uint64         `json:"seed"`
	From       string         `json:"from"`
	To         string         `json:"to"`
	Files      map[string]int `json:"files"`   // by kind
	Records    recordCounts   `json:"records"` // of the trail and network activity files
	Denials    int            `json:"denials"` // after deduplication
	Groups     int            `json:"groups"`
	Principals int            `json:"principals"`
	Buckets    int            `json:"buckets"` // with a name
	Copies     copyCounts     `json:"duplicates"`
	Causes     map[string]int `json:"causes"`
	Why        map[string]int `json:"why_not_told"`
	Details    []causeTruth   `json:"cause_details"`
	Stories    []storyTruth   `json:"stories"`
	GroupList  []groupTruth   `json:"group_list"`
}

type recordCounts struct {
	Seen        int `json:"seen"`
	Kept        int `json:"kept"`
	NotS3Denied int `json:"not_s3_denied"`
	Duplicate   int `json:"duplicate"`
}

// copyCounts counts the duplicates of denials by what made them.
type copyCounts struct {
	Total         int `json:"total"`
	FileTwice     int `json:"file_delivered_twice"`
	SameEventID   int `json:"same_event_id"`
	Addendum      int `json:"updated_data"`
	SharedEventID int `json:"shared_event_id"`
}

type causeTruth struct {
	Cause        string `json:"cause"`
	DeniedAction string `json:"denied_action"`
	PolicyARN    string `json:"policy_arn"`
	WhyNotTold   string `json:"why_not_told"`
	Denials      int    `json:"denials"`
}

type groupTruth struct {
	Principal     string         `json:"principal"`
	Action        string         `json:"action"`
	Bucket        string         `json:"bucket"`
	BucketAccount string         `json:"bucket_account"`
	Story         string         `json:"story"`
	Trend         string         `json:"trend,omitempty"` // if the story is about one and the group is large enough
	Denials       int            `json:"denials"`
	FirstSeen     string         `json:"first_seen"`
	LastSeen      string         `json:"last_seen"`
	Causes        map[string]int `json:"causes"`
}

type storyTruth struct {
	Name       string        `json:"name"`
	Tells      string        `json:"tells"`
	Trend      string        `json:"trend,omitempty"`
	Pattern    string        `json:"pattern,omitempty"`
	Onset      string        `json:"onset,omitempty"`
	Changes    []changeTruth `json:"changes,omitempty"`
	Ends       []changeTruth `json:"ends,omitempty"`
	Decoys     []changeTruth `json:"decoys,omitempty"`
	Denials    int           `json:"denials"`
	Groups     int           `json:"groups"`
	Principals []string      `json:"principals,omitempty"`
	Buckets    []string      `json:"buckets,omitempty"`
}

type changeTruth struct {
	EventID   string `json:"event_id"`
	EventTime string `json:"event_time"`
	EventName string `json:"event_name"`
	Failed    bool   `json:"failed,omitempty"`
	Lag       int    `json:"lag_seconds,omitempty"`   // from the change to the onset
	After     int    `json:"after_seconds,omitempty"` // from the last denial to the change, of those that end it
}

type groupKey struct{ principal, action, bucket string }

func (d *denial) key() groupKey { return groupKey{d.principal, d.action, d.bucket} }

func (g *generator) count(files []*file) *truth {
	t := &truth{Seed: g.seed, From: windowStart.Format(time.RFC3339), To: windowEnd.Format(time.RFC3339),
		Files: map[string]int{}, Causes: map[string]int{}, Why: map[string]int{}}
	seen := map[*denial]bool{}
	entries := map[*entry]bool{}
	ids, names := map[string]bool{}, map[string]bool{}
	var denials []*denial
	for _, f := range files {
		t.Files[f.kind]++
		for _, e := range f.entries {
			t.Records.Seen++
			id, _ := e.record.get("eventID").(string)
			switch {
			case e.denial == nil:
				t.Records.NotS3Denied++
			case !seen[e.denial]:
				seen[e.denial] = true
				t.Records.Kept++
				denials = append(denials, e.denial)
			case entries[e]:
				t.Copies.FileTwice++
			case ids[id]:
				t.Copies.SameEventID++
			case strings.Contains(string(encode(e.record.get("addendum"))), "UPDATED_DATA"):
				t.Copies.Addendum++
			default:
				t.Copies.SharedEventID++
			}
			entries[e], ids[id] = true, true
		}
	}
	t.Copies.Total = t.Copies.FileTwice + t.Copies.SameEventID + t.Copies.Addendum + t.Copies.SharedEventID
	t.Records.Duplicate = t.Copies.Total

	details, principals := map[causeTruth]int{}, map[string]bool{}
	for _, d := range denials {
		t.Causes[d.cause]++
		if d.why != "" {
			t.Why[d.why]++
		}
		details[causeTruth{Cause: d.cause, DeniedAction: d.named, PolicyARN: d.policy, WhyNotTold: d.why}]++
		principals[d.principal] = true
		if d.bucket != "" {
			names[d.bucket] = true
		}
	}
	for c, n := range details {
		c.Denials = n
		t.Details = append(t.Details, c)
	}
	slices.SortFunc(t.Details, func(a, b causeTruth) int {
		return cmp.Or(cmp.Compare(b.Denials, a.Denials), cmp.Compare(a.Cause, b.Cause), cmp.Compare(a.DeniedAction, b.DeniedAction),
			cmp.Compare(a.PolicyARN, b.PolicyARN), cmp.Compare(a.WhyNotTold, b.WhyNotTold))
	})
	t.Denials, t.Principals, t.Buckets = len(denials), len(principals), len(names)
	t.GroupList = groupsOf(denials)
	t.Groups = len(t.GroupList)
	for _, s := range g.stories {
		if !s.hidden {
			t.Stories = append(t.Stories, g.tell(s))
		}
	}
	return t
}

// groupsOf counts by principal, action and bucket. The largest groups come first.
func groupsOf(denials []*denial) []groupTruth {
	groups := map[groupKey]*groupTruth{}
	for _, d := range denials {
		at := d.at.Format(time.RFC3339)
		t := groups[d.key()]
		if t == nil {
			t = &groupTruth{Principal: d.principal, Action: d.action, Bucket: d.bucket, FirstSeen: at, LastSeen: at, Causes: map[string]int{}}
			groups[d.key()] = t
		}
		t.Denials++
		t.Causes[d.cause]++
		t.FirstSeen, t.LastSeen = min(t.FirstSeen, at), max(t.LastSeen, at)
		t.BucketAccount = cmp.Or(t.BucketAccount, d.bucketAccount)
		if t.Story = d.story.name; t.Denials >= 10 {
			t.Trend = d.story.trend
		}
	}
	var list []groupTruth
	for _, t := range groups {
		list = append(list, *t)
	}
	slices.SortFunc(list, func(a, b groupTruth) int {
		return cmp.Or(cmp.Compare(b.Denials, a.Denials), cmp.Compare(a.Principal, b.Principal), cmp.Compare(a.Action, b.Action), cmp.Compare(a.Bucket, b.Bucket))
	})
	return list
}

// tell returns the truth of one story.
func (g *generator) tell(s *story) storyTruth {
	t := storyTruth{Name: s.name, Tells: s.tells, Trend: s.trend, Pattern: s.pattern, Denials: len(s.denials), Groups: len(groupsOf(s.denials))}
	if !s.onset.IsZero() {
		t.Onset = s.onset.Format(time.RFC3339)
	}
	for _, d := range s.denials {
		t.Principals = append(t.Principals, d.principal)
		t.Buckets = append(t.Buckets, d.bucket)
	}
	slices.Sort(t.Principals)
	slices.Sort(t.Buckets)
	t.Principals, t.Buckets = slices.Compact(t.Principals), slices.Compact(t.Buckets)
	t.Changes, t.Decoys = g.changes(s.changes, s.onset), g.changes(s.decoys, s.onset)
	t.Ends = g.changes(s.ends, time.Time{})
	for i, id := range s.ends {
		t.Ends[i].After = int(g.timeOf(id).Sub(lastOf(s.denials)).Seconds())
	}
	return t
}

// record returns the record with an event id.
func (g *generator) record(id string) object {
	return g.entries[slices.IndexFunc(g.entries, func(e *entry) bool { return e.record.get("eventID") == id })].record
}

func (g *generator) timeOf(id string) time.Time {
	at, err := time.Parse(time.RFC3339, g.record(id).get("eventTime").(string))
	if err != nil {
		panic(err)
	}
	return at
}

func lastOf(denials []*denial) (last time.Time) {
	for _, d := range denials {
		if d.at.After(last) {
			last = d.at
		}
	}
	return last
}

// changes returns the records with these event ids.
func (g *generator) changes(ids []string, onset time.Time) []changeTruth {
	var list []changeTruth
	for _, id := range ids {
		r := g.record(id)
		c := changeTruth{EventID: id, EventTime: r.get("eventTime").(string), EventName: r.get("eventName").(string), Failed: r.get("errorCode") != nil}
		if !onset.IsZero() {
			c.Lag = int(onset.Sub(g.timeOf(id)).Seconds())
		}
		list = append(list, c)
	}
	return list
}
