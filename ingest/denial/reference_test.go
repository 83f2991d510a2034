package denial

import (
	"encoding/json"
	"strings"
	"time"

	"trail403/ingest/arn"
	"trail403/ingest/condition"
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/identity"
	"trail403/ingest/message"
)

// reference reads a record with encoding/json, level by level: exact keys, the
// last duplicate wins. It is slow, plain and the judge. What a field means, given
// as text, it takes from the package, so the two must agree on every valid object.
func reference(record []byte) (event.Denial, Verdict) {
	top := refObject(record)
	str := func(key string) string { return refText(top[key]) }
	codes := map[string]bool{}
	for _, c := range DefaultErrorCodes() {
		codes[c] = true
	}
	if !codes[str("errorCode")] || !isS3(str("eventSource")) {
		return event.Denial{}, NotDenied
	}
	at, err := time.Parse(time.RFC3339, str("eventTime"))
	at = at.UTC()
	if err != nil || at.Year() < 2000 || at.Year() > 2999 {
		return event.Denial{}, Malformed
	}
	request := refObject(refUnwrap(top["requestParameters"]))
	m := message.Parse(str("errorMessage"))
	d := event.Denial{
		EventID:         field.Redact(str("eventID")),
		SharedEventID:   field.Redact(str("sharedEventID")),
		OriginalEventID: field.Redact(refText(refObject(refUnwrap(top["addendum"]))["originalEventID"])),
		Time:            at,
		Source:          field.Redact(str("eventSource")),
		Name:            field.Redact(str("eventName")),
		Region:          field.Redact(str("awsRegion")),
		ErrorCode:       field.Redact(str("errorCode")),
		Message:         field.Redact(str("errorMessage")),
		Bucket:          field.Redact(refText(request["bucketName"])),
		Key:             field.Redact(refText(request["key"])),
		Recipient:       field.Redact(str("recipientAccountId")),
		SourceIP:        field.Redact(str("sourceIPAddress")),
		UserAgent:       field.Redact(str("userAgent")),
		VPCEndpoint:     field.Redact(str("vpcEndpointId")),
		Context:         condition.Read(record),
		RequestID:       field.Redact(str("requestID")),
		Cause:           m.Cause,
		DeniedAction:    field.Redact(m.Action),
		PolicyARN:       field.Redact(m.PolicyARN),
		Fingerprint:     field.Fingerprint(record),
	}
	if d.Key == "" {
		d.Key = field.Redact(refText(request["Key"]))
	}
	if d.Message == "" && d.ErrorCode == "VpceAccessDenied" {
		d.Cause = "vpce"
	}

	id := refIdentity(top["userIdentity"])
	p := id.Principal(field.Redact(m.Principal))
	d.Principal, d.PrincipalType, d.CallerAccount = p.Name, p.Kind, p.Account
	d.CallerARN, d.HasARN = id.ARN, arn.Valid(id.ARN)
	if id.Account != "" {
		d.CallerAccount = id.Account
	}
	if d.Session = id.Session(); d.Session == "" {
		d.Session = identity.SessionOf(field.Redact(m.Principal))
	}

	facts := bucketOf(refResources(top["resources"]), d.Bucket)
	if d.Bucket == "" {
		d.Bucket = facts.bucket
	}
	if d.Bucket == "" {
		d.Bucket = field.Redact(arn.Bucket(m.Resource))
	}
	d.BucketAccount = facts.account
	network := str("eventCategory") == "NetworkActivity" || strings.HasPrefix(str("eventType"), "AwsVpceEvent")
	if d.BucketAccount == "" && id.Type == "AWSAccount" && arn.IsAccount(d.Recipient) && d.Recipient != id.Account && !network {
		d.BucketAccount = d.Recipient
	}

	d.Action = d.DeniedAction
	if service, name, _ := strings.Cut(d.Action, ":"); !strings.HasPrefix(service, "s3") || name == "" {
		d.Action = ActionOf(d.Source, d.Name, d.Bucket != "", refText(request["versionId"]) != "")
	}
	if d.Cause == "not-told" {
		d.WhyNotTold = whyNotTold(&d, facts)
	}
	return d, Denied
}

func refIdentity(raw json.RawMessage) (id identity.Identity) {
	o := refObject(refUnwrap(raw))
	id.Type = refText(o["type"])
	id.ARN = field.Redact(refText(o["arn"]))
	id.PrincipalID = refText(o["principalId"])
	id.InvokedBy = field.Redact(refText(o["invokedBy"]))
	issuer := refObject(refUnwrap(refObject(refUnwrap(o["sessionContext"]))["sessionIssuer"]))
	id.Issuer = field.Redact(refText(issuer["arn"]))
	account := refText(o["accountId"])
	switch strings.ToLower(account) {
	case "anonymous", "anonymous_principal":
		id.Anonymous = true
	}
	if arn.IsAccount(account) {
		id.Account = account
	}
	return id
}

func refResources(raw json.RawMessage) (all []resource) {
	for _, entry := range refArray(refUnwrap(raw)) {
		o := refObject(entry)
		name := refText(o["ARN"])
		if name == "" {
			name = refText(o["ARNPrefix"])
		}
		_, hasAccount := o["accountId"]
		all = append(all, resource{refText(o["type"]), field.Redact(arn.Bucket(name)), refText(o["accountId"]), hasAccount})
	}
	return all
}

func refObject(raw json.RawMessage) (members map[string]json.RawMessage) {
	json.Unmarshal(raw, &members)
	return members
}

func refArray(raw json.RawMessage) (elements []json.RawMessage) {
	json.Unmarshal(raw, &elements)
	return elements
}

// refText is the rule of text.
func refText(raw json.RawMessage) string {
	if elements := refArray(raw); len(elements) > 0 {
		raw = elements[0]
	}
	var v any
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.UseNumber()
	dec.Decode(&v)
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// refUnwrap is the rule of unwrap.
func refUnwrap(raw json.RawMessage) json.RawMessage {
	var s string
	if json.Unmarshal(raw, &s) == nil && json.Valid([]byte(s)) {
		return json.RawMessage(s)
	}
	return raw
}
