package parquet

import (
	"time"

	"trail403/aggregate"
)

// changeRow is an access change that a group or an incident refers to.
type changeRow struct {
	EventID     string    `parquet:"event_id,plain"`                    // CloudTrail's eventID
	EventTime   time.Time `parquet:"event_time,timestamp(microsecond)"` // CloudTrail's eventTime
	EventSource string    `parquet:"event_source,dict"`                 // iam.amazonaws.com
	EventName   string    `parquet:"event_name,dict"`                   // PutBucketPolicy
	Actor       string    `parquet:"actor,dict"`                        // who called
	Session     string    `parquet:"session,dict"`                      // often a person
	Account     string    `parquet:"account,dict"`                      // in which the change was made
	SourceIP    string    `parquet:"source_ip,dict"`                    // an address, or a service's name
	TargetType  string    `parquet:"target_type,dict"`                  // of the main target
	Target      string    `parquet:"target,dict"`                       // the main target
}

// changeRows emits a row for each change, in order of time.
func changeRows(r *aggregate.Result) rows[changeRow] {
	return func(emit func(changeRow) error) error {
		for i := range r.Changes {
			c := &r.Changes[i]
			row := changeRow{
				EventID: valid(c.EventID), EventTime: c.Time, EventSource: valid(c.Source), EventName: valid(c.Name),
				Actor: valid(c.Actor), Session: valid(c.Session), Account: valid(c.Account), SourceIP: valid(c.SourceIP),
			}
			if len(c.Targets) > 0 {
				row.TargetType, row.Target = valid(c.Targets[0].Type), valid(c.Targets[0].Name)
			}
			if err := emit(row); err != nil {
				return err
			}
		}
		return nil
	}
}
