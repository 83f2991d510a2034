package denial

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"trail403/ingest/field"
)

// Odd shapes never lose a denial.
func TestOddShapes(t *testing.T) {
	odd := []string{
		"", "null", "true", "0", "-1.5e3", `""`, `"text"`, `"{"`, `"{\"x\":1}"`, `"[]"`, "[]", "[null]", `[["a"]]`, `[{}]`, "{}", `{"":null}`, `{"type":7,"arn":[],"accountId":1.0}`,
	}
	for _, name := range []string{
		"eventVersion", "userIdentity", "eventName", "awsRegion", "sourceIPAddress", "userAgent", "errorMessage", "requestParameters",
		"additionalEventData", "eventID", "sharedEventID", "resources", "eventType", "recipientAccountId", "eventCategory", "vpcEndpointId", "addendum",
	} {
		for _, value := range odd {
			decode(t, record(name, value))
		}
	}
	for _, value := range odd { // all at once
		changes := []string{"errorMessage", value, "eventName", value}
		for _, name := range []string{"userIdentity", "requestParameters", "resources"} {
			changes = append(changes, name, value)
		}
		decode(t, record(changes...))
	}
}

func TestOddValues(t *testing.T) {
	d := decode(t, record(
		"requestParameters", `{"Host":["h.s3.amazonaws.com"],"bucketName":["b"],"key":12.0}`,
		"sourceIPAddress", `["10.0.0.1","10.0.0.2"]`, "recipientAccountId", `111122223333`, "eventName", "", "errorMessage", "7"))
	if d.Bucket != "b" || d.Key != "12.0" || d.SourceIP != "10.0.0.1" || d.Recipient != "111122223333" || d.Action != "unknown" || d.Name != "" || d.Message != "7" {
		t.Errorf("got %+v", d)
	}
	d = decode(t, record("errorCode", `["AccessDenied"]`, "eventSource", `["s3.amazonaws.com"]`))
	if d.ErrorCode != "AccessDenied" || d.Source != "s3.amazonaws.com" {
		t.Errorf("got %+v", d)
	}
	d = decode(t, bytes.ReplaceAll(record("userAgent", `"`+"a\xffb"+`"`), []byte("corp-data"), []byte(`corp\u002ddata`)))
	if d.UserAgent != "a�b" || d.Bucket != "corp-data" {
		t.Errorf("got %+v", d)
	}
}

// Keys count as encoding/json reads them: with escapes, exact case, the last duplicate.
func TestKeys(t *testing.T) {
	f := func(want Verdict, old, new string) {
		t.Helper()
		_, got, err := NewDecoder().Decode([]byte(strings.Replace(string(record()), old, new, 1)))
		if got != want || err != nil {
			t.Errorf("%s: got %d, %v, want %d", new, got, err, want)
		}
	}
	const key = `"errorCode":"AccessDenied"`
	f(Denied, key, `"\u0065rrorCode":"AccessDenied"`)
	f(Denied, key, `"error\u0043ode":"AccessDenied"`)
	f(Denied, key, `"\u0065\u0072\u0072\u006F\u0072\u0043\u006f\u0064\u0065":"\u0041ccessDenied"`)
	f(Denied, key, `"errorCod\u0065" : "AccessDenied"`)
	f(Denied, `"s3.amazonaws.com"`, `"\u00733.amazonaws.com"`)
	f(Denied, `"eventSource"`, `"\u0065ventSource"`)
	f(Denied, key, `"errorCode":null,"errorCode":"AccessDenied"`)
	f(Denied, key, `"errorCode":"NoSuchKey","\u0065rrorCode":"AccessDenied"`)
	f(NotDenied, key, `"errorCode":"AccessDenied","errorCode":null`)
	f(NotDenied, key, `"errorCode":"AccessDenied","\u0065rrorCode":"NoSuchKey"`)
	f(NotDenied, key, `"errorcode":"AccessDenied"`)
	f(NotDenied, key, `"ErrorCode":"AccessDenied"`)
	f(NotDenied, key, `"\\u0065rrorCode":"AccessDenied"`)
	f(NotDenied, key, `"x":{"errorCode":"AccessDenied"}`)
	f(NotDenied, key, `"x":"\"errorCode\":\"AccessDenied\""`)
	f(NotDenied, key, `"x\":1,\"errorCode":"AccessDenied"`)
}

func TestEventTime(t *testing.T) {
	f := func(in string, want time.Time) {
		t.Helper()
		d, verdict, err := NewDecoder().Decode(record("eventTime", in))
		if verdict != Denied || err != nil || !d.Time.Equal(want) || d.Time.Location() != time.UTC {
			t.Errorf("%s: got %v, %d, %v, want %v", in, d.Time, verdict, err, want)
		}
	}
	at := func(nanoseconds int) time.Time { return time.Date(2026, 10, 28, 9, 14, 7, nanoseconds, time.UTC) }
	f(`"2026-10-28T09:14:07Z"`, at(0))
	f(`"2026-10-28T11:14:07+02:00"`, at(0))
	f(`"2026-10-27T23:14:07-10:00"`, at(0))
	f(`"2026-10-28T09:14:07.123456789Z"`, at(123456789))
	f(`"2026-10-28T09:14:07.5+00:00"`, at(500000000))
	f(`"2000-01-01T00:00:00Z"`, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC))
	f(`["2026-10-28T09:14:07Z"]`, at(0))
	f(`"2026-10-28T09:14:07\u005a"`, at(0))
	for _, in := range []string{
		"", "null", `""`, `"soon"`, `"2026-10-28"`, `"2026-10-28 09:14:07"`, `"2026-10-28T09:14:07"`, `"2026-02-30T09:14:07Z"`, `"2026-10-28T25:14:07Z"`,
		`"0000-01-01T00:00:00Z"`, `"0000-12-31T23:59:59-23:00"`, `"9999-12-31T23:59:59Z"`, `"9999-12-31T23:59:59-23:59"`, `"1999-12-31T23:59:59Z"`,
		`"12026-10-28T09:14:07Z"`, `"-2026-10-28T09:14:07Z"`, `" 2026-10-28T09:14:07Z"`, `1793178847`, `1793178847.0`, `{}`, `[]`, `[["2026-10-28T09:14:07Z"]]`, `true`,
	} {
		if d, verdict, err := NewDecoder().Decode(record("eventTime", in)); verdict != Malformed || err != nil || d.EventID != "" {
			t.Errorf("%s: got %d, %v, %+v", in, verdict, err, d)
		}
		if _, verdict, _ := NewDecoder().Decode(record("eventTime", in, "errorCode", "")); verdict != NotDenied {
			t.Errorf("%s of no denial: got %d", in, verdict)
		}
	}
}

// A record that cannot be read is an error where it may be a denial.
func TestSyntax(t *testing.T) {
	f := func(want error, record string) {
		t.Helper()
		if _, got, err := NewDecoder().Decode([]byte(record)); got == Denied || !errors.Is(err, want) {
			t.Errorf("%.1500s: got %d, %v", record, got, err)
		}
	}
	whole := string(record())
	for _, broken := range []string{
		strings.Replace(whole, `"reader"`, `"read`+"\n"+`er"`, 1),
		strings.Replace(whole, `"eventCategory":"Data"`, `"eventCategory":Data`, 1),
		strings.Replace(whole, `"awsRegion":`, `"awsRegion" `, 1), // before the error code
		strings.Replace(whole, `"eventSource":"s3.amazonaws.com"`, `"eventSource":"s3.amazonaws.com\q"`, 1),
		strings.Replace(whole, `"AccessDenied"`, `"AccessDenied\q"`, 1),
		strings.Replace(whole, `:0.0`, `:0.`, 1),
		strings.TrimSuffix(whole, "}") + ",}",
		whole + "}",
		whole[:len(whole)-1],
	} {
		if broken != whole {
			f(field.ErrSyntax, broken)
		}
	}
	f(nil, `{"eventSource":"ec2.amazonaws.com","x":tru}`)
	f(nil, `{"errorCode":"NoSuchKey","eventSource":"s3.amazonaws.com","x":tru}`)
	f(field.ErrSyntax, `{"errorCode":`)
	f(field.ErrSyntax, `{errorCode`)
	f(field.ErrSyntax, `{"\u0065rrorCode`)
	f(nil, `{`)
}

// Values that nest deeply or repeat cost no more than their length.
func TestHostileNesting(t *testing.T) {
	lists := strings.Repeat("[", 9000) + `"` + strings.Repeat("x", 1<<20) + `"` + strings.Repeat("]", 9000)
	objects := strings.Repeat(`{"a":`, 9000) + "1" + strings.Repeat("}", 9000)
	for _, name := range []string{"userIdentity", "requestParameters", "resources", "eventName", "addendum", "errorMessage"} {
		decode(t, record(name, lists))
		decode(t, record(name, objects))
	}
}
