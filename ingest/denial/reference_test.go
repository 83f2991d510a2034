package denial

import (
	"encoding/json"
	"hash/fnv"
	"strings"
	"time"

	"trail403/ingest/event"
	"trail403/ingest/message"
)

// reference reads a record with encoding/json, level by level: exact keys, the
// last duplicate wins. It is slow, plain and the judge. What a field means, given
// as text, it takes from the package; so the two must agree on every valid object.
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
	hash := fnv.New64a()
	hash.Write(record)

	request := refObject(refUnwrap(top["requestParameters"]))
	m := message.Parse(str("errorMessage"))
	d := event.Denial{
		EventID:         redact(str("eventID")),
		SharedEventID:   redact(str("sharedEventID")),
		OriginalEventID: redact(refText(refObject(refUnwrap(top["addendum"]))["originalEventID"])),
		Time:            at,
		Source:          redact(str("eventSource")),
		Name:            redact(str("eventName")),
		Region:          redact(str("awsRegion")),
		ErrorCode:       redact(str("errorCode")),
		Message:         redact(str("errorMessage")),
		Bucket:          redact(refText(request["bucketName"])),
		Key:             redact(refText(request["key"])),
		Recipient:       redact(str("recipientAccountId")),
		SourceIP:        redact(str("sourceIPAddress")),
		UserAgent:       redact(str("userAgent")),
		VPCEndpoint:     redact(str("vpcEndpointId")),
		Cause:           string(m.Cause),
		DeniedAction:    redact(m.Action),
		PolicyARN:       redact(m.PolicyARN),
		Fingerprint:     hash.Sum64(),
	}
	if d.Key == "" {
		d.Key = redact(refText(request["Key"]))
	}
	if d.Message == "" && d.ErrorCode == "VpceAccessDenied" {
		d.Cause = "vpce"
	}

	id := refIdentity(top["userIdentity"])
	p := id.principal(redact(m.Principal))
	d.Principal, d.PrincipalType, d.CallerAccount, d.HasARN = p.name, p.kind, p.account, isARN(id.arn)
	if id.account != "" {
		d.CallerAccount = id.account
	}

	facts := bucketOf(refResources(top["resources"]), d.Bucket)
	if d.Bucket == "" {
		d.Bucket = facts.bucket
	}
	if d.Bucket == "" {
		d.Bucket = redact(resourceBucket(m.Resource))
	}
	d.BucketAccount = facts.account
	network := str("eventCategory") == "NetworkActivity" || strings.HasPrefix(str("eventType"), "AwsVpceEvent")
	if d.BucketAccount == "" && id.kind == "AWSAccount" && isAccount(d.Recipient) && d.Recipient != id.account && !network {
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

func refIdentity(raw json.RawMessage) (id identity) {
	o := refObject(refUnwrap(raw))
	id.kind = refText(o["type"])
	id.arn = redact(refText(o["arn"]))
	id.principalID = refText(o["principalId"])
	id.invokedBy = redact(refText(o["invokedBy"]))
	issuer := refObject(refUnwrap(refObject(refUnwrap(o["sessionContext"]))["sessionIssuer"]))
	id.issuer = redact(refText(issuer["arn"]))
	account := refText(o["accountId"])
	switch strings.ToLower(account) {
	case "anonymous", "anonymous_principal":
		id.anonymous = true
	}
	if isAccount(account) {
		id.account = account
	}
	return id
}

func refResources(raw json.RawMessage) (all []resource) {
	for _, entry := range refArray(refUnwrap(raw)) {
		o := refObject(entry)
		arn := refText(o["ARN"])
		if arn == "" {
			arn = refText(o["ARNPrefix"])
		}
		_, hasAccount := o["accountId"]
		all = append(all, resource{refText(o["type"]), redact(resourceBucket(arn)), refText(o["accountId"]), hasAccount})
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
