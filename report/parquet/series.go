package parquet

import (
	"iter"
	"slices"
	"time"

	"trail403/aggregate"
)

// seriesRow is a group in one interval. The group's own values are repeated on each of
// its rows, so only denials may be summed over rows.
type seriesRow struct {
	GroupID          string    `parquet:"group_id,dict"`                         // stable between runs
	Principal        string    `parquet:"principal,dict"`                        // who was denied, an ARN if there is one
	PrincipalType    string    `parquet:"principal_type,dict"`                   // role, user, root, federated-user, service, account, anonymous, unknown
	PrincipalAccount string    `parquet:"principal_account,dict"`                // 12 digits, or empty
	Action           string    `parquet:"action,dict"`                           // the IAM action that was missing: s3:GetObject
	Bucket           string    `parquet:"bucket,dict"`                           // empty for account-level calls
	BucketAccount    string    `parquet:"bucket_account,dict"`                   // 12 digits, or empty
	IntervalStart    time.Time `parquet:"interval_start,timestamp(microsecond)"` // trail403.window in the metadata has its length
	Denials          int64     `parquet:"denials"`                               // of the group in the interval
	GroupDenials     int64     `parquet:"group_denials"`                         // of the group in all intervals
	FirstSeen        time.Time `parquet:"first_seen,timestamp(microsecond)"`     // the group's first denial
	LastSeen         time.Time `parquet:"last_seen,timestamp(microsecond)"`      // the group's last denial
	Cause            string    `parquet:"cause,dict"`                            // the group's main cause, with the next three columns
	DeniedAction     string    `parquet:"denied_action,dict"`                    // the action that the message names, even kms:Decrypt
	PolicyARN        string    `parquet:"policy_arn,dict"`                       // if AWS gives it
	WhyNotTold       string    `parquet:"why_not_told,dict"`                     // set if the cause is not-told
	Trend            string    `parquet:"trend,dict"`                            // new, stopped, spike, rising, falling, steady, sporadic
	IncidentID       string    `parquet:"incident_id,dict"`                      // empty if the group is part of no incident
}

// seriesRows emits a row for each group and interval that is not zero, in the
// order of the groups.
func seriesRows(r *aggregate.Result, zeros bool) rows[seriesRow] {
	return func(emit func(seriesRow) error) error {
		for i := range r.Groups {
			g := &r.Groups[i]
			row := seriesRow{
				GroupID:          valid(g.ID),
				Principal:        valid(g.Principal),
				PrincipalType:    valid(g.PrincipalType),
				PrincipalAccount: valid(g.PrincipalAccount),
				Action:           valid(g.Action),
				Bucket:           valid(g.Bucket),
				BucketAccount:    valid(g.BucketAccount),
				GroupDenials:     int64(g.Denials),
				FirstSeen:        g.FirstSeen,
				LastSeen:         g.LastSeen,
				Trend:            string(g.Trend.Kind),
				IncidentID:       g.IncidentID,
			}
			if len(g.Causes) > 0 {
				c := &g.Causes[0]
				row.Cause, row.DeniedAction = valid(string(c.Cause)), valid(c.DeniedAction)
				row.PolicyARN, row.WhyNotTold = valid(c.PolicyARN), valid(c.WhyNotTold)
			}
			for p := range pointsOf(r, g, zeros) {
				row.IntervalStart, row.Denials = p.Start, int64(p.Denials)
				if err := emit(row); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// pointsOf returns the intervals of a group that are not zero, or all of the window.
func pointsOf(r *aggregate.Result, g *aggregate.Group, zeros bool) iter.Seq[aggregate.Point] {
	if !zeros {
		return slices.Values(g.Series)
	}
	return func(yield func(aggregate.Point) bool) {
		from, next := r.Window.Interval.Start(r.Window.From), 0
		for i := range r.Window.Intervals() {
			p := aggregate.Point{Start: from.Add(time.Duration(i) * time.Duration(r.Window.Interval))}
			if next < len(g.Series) && !g.Series[next].Start.After(p.Start) {
				p.Denials = g.Series[next].Denials
				next++
			}
			if !yield(p) {
				return
			}
		}
	}
}
