package parquet

import (
	"time"

	"trail403/aggregate"
	"trail403/ingest/event"
	"trail403/ingest/identity"
	"trail403/ingest/message"
	"trail403/ingest/redact"
)

// denialRow is one denial. Strings are empty if the record does not have them.
type denialRow struct {
	EventID          string    `parquet:"event_id,plain"`                    // CloudTrail's eventID
	EventTime        time.Time `parquet:"event_time,timestamp(microsecond)"` // CloudTrail's eventTime
	GroupID          string    `parquet:"group_id,dict"`                     // of principal, action and bucket
	Principal        string    `parquet:"principal,dict"`                    // who was denied, an ARN if there is one
	PrincipalType    string    `parquet:"principal_type,dict"`               // role, user, root, federated-user, service, account, anonymous, unknown
	PrincipalAccount string    `parquet:"principal_account,dict"`            // 12 digits, or empty
	Action           string    `parquet:"action,dict"`                       // the IAM action that was missing: s3:GetObject
	Bucket           string    `parquet:"bucket,dict"`                       // empty for account-level calls
	BucketAccount    string    `parquet:"bucket_account,dict"`               // 12 digits, or empty
	Key              string    `parquet:"key,plain"`                         // of the S3 object
	EventSource      string    `parquet:"event_source,dict"`                 // s3.amazonaws.com
	EventName        string    `parquet:"event_name,dict"`                   // the API call: GetObject
	Region           string    `parquet:"region,dict"`                       // CloudTrail's awsRegion
	SourceIP         string    `parquet:"source_ip,dict"`                    // an address, or a service's name
	UserAgent        string    `parquet:"user_agent,dict"`                   // as the caller gave it
	VPCEndpoint      string    `parquet:"vpc_endpoint,dict"`                 // vpce-…, if the call came through one
	RecipientAccount string    `parquet:"recipient_account,dict"`            // the account whose trail has the record
	ErrorCode        string    `parquet:"error_code,dict"`                   // AccessDenied
	Message          string    `parquet:"message,plain"`                     // CloudTrail's errorMessage
	Cause            string    `parquet:"cause,dict"`                        // what the message says, with the next three columns
	DeniedAction     string    `parquet:"denied_action,dict"`                // the action that the message names, even kms:Decrypt
	PolicyARN        string    `parquet:"policy_arn,dict"`                   // if AWS gives it
	WhyNotTold       string    `parquet:"why_not_told,dict"`                 // set if the cause is not-told
	RequestID        string    `parquet:"request_id,plain"`                  // that S3 gave the request
	IncidentID       string    `parquet:"incident_id,dict"`                  // empty if the group is part of no incident
	CallerARN        string    `parquet:"caller_arn,dict"`                   // CloudTrail's userIdentity.arn: of the session, not of its role
	Session          string    `parquet:"session,dict"`                      // the name of the caller's session, or empty
	Object           string    `parquet:"object,dict"`                       // the CloudTrail file that holds the record
	AuthorizationID  string    `parquet:"authorization_id,plain"`            // that AWS gave the decision, at the end of the message
	Credentials      string    `parquet:"credentials,dict"`                  // their kind, such as presigned; empty if unknown
	TLSVersion       string    `parquet:"tls_version,dict"`                  // TLSv1.3
	Authentication   string    `parquet:"authentication,dict"`               // AuthHeader, QueryString
}

// Denial is a denial as its row has it. Its texts are hostile.
type Denial struct {
	*event.Denial
	GroupID, IncidentID string
	// Object is the name of the object that holds the record, without secrets.
	Object string
}

// denialsOf walks the denials of a result.
func denialsOf(r *aggregate.Result) rows[*Denial] {
	return func(emit func(*Denial) error) error {
		incidents := map[string]string{}
		for i := range r.Groups {
			incidents[r.Groups[i].ID] = r.Groups[i].IncidentID
		}
		for d := range r.Denials() {
			id := aggregate.GroupID(d.Principal, d.Action, d.Bucket)
			if err := emit(&Denial{d, id, incidents[id], redact.Text(d.Place.Object.Name)}); err != nil {
				return err
			}
		}
		return nil
	}
}

// denialRows emits a row for each denial, in their order.
func denialRows(denials rows[*Denial]) rows[denialRow] {
	return func(emit func(denialRow) error) error {
		return denials(func(d *Denial) error { return emit(rowOf(d)) })
	}
}

func rowOf(d *Denial) denialRow {
	return denialRow{
		EventID:          valid(d.EventID),
		EventTime:        d.Time,
		GroupID:          d.GroupID,
		Principal:        valid(d.Principal),
		PrincipalType:    valid(d.PrincipalType),
		PrincipalAccount: identity.AccountOf(d.Principal),
		Action:           valid(d.Action),
		Bucket:           valid(d.Bucket),
		BucketAccount:    valid(d.BucketAccount),
		Key:              valid(d.Key),
		EventSource:      valid(d.Source),
		EventName:        valid(d.Name),
		Region:           valid(d.Region),
		SourceIP:         valid(d.SourceIP),
		UserAgent:        valid(d.UserAgent),
		VPCEndpoint:      valid(d.VPCEndpoint),
		RecipientAccount: valid(d.Recipient),
		ErrorCode:        valid(d.ErrorCode),
		Message:          valid(d.Message),
		Cause:            valid(string(d.Cause)),
		DeniedAction:     valid(d.DeniedAction),
		PolicyARN:        valid(d.PolicyARN),
		WhyNotTold:       valid(d.WhyNotTold),
		RequestID:        valid(d.RequestID),
		IncidentID:       d.IncidentID,
		CallerARN:        valid(d.CallerARN),
		Session:          valid(d.Session),
		Object:           valid(d.Object),
		AuthorizationID:  message.AuthorizationOf(d.Message).ID,
		Credentials:      d.Context.Kind(),
		TLSVersion:       valid(d.Context.TLSVersion),
		Authentication:   valid(d.Context.AuthenticationType),
	}
}
