package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"trail403/ingest/envelope/flat"
	"trail403/ingest/event"
	"trail403/ingest/scan"
	"trail403/ingest/source"
)

type record = map[string]any

// drawnRecords returns records of all kinds of callers, calls and messages.
func drawnRecords(n int) (records []record) {
	draw := rand.New(rand.NewPCG(22, 6))
	for i := range n {
		bucket, key := fmt.Sprintf("bucket-%d", draw.IntN(5)), fmt.Sprintf("a b/%d, x=y/é\"q\"", draw.IntN(9))
		name := []string{"GetObject", "PutObject", "ListObjects", "GetBucketPolicy"}[draw.IntN(4)]
		r := record{
			"eventVersion": "1.11", "eventTime": fmt.Sprintf("2026-10-05T10:%02d:%02dZ", i/60%60, i%60),
			"eventSource": "s3.amazonaws.com", "eventName": name, "awsRegion": "eu-west-1",
			"sourceIPAddress": fmt.Sprintf("192.0.2.%d", draw.IntN(200)), "userAgent": "[aws-cli/2.31.0, x=y]",
			"requestParameters": record{"bucketName": bucket, "Host": bucket + ".s3.amazonaws.com", "key": key},
			"responseElements":  nil, "requestID": fmt.Sprintf("RQ%d", i), "eventID": fmt.Sprintf("event-%d", i), "readOnly": true,
			"eventType": "AwsApiCall", "managementEvent": name == "GetBucketPolicy", "recipientAccountId": "111122223333", "eventCategory": "Data",
			"resources": []any{record{"type": "AWS::S3::Object", "ARN": "arn:aws:s3:::" + bucket + "/" + key}, record{"accountId": "444455556666", "type": "AWS::S3::Bucket", "ARN": "arn:aws:s3:::" + bucket}},
		}
		role := fmt.Sprintf("role-%d", draw.IntN(4))
		caller := "arn:aws:sts::111122223333:assumed-role/" + role + "/session"
		switch draw.IntN(3) {
		case 0:
			r["userIdentity"] = record{"type": "AssumedRole", "principalId": "AROA:session", "arn": caller, "accountId": "111122223333", "sessionContext": record{
				"sessionIssuer": record{"type": "Role", "principalId": "AROA", "arn": "arn:aws:iam::111122223333:role/app/" + role, "accountId": "111122223333", "userName": role},
				"attributes":    record{"creationDate": "2026-10-05T08:00:00Z", "mfaAuthenticated": "false"}}}
		case 1:
			r["userIdentity"] = record{"type": "IAMUser", "principalId": "AIDA", "arn": "arn:aws:iam::111122223333:user/ana", "accountId": "111122223333", "userName": "ana"}
		case 2:
			r["userIdentity"] = record{"type": "AWSService", "invokedBy": "logging.s3.amazonaws.com"}
		}
		if draw.IntN(4) > 0 {
			r["errorCode"] = "AccessDenied"
			r["errorMessage"] = []string{"Access Denied", "User: " + caller + " is not authorized to perform: s3:" + name + ` on resource: "arn:aws:s3:::` + bucket +
				`" with an explicit deny in a service control policy: arn:aws:organizations::777788889999:policy/o-1/service_control_policy/p-1`}[draw.IntN(2)]
		}
		records = append(records, r)
	}
	return records
}

func toJSON(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSpace(b.String())
}

// asPairs writes a value as Athena writes a struct.
func asPairs(v any) string {
	var parts []string
	switch v := v.(type) {
	case record:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, strings.ToLower(key)+"="+asPairs(v[key]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		for _, e := range v {
			parts = append(parts, asPairs(e))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case nil:
		return "null"
	}
	return fmt.Sprint(v)
}

// dotted returns the members of an object and of those in it, with dots in their names.
func dotted(r record, prefix string) record {
	out := record{}
	for key, value := range r {
		if inner, ok := value.(record); ok {
			maps.Copy(out, dotted(inner, prefix+key+"."))
		} else {
			out[prefix+key] = value
		}
	}
	return out
}

// asCSV writes rows as comma-separated values.
func asCSV(rows []record) string {
	names := map[string]bool{}
	for _, r := range rows {
		for name := range r {
			names[name] = true
		}
	}
	columns := slices.Sorted(maps.Keys(names))
	out := strings.Join(columns, ",") + "\n"
	for _, r := range rows {
		var cells []string
		for _, name := range columns {
			switch v := r[name].(type) {
			case nil:
				cells = append(cells, "")
			case record, []any:
				cells = append(cells, inCSV(toJSON(v)))
			default:
				cells = append(cells, inCSV(fmt.Sprint(v)))
			}
		}
		out += strings.Join(cells, ",") + "\n"
	}
	return out
}

// lower returns a record as a row of Athena: with structs as pairs, and parameters as
// JSON.
func lower(r record) record {
	out := record{}
	for key, value := range r {
		switch key {
		case "userIdentity", "resources":
			value = asPairs(value)
		case "requestParameters":
			value = toJSON(value)
		}
		out[strings.ToLower(key)] = value
	}
	return out
}

// at returns the value at a path of a record, nil if there is none.
func at(r record, path ...string) any {
	for _, name := range path[:len(path)-1] {
		r, _ = r[name].(record)
	}
	return r[path[len(path)-1]]
}

func asOCSF(r record, version string) record {
	who := func(path ...string) any { return at(r, append([]string{"userIdentity"}, path...)...) }
	user := record{"type": who("type"), "uid": who("arn"), "uid_alt": who("principalId"), "account": record{"uid": who("accountId")}}
	unmapped := record{"recipientAccountId": r["recipientAccountId"], "managementEvent": fmt.Sprint(r["managementEvent"])}
	request := record{"uid": r["requestID"], "data": toJSON(r["requestParameters"])}
	if version == "1.0.0-rc.2" {
		user = record{"type": who("type"), "uuid": who("arn"), "uid": who("principalId"), "account_uid": who("accountId")}
		delete(request, "data")
		maps.Copy(unmapped, dotted(r["requestParameters"].(record), "requestParameters."))
	}
	var resources []any
	for _, v := range r["resources"].([]any) {
		e := v.(record)
		resources = append(resources, record{"uid": e["ARN"], "type": e["type"], "owner": record{"account": record{"uid": e["accountId"]}}})
	}
	return record{
		"class_uid": 6003, "time": r["eventTime"], "cloud": record{"region": r["awsRegion"], "provider": "AWS"},
		"metadata":     record{"version": version, "uid": r["eventID"], "event_code": r["eventType"], "product": record{"version": r["eventVersion"], "feature": record{"name": "Data"}}},
		"api":          record{"operation": r["eventName"], "service": record{"name": r["eventSource"]}, "request": request, "response": record{"error": r["errorCode"], "message": r["errorMessage"]}},
		"actor":        record{"user": user, "invoked_by": who("invokedBy"), "session": record{"issuer": who("sessionContext", "sessionIssuer", "arn")}},
		"src_endpoint": record{"ip": r["sourceIPAddress"]}, "http_request": record{"user_agent": r["userAgent"]},
		"resources": resources, "unmapped": unmapped,
	}
}

func asSentinel(r record) record {
	who := func(path ...string) any { return at(r, append([]string{"userIdentity"}, path...)...) }
	return record{
		"TimeGenerated [UTC]": r["eventTime"], "EventVersion": r["eventVersion"], "EventSource": r["eventSource"], "EventName": r["eventName"],
		"EventTypeName": r["eventType"], "AwsEventId": r["eventID"], "UserIdentityType": who("type"), "UserIdentityArn": who("arn"),
		"UserIdentityAccountId": who("accountId"), "UserIdentityPrincipalid": who("principalId"), "UserIdentityInvokedBy": who("invokedBy"),
		"SessionIssuerArn": who("sessionContext", "sessionIssuer", "arn"), "ErrorCode": r["errorCode"], "ErrorMessage": r["errorMessage"],
		"AWSRegion": r["awsRegion"], "SourceIpAddress": r["sourceIPAddress"], "UserAgent": r["userAgent"],
		"RequestParameters": toJSON(r["requestParameters"]), "Resources": toJSON(r["resources"]), "RecipientAccountId": r["recipientAccountId"], "ManagementEvent": r["managementEvent"],
	}
}

func asElastic(r record) record {
	who := func(path ...string) any { return at(r, append([]string{"userIdentity"}, path...)...) }
	return record{
		"@timestamp": r["eventTime"], "event": record{"action": r["eventName"], "provider": r["eventSource"], "id": r["eventID"]},
		"cloud": record{"region": r["awsRegion"], "account": record{"id": who("accountId")}}, "user": record{"id": who("principalId")},
		"source": record{"address": r["sourceIPAddress"]}, "user_agent": record{"original": r["userAgent"]},
		"aws": record{"cloudtrail": record{
			"event_version": r["eventVersion"], "error_code": r["errorCode"], "error_message": r["errorMessage"], "recipient_account_id": r["recipientAccountId"],
			"flattened": record{"request_parameters": r["requestParameters"]}, "resources": r["resources"],
			"user_identity": record{"type": who("type"), "arn": who("arn"), "invoked_by": who("invokedBy"), "session_context": record{"session_issuer": record{"arn": who("sessionContext", "sessionIssuer", "arn")}}},
		}},
	}
}

func asHistory(r record) record {
	return record{
		"User name": "ana", "AWS access key": "", "Event time": r["eventTime"], "Event source": r["eventSource"], "Event name": r["eventName"],
		"AWS region": r["awsRegion"], "Source IP address": r["sourceIPAddress"], "User agent": r["userAgent"], "Error code": r["errorCode"],
		"Resources":  toJSON([]any{record{"resourceType": "AWS::S3::Bucket", "resourceName": at(r, "requestParameters", "bucketName")}}),
		"Request ID": r["requestID"], "Event ID": r["eventID"], "Event type": r["eventType"], "Recipient Account Id": r["recipientAccountId"],
	}
}

// mapped returns records as each flattened shape has them, in its own kinds of files.
func mapped(records []record) map[string]string {
	all := func(wrap func(record) record) (out []record) {
		for _, r := range records {
			out = append(out, wrap(r))
		}
		return out
	}
	lines := func(rows []record) string {
		var out strings.Builder
		for _, r := range rows {
			out.WriteString(toJSON(r) + "\n")
		}
		return out.String()
	}
	ocsf := func(version string) func(record) record {
		return func(r record) record { return asOCSF(r, version) }
	}
	var insights []any
	for _, r := range records {
		var row []any
		for key, value := range dotted(r, "") {
			if _, isList := value.([]any); !isList && value != nil {
				row = append(row, record{"field": key, "value": fmt.Sprint(value)})
			}
		}
		insights = append(insights, row)
	}
	return map[string]string{
		"query: Athena":    asCSV(all(lower)),
		"query: Lake":      `{"QueryStatus":"FINISHED","QueryResultRows":` + toJSON(lakeRows(all(lower))) + `}`,
		"query: dotted":    lines(all(func(r record) record { return dotted(r, "") })),
		"query: Insights":  `{"results":` + toJSON(insights) + `}`,
		"ocsf 1.0.0-rc.2":  lines(all(ocsf("1.0.0-rc.2"))),
		"ocsf 1.1.0":       lines(all(ocsf("1.1.0"))),
		"ocsf in CSV":      asCSV(all(ocsf("1.1.0"))),
		"sentinel":         asCSV(all(asSentinel)),
		"sentinel in JSON": lines(all(asSentinel)),
		"elastic":          lines(all(asElastic)),
		"event-history":    asCSV(all(asHistory)),
	}
}

func lakeRows(rows []record) (out []any) {
	for _, r := range rows {
		var row []any
		for key, value := range r {
			if value != nil {
				row = append(row, record{key: fmt.Sprint(value)})
			}
		}
		out = append(out, row)
	}
	return out
}

// essence is what must be the same of a denial in every shape.
func essence(d *event.Denial, shape string) string {
	if strings.HasPrefix(shape, string(flat.History)) { // neither a message nor an ARN, nor more than a bucket
		return fmt.Sprint(d.EventID, d.Time, d.Source, d.Name, d.Region, d.ErrorCode, d.Recipient, d.SourceIP, d.UserAgent, d.Bucket)
	}
	account, why := d.BucketAccount, d.WhyNotTold
	if shape == "query: Insights" { // selects no lists, so nothing tells whose the bucket is
		account, why = "", ""
	}
	return fmt.Sprint(d.EventID, d.Time, d.Source, d.Name, d.Region, d.ErrorCode, d.Recipient, d.SourceIP, d.UserAgent, d.Message, d.Cause,
		d.DeniedAction, d.PolicyARN, d.Principal, d.PrincipalType, d.Action, d.Bucket, d.Key, account, why)
}

// denialsOf returns the denials of an object that has so many records.
func denialsOf(t *testing.T, content string, records int) []event.Denial {
	t.Helper()
	c, denials := runOnce(t, Options{}, 1, []source.Source{memory{"x": content}})
	if c.Objects.Read != 1 || c.Records.Seen != records {
		t.Errorf("%s: %v", result(c), c.Failures)
	}
	return denials
}

func sameDenials(t *testing.T, shape string, got, want []event.Denial) {
	t.Helper()
	differ := 0
	for i := range min(len(got), len(want)) {
		if g, w := essence(&got[i], shape), essence(&want[i], shape); g != w {
			if differ++; differ < 3 {
				t.Errorf("%s:\n got %s\nwant %s", shape, g, w)
			}
		}
	}
	if len(got) != len(want) || differ > 0 {
		t.Errorf("%s: %d denials, of which %d differ, want %d", shape, len(got), differ, len(want))
	}
}

// The same records give the same denials in every flattened shape and in every wrapper,
// apart from what the shape does not carry.
func TestFlattenedShapes(t *testing.T) {
	records := drawnRecords(200)
	want := denialsOf(t, `{"Records":`+toJSON(records)+`}`, len(records))
	if len(want) < 100 {
		t.Fatalf("%d denials", len(want))
	}
	for shape, content := range mapped(records) {
		sameDenials(t, shape, denialsOf(t, content, len(records)), want)
		c, _ := run(t, Options{}, memory{"x": content})
		if len(c.Flattened) != 1 || !strings.HasPrefix(shape, string(c.Flattened[0].Shape)) {
			t.Errorf("%s: %v", shape, c.Flattened)
		}
	}
	var texts []string
	for _, r := range records {
		texts = append(texts, toJSON(r))
	}
	for name, content := range collected(texts) {
		sameDenials(t, name, denialsOf(t, content, len(records)), want)
	}
}

// Events of other clouds are not CloudTrail.
func TestForeignOCSF(t *testing.T) {
	r := drawnRecords(1)[0]
	r["eventSource"] = "storage.googleapis.com"
	c, _ := run(t, Options{}, memory{"x": toJSON(asOCSF(r, "1.1.0"))})
	if got := result(c); got != "1 not-cloudtrail" {
		t.Errorf("got %s", got)
	}
}

// Whatever is mapped is a JSON object, and nothing panics.
func FuzzFlatten(f *testing.F) {
	for _, content := range mapped(drawnRecords(2)) {
		line, _, _ := strings.Cut(content, "\n")
		f.Add(line)
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, text string) {
		record, _, ok := flat.Record([]byte(text))
		if ok && json.Valid([]byte(text)) && (!json.Valid(record) || scan.IsEmpty(record)) {
			t.Errorf("%q became %q", text, record)
		}
		sink := &collector{}
		sources := []source.Source{memory{"x": text}}
		c, err := Run(context.Background(), sources, Options{Workers: 1}, func() Sink { return sink })
		if err != nil {
			t.Fatal(err)
		}
		addsUp(t, c, len(sink.denials))
	})
}
