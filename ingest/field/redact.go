package field

import "trail403/ingest/redact"

// Redact returns a text of a record without secrets. Object keys and messages can hold
// them, as when somebody pastes a key together with its query.
func Redact(s string) string { return redact.Text(s) }
