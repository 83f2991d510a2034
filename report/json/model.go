package json

import (
	"time"

	"trail403/aggregate"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/ingest/message"
	"trail403/report/words"
)

// Schema names the JSON report and its version; docs/report-format.md describes
// every field. Fields are added, but not renamed or removed, within a version.
const Schema = "trail403.report/1"

// Window is the window that the report covers.
type Window struct {
	From     *time.Time `json:"from"`
	To       *time.Time `json:"to"`
	Interval string     `json:"interval"`
}

// Coverage is what was read and what was not.
type Coverage struct {
	Objects struct {
		Listed  int            `json:"listed"`
		Read    int            `json:"read"`
		Skipped map[string]int `json:"skipped"`
		Failed  int            `json:"failed"`
	} `json:"objects"`
	Records struct {
		Seen          int `json:"seen"`
		Kept          int `json:"kept"`
		NotS3Denied   int `json:"not_s3_denied"`
		Duplicate     int `json:"duplicate"`
		OutsideWindow int `json:"outside_window"`
		Excluded      int `json:"excluded"`
		Malformed     int `json:"malformed"`
	} `json:"records"`
	Bytes struct {
		Compressed   int64 `json:"compressed"`
		Decompressed int64 `json:"decompressed"`
	} `json:"bytes"`
	DataEvents *bool      `json:"data_events"`
	Without    []string   `json:"accounts_without_data_events"`
	Accounts   []string   `json:"accounts"`
	Regions    []string   `json:"regions"`
	Delivered  *time.Time `json:"delivered_until"`
	History    *time.Time `json:"history_from"`
	Pruned     []string   `json:"pruned"`
	// How many more folders and failures there are than the lists name.
	PrunedOmitted   int         `json:"pruned_omitted"`
	Gaps            []Gap       `json:"gaps"`
	Exclusions      []Exclusion `json:"exclusions"`
	Failures        []Failure   `json:"failures"`
	FailuresOmitted int         `json:"failures_omitted"`
}

// Exclusion is a filter or a rule, and how many denials it excluded.
type Exclusion struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Rule    string `json:"rule"`
	Why     string `json:"why"`
	Until   string `json:"until"`
	Expired bool   `json:"expired"`
	Denials int    `json:"denials"`
}

// Gap is a day of which an account and Region have no objects.
type Gap struct {
	Account string `json:"account"`
	Region  string `json:"region"`
	Day     string `json:"day"`
}

// Failure is an object that could not be read.
type Failure struct {
	Object string `json:"object"`
	Error  string `json:"error"`
}

// Totals counts over all groups.
type Totals struct {
	Denials    int `json:"denials"`
	Groups     int `json:"groups"`
	Principals int `json:"principals"`
	Buckets    int `json:"buckets"`
}

// Group is one member of groups.
type Group struct {
	ID               string         `json:"id"`
	Principal        string         `json:"principal"`
	PrincipalType    string         `json:"principal_type"`
	PrincipalAccount string         `json:"principal_account"`
	Action           string         `json:"action"`
	Bucket           string         `json:"bucket"`
	BucketAccount    string         `json:"bucket_account"`
	Denials          int            `json:"denials"`
	FirstSeen        time.Time      `json:"first_seen"`
	LastSeen         time.Time      `json:"last_seen"`
	EventNames       map[string]int `json:"event_names"`
	Causes           []Cause        `json:"causes"`
	Trend            Trend          `json:"trend"`
	IncidentID       string         `json:"incident_id"`
	Fixed            *Fixed         `json:"fixed"`
	Statements       []Statement    `json:"statements"`
	Disagreement     string         `json:"disagreement"`
	Layers           []Layer        `json:"layers"`
	Series           []Point        `json:"series"`
	From             From           `json:"from"`
	Hints            []Hint         `json:"hints"`
	Examples         []Example      `json:"examples"`
}

// Cause is why requests of a group were denied, and how often.
type Cause struct {
	Cause        event.Cause `json:"cause"`
	DeniedAction string      `json:"denied_action"`
	PolicyARN    string      `json:"policy_arn"`
	WhyNotTold   string      `json:"why_not_told"`
	Denials      int         `json:"denials"`
}

// Layer says when another reason took the place of one.
type Layer struct {
	At    time.Time `json:"at"`
	Until time.Time `json:"until"`
	From  Reason    `json:"from"`
	To    Reason    `json:"to"`
}

// Reason is the cause before or after a layer.
type Reason struct {
	Cause      event.Cause `json:"cause"`
	PolicyARN  string      `json:"policy_arn"`
	WhyNotTold string      `json:"why_not_told"`
}

// Point is an interval of a series.
type Point struct {
	Start   time.Time `json:"start"`
	Denials int       `json:"denials"`
}

// Example is one of the earliest denials of a group.
type Example struct {
	EventID   string    `json:"event_id"`
	EventTime time.Time `json:"event_time"`
	ErrorCode string    `json:"error_code"`
	Message   string    `json:"message"`
	Key       string    `json:"key"`
	Session   string    `json:"session"`
	SourceIP  string    `json:"source_ip"`
	UserAgent string    `json:"user_agent"`
	RequestID string    `json:"request_id"`
	Object    string    `json:"object"`

	AuthorizationID string `json:"authorization_id"`
	Credentials     string `json:"credentials"`
}

// ExampleOf returns an example as JSON has it.
func ExampleOf(e *aggregate.Example) Example {
	text := e.Text()
	return Example{
		EventID: e.EventID, EventTime: e.EventTime, ErrorCode: e.ErrorCode, Message: text, Key: e.Key,
		Session: e.Session, SourceIP: e.SourceIP, UserAgent: e.UserAgent, RequestID: e.RequestID, Object: e.Object,
		AuthorizationID: message.AuthorizationOf(text).ID, Credentials: e.Credentials,
	}
}

func WindowOf(r *aggregate.Result) Window {
	w := Window{Interval: r.Window.Interval.String()}
	if !r.Window.From.IsZero() {
		w.From = &r.Window.From
	}
	if !r.Window.To.IsZero() {
		w.To = &r.Window.To
	}
	return w
}

func CoverageOf(r *aggregate.Result) Coverage {
	c := &r.Coverage
	var out Coverage
	out.Objects.Listed, out.Objects.Read, out.Objects.Failed = c.Objects.Listed, c.Objects.Read, c.Objects.Failed
	out.Objects.Skipped = map[string]int{}
	for _, reason := range coverage.Reasons() {
		out.Objects.Skipped[string(reason)] = c.Objects.Skipped[reason]
	}
	out.Records.Seen, out.Records.Kept, out.Records.NotS3Denied = c.Records.Seen, c.Records.Kept, c.Records.NotS3Denied
	out.Records.Duplicate, out.Records.OutsideWindow = c.Records.Duplicate, c.Records.OutsideWindow
	out.Records.Excluded, out.Records.Malformed = c.Records.Excluded, c.Records.Malformed
	out.Bytes.Compressed, out.Bytes.Decompressed = c.Bytes.Compressed, c.Bytes.Decompressed
	if any := c.DataEvents.Any(); len(c.DataEvents) > 0 {
		out.DataEvents = &any
	}
	out.Without = orEmpty(c.DataEvents.Without())
	out.Accounts, out.Regions = orEmpty(r.Accounts), orEmpty(c.Trails.Regions())
	if !c.Delivered.IsZero() {
		out.Delivered = &c.Delivered
	}
	if !c.HistoryFrom.IsZero() {
		out.History = &c.HistoryFrom
	}
	out.Pruned, out.Gaps, out.Exclusions = orEmpty(c.Pruned), []Gap{}, []Exclusion{}
	for _, g := range r.Gaps {
		out.Gaps = append(out.Gaps, Gap{g.Account, g.Region, g.Day.Format(time.DateOnly)})
	}
	for _, e := range r.Exclusions {
		out.Exclusions = append(out.Exclusions, Exclusion{
			e.File, e.Line, words.Rule(&e), e.Why, e.Until, e.Expired, e.Denials,
		})
	}
	out.PrunedOmitted, out.FailuresOmitted = c.Folders-len(c.Pruned), c.Objects.Failed-len(c.Failures)
	out.Failures = []Failure{}
	for _, f := range c.Failures {
		out.Failures = append(out.Failures, Failure{f.Object, f.Err.Error()})
	}
	return out
}

func groupOf(r *aggregate.Result, g *aggregate.Group, pattern aggregate.Pattern) Group {
	out := Group{
		ID: g.ID, Principal: g.Principal, PrincipalType: g.PrincipalType, PrincipalAccount: g.PrincipalAccount,
		Action: g.Action, Bucket: g.Bucket, BucketAccount: g.BucketAccount,
		Denials: g.Denials, FirstSeen: g.FirstSeen, LastSeen: g.LastSeen,
		EventNames: map[string]int{}, Trend: trendOf(r, &g.Trend), IncidentID: g.IncidentID,
		Fixed:      fixedOf(g.Recovery),
		Statements: statementsOf(g.Statements), Disagreement: g.Disagrees,
		From: fromOf(&g.From), Hints: hintsOf(g, pattern),
		Layers: []Layer{}, Causes: []Cause{}, Series: []Point{}, Examples: []Example{},
	}
	for _, n := range g.EventNames {
		out.EventNames[string([]rune(n.Value))] += n.Denials // else two keys may come out alike
	}
	for _, c := range g.Causes {
		out.Causes = append(out.Causes, Cause{c.Cause, c.DeniedAction, c.PolicyARN, c.WhyNotTold, c.Denials})
	}
	for _, l := range g.Layers {
		out.Layers = append(out.Layers, Layer{
			l.At, l.Until,
			Reason{l.From.Cause, l.From.PolicyARN, l.From.WhyNotTold},
			Reason{l.To.Cause, l.To.PolicyARN, l.To.WhyNotTold},
		})
	}
	for _, p := range g.Series {
		out.Series = append(out.Series, Point(p))
	}
	for _, e := range g.Examples {
		out.Examples = append(out.Examples, ExampleOf(&e))
	}
	return out
}
