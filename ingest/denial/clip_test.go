package denial

import (
	"strings"
	"testing"

	"trail403/ingest/field"
)

// Only the start of a huge message is read.
func TestHugeMessage(t *testing.T) {
	d, verdict, err := NewDecoder().Decode([]byte(`{"eventVersion":"1.11","eventTime":"2026-10-05T12:00:00Z","eventSource":"s3.amazonaws.com","errorCode":"AccessDenied","errorMessage":"` + strings.Repeat("x", 1<<20) + `"}`))
	if verdict != Denied || err != nil || d.Cause != "unrecognized" || len(d.Message) > field.MaxText {
		t.Errorf("%v, %v, %s, %d bytes", verdict, err, d.Cause, len(d.Message))
	}
}
