package events

import (
	"time"

	"trail403/ingest/identity"
	"trail403/ingest/message"
)

// column is a value of an event that programs get.
type column struct {
	name string
	of   func(e *Event) string
}

// columns are those of JSON Lines and CSV, in their order. docs/events.md describes them.
var columns = []column{
	{"event_time", func(e *Event) string { return e.Time.UTC().Format(time.RFC3339) }},
	{"event_id", func(e *Event) string { return e.EventID }},
	{"request_id", func(e *Event) string { return e.RequestID }},
	{"group_id", func(e *Event) string { return e.GroupID }},
	{"incident_id", func(e *Event) string { return e.IncidentID }},
	{"principal", func(e *Event) string { return e.Principal }},
	{"principal_type", func(e *Event) string { return e.PrincipalType }},
	{"principal_account", func(e *Event) string { return identity.AccountOf(e.Principal) }},
	{"caller_arn", func(e *Event) string { return e.CallerARN }},
	{"session", func(e *Event) string { return e.Session }},
	{"action", func(e *Event) string { return e.Action }},
	{"bucket", func(e *Event) string { return e.Bucket }},
	{"bucket_account", func(e *Event) string { return e.BucketAccount }},
	{"key", func(e *Event) string { return e.Key }},
	{"event_source", func(e *Event) string { return e.Source }},
	{"event_name", func(e *Event) string { return e.Name }},
	{"region", func(e *Event) string { return e.Region }},
	{"source_ip", func(e *Event) string { return e.SourceIP }},
	{"user_agent", func(e *Event) string { return e.UserAgent }},
	{"vpc_endpoint", func(e *Event) string { return e.VPCEndpoint }},
	{"recipient_account", func(e *Event) string { return e.Recipient }},
	{"error_code", func(e *Event) string { return e.ErrorCode }},
	{"message", func(e *Event) string { return e.Message }},
	{"cause", func(e *Event) string { return string(e.Cause) }},
	{"denied_action", func(e *Event) string { return e.DeniedAction }},
	{"policy_arn", func(e *Event) string { return e.PolicyARN }},
	{"why_not_told", func(e *Event) string { return e.WhyNotTold }},
	{"authorization_id", func(e *Event) string { return message.AuthorizationOf(e.Message).ID }},
	{"credentials", func(e *Event) string { return e.Context.Kind() }},
	{"tls_version", func(e *Event) string { return e.Context.TLSVersion }},
	{"authentication", func(e *Event) string { return e.Context.AuthenticationType }},
	{"object", func(e *Event) string { return e.Object }},
}
