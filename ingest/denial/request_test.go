package denial

import "testing"

// Request reads what S3 denied and what succeeded, and nothing else.
func TestRequest(t *testing.T) {
	const start = `{"eventTime":"2026-10-28T09:14:07Z","eventName":"GetObject","userIdentity":{"type":"IAMUser",` +
		`"arn":"arn:aws:iam::111122223333:user/mary"},"requestParameters":{"bucketName":"corp-data","key":"a.csv"},`
	tests := []struct {
		name, rest     string
		ok, isDenied   bool
		wantsCauseText string
	}{
		{name: "success", rest: `"eventSource":"s3.amazonaws.com"}`, ok: true},
		{name: "denied", rest: `"eventSource":"s3.amazonaws.com","errorCode":"AccessDenied","errorMessage":"Access Denied"}`,
			ok: true, isDenied: true, wantsCauseText: "not-told"},
		{name: "another error", rest: `"eventSource":"s3.amazonaws.com","errorCode":"NoSuchKey"}`},
		{name: "another service", rest: `"eventSource":"kms.amazonaws.com","x":"s3"}`},
		{name: "by itself", rest: `"eventSource":"s3.amazonaws.com","eventType":"AwsServiceEvent"}`},
		{name: "broken", rest: `"eventSource":"s3.amazonaws.com"`},
		{name: "an escape", rest: `"eventSource":"\u00733.amazonaws.com"}`, ok: true},
	}
	for _, tt := range tests {
		r, ok := NewDecoder().Request([]byte(start + tt.rest))
		if ok != tt.ok {
			t.Errorf("%s: ok is %v", tt.name, ok)
			continue
		}
		if !ok {
			continue
		}
		if r.Principal != "arn:aws:iam::111122223333:user/mary" || r.Action != "s3:GetObject" ||
			r.Bucket != "corp-data" || r.Key != "a.csv" {
			t.Errorf("%s: %+v", tt.name, r)
		}
		if (r.ErrorCode != "") != tt.isDenied || string(r.Cause) != tt.wantsCauseText {
			t.Errorf("%s: error code %q, cause %q", tt.name, r.ErrorCode, r.Cause)
		}
	}
	for _, text := range []string{"", "[]", "null", `{"eventSource":"s3.amazonaws.com"}`} {
		if _, ok := NewDecoder().Request([]byte(text)); ok {
			t.Errorf("%q is a request", text)
		}
	}
}
