package parquet

import (
	"math"
	"time"

	"trail403/aggregate"
	"trail403/ingest/arn"
)

// groupRow is a group. What does not apply to its trend is null.
type groupRow struct {
	GroupID          string     `parquet:"group_id,dict"`                         // stable between runs
	Principal        string     `parquet:"principal,dict"`                        // who was denied
	PrincipalType    string     `parquet:"principal_type,dict"`                   // role, user, root, …
	PrincipalAccount string     `parquet:"principal_account,dict"`                // 12 digits, or empty
	Action           string     `parquet:"action,dict"`                           // that was missing
	Bucket           string     `parquet:"bucket,dict"`                           // or empty
	BucketAccount    string     `parquet:"bucket_account,dict"`                   // 12 digits, or empty
	Denials          int64      `parquet:"denials"`                               // all of the group
	LateDenials      int64      `parquet:"late_denials"`                          // of these, in the recent period
	FirstSeen        time.Time  `parquet:"first_seen,timestamp(microsecond)"`     // the first denial
	LastSeen         time.Time  `parquet:"last_seen,timestamp(microsecond)"`      // the last denial
	Cause            string     `parquet:"cause,dict"`                            // the main cause, with the next three columns
	DeniedAction     string     `parquet:"denied_action,dict"`                    // that the message names
	PolicyARN        string     `parquet:"policy_arn,dict"`                       // if AWS gives it
	WhyNotTold       string     `parquet:"why_not_told,dict"`                     // set if the cause is not-told
	Causes           int64      `parquet:"causes"`                                // how many causes it has
	Trend            string     `parquet:"trend,dict"`                            // new, stopped, spike, …
	Onset            *time.Time `parquet:"onset,optional,timestamp(microsecond)"` // of new and spike
	RecentPerDay     *float64   `parquet:"recent_per_day,optional"`               // denials a day
	BaselinePerDay   *float64   `parquet:"baseline_per_day,optional"`             // that the baseline predicts
	Ratio            *float64   `parquet:"ratio,optional"`                        // of both
	RatioLow         *float64   `parquet:"ratio_low,optional"`                    // its 95% interval
	RatioHigh        *float64   `parquet:"ratio_high,optional"`                   //
	Q                *float64   `parquet:"q,optional"`                            // p of the test, corrected
	IncidentID       string     `parquet:"incident_id,dict"`                      // or empty
	SourceIP         string     `parquet:"source_ip,dict"`                        // the most frequent one
	UserAgent        string     `parquet:"user_agent,dict"`                       // the most frequent tool
	Region           string     `parquet:"region,dict"`                           // the most frequent one

	// Of the statement that has to do with the most denials. All are empty or null without one.
	StatementMatches    string `parquet:"statement_matches,dict"`     // refuses, may refuse or misses
	StatementPolicy     string `parquet:"statement_policy,dict"`      // the kind of its policy
	StatementPolicyARN  string `parquet:"statement_policy_arn,dict"`  //
	StatementPolicyName string `parquet:"statement_policy_name,dict"` // of an inline policy
	StatementAttachedTo string `parquet:"statement_attached_to,dict"` //
	StatementSid        string `parquet:"statement_sid,dict"`         //
	Statement           *int64 `parquet:"statement,optional"`         // its number, from 1
	StatementDenials    *int64 `parquet:"statement_denials,optional"` // that it has to do with
}

// groupRows emits a row for each group, in their order.
func groupRows(r *aggregate.Result) rows[groupRow] {
	return func(emit func(groupRow) error) error {
		for i := range r.Groups {
			g := &r.Groups[i]
			t := &g.Trend
			row := groupRow{
				GroupID: valid(g.ID), Principal: valid(g.Principal), PrincipalType: valid(g.PrincipalType),
				PrincipalAccount: valid(g.PrincipalAccount), Action: valid(g.Action), Bucket: valid(g.Bucket),
				BucketAccount: valid(g.BucketAccount), Denials: int64(g.Denials), LateDenials: int64(g.Recent),
				FirstSeen: g.FirstSeen, LastSeen: g.LastSeen, Causes: int64(len(g.Causes)), Trend: string(t.Kind),
				Onset: moment(t.Onset), RecentPerDay: number(t.RecentPerDay), BaselinePerDay: number(t.BaselinePerDay),
				Ratio: number(t.Ratio), RatioLow: number(t.RatioLow), RatioHigh: number(t.RatioHigh), Q: number(t.Q),
				IncidentID: g.IncidentID, SourceIP: most(&g.From.SourceIPs), UserAgent: most(&g.From.UserAgents),
				Region: most(&g.From.Regions),
			}
			if len(g.Causes) > 0 {
				c := &g.Causes[0]
				row.Cause, row.DeniedAction = valid(string(c.Cause)), valid(c.DeniedAction)
				row.PolicyARN, row.WhyNotTold = valid(c.PolicyARN), valid(c.WhyNotTold)
			}
			row.setStatement(g)
			if err := emit(row); err != nil {
				return err
			}
		}
		return nil
	}
}

// setStatement sets the columns of the first statement of a group.
func (row *groupRow) setStatement(g *aggregate.Group) {
	if len(g.Statements) == 0 {
		return
	}
	s := &g.Statements[0]
	row.StatementMatches, row.StatementPolicy = string(s.Matches), string(s.Kind)
	row.StatementPolicyARN, row.StatementPolicyName = policyNames(s)
	row.StatementAttachedTo, row.StatementSid = valid(s.On), valid(s.Sid)
	row.Statement, row.StatementDenials = whole(s.Number), whole(s.Denials)
}

// policyNames tells the ARN of a policy from the name of an inline one.
func policyNames(s *aggregate.Statement) (policyARN, name string) {
	if arn.Valid(s.Name) {
		return valid(s.Name), ""
	}
	return "", valid(s.Name)
}

func whole(n int) *int64 {
	x := int64(n)
	return &x
}

// most returns the most frequent value.
func most(t *aggregate.Top) string {
	if len(t.List) == 0 {
		return ""
	}
	return valid(t.List[0].Value)
}

// moment returns nil for no time.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// number returns nil for what is not a number.
func number(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}
