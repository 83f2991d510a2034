package denial

import "testing"

// The ids are found wherever records have them.
func TestIdentifiers(t *testing.T) {
	f := func(record, wantKey, wantID string) {
		t.Helper()
		if key, id := Identifiers([]byte(record)); key != wantKey || id != wantID {
			t.Errorf("%s: got %q and %q", record, key, id)
		}
	}
	f(`{"userIdentity":{"accessKeyId":"AKIAIOSFODNN7EXAMPLE"},"additionalEventData":{"x-amz-id-2":"a+b="}}`, "AKIAIOSFODNN7EXAMPLE", "a+b=")
	f(`{"userIdentity":"{\"accessKeyId\":\"AKIA\"}","additionalEventData":{"xAmzId2":"c"}}`, "AKIA", "c")
	f(`{"userIdentity":[]}`, "", "")
}
