package main

import "time"

// The key of finance-exports, and another one whose changes are not related to it.
const (
	financeKey = "arn:aws:kms:us-east-1:" + dataAccount + ":key/5f2b6c1e-9d3a-4f70-8b15-2c7d90e4a6b8"
	archiveKey = "arn:aws:kms:us-east-1:" + dataAccount + ":key/0c1d2e3f-4a5b-4c6d-8e7f-90a1b2c3d4e5"
)

// keyPolicyIncident plants groups that jump and do not start: the key denied four
// groups on finance-exports now and then all along, and eight times as often after the
// change of its key policy on October 26 11:00.
//
// Decoys: the policy of another key, changed forty minutes before by the same
// administrator, and a failed call on this key just before.
func (g *generator) keyPolicyIncident() {
	s := g.story("key-policy", "four groups on finance-exports jump to eight times their baseline after a change of its key policy")
	s.pattern, s.onset = "key", on(26, 11, 3, 27)
	changed, first := on(26, 11, 0, 9), s.onset

	s.decoys = append(s.decoys,
		s.putKeyPolicy(on(26, 10, 21, 37), archiveKey, failure{}, keyAdmins()),
		s.putKeyPolicy(on(26, 10, 55, 2), financeKey, failure{"MalformedPolicyDocumentException", "Policy contains a statement with one or more invalid principals."}, keyAdmins()))
	s.changes = append(s.changes, s.putKeyPolicy(changed, financeKey, failure{}, keyAdmins()))

	encrypted := obj("x-amz-server-side-encryption", "aws:kms", "x-amz-server-side-encryption-aws-kms-key-id", financeKey)
	decrypt := key("kms-key", "kms:Decrypt", onCiphertext, keyUnavailable)
	generate := key("kms-key", "kms:GenerateDataKey", onKey, keyUnavailable)
	generate.resource = financeKey
	for _, h := range []habit{
		{who: ledger, api: "GetObject", bucket: financeExports, keys: daily("ledger/", "journal", ".csv")},
		{who: ledger, api: "PutObject", bucket: financeExports, keys: daily("ledger/", "journal", ".csv"), params: encrypted},
		{who: dashboard, api: "GetObject", bucket: financeExports, keys: named("summary/today.json", "summary/month.json")},
		{who: settlement, api: "PutObject", bucket: financeExports, keys: daily("settlements/", "run", ".json"), params: encrypted},
	} {
		why := decrypt
		if h.api == "PutObject" {
			why = generate
		}
		const past = 1.5
		s.repeat(h, s.draw.times(windowStart, changed, 3, machine, nil), nil)
		s.repeat(h, s.draw.times(windowStart, changed, past, machine, nil), &why)
		s.repeat(h, []time.Time{first}, &why)
		s.repeat(h, s.draw.times(first.Add(time.Minute), windowEnd, 8*past, machine, nil), &why)
		first = first.Add(time.Duration(15+s.draw.IntN(400)) * time.Second)
	}
}

// endpointPolicyIncident plants a VPC endpoint whose policy was narrowed on October 23
// 15:00. Only the network activity trail of the endpoint's owner shows it. One of the
// three callers is from another account and therefore has no ARN.
func (g *generator) endpointPolicyIncident() {
	s := g.story("endpoint-policy", "a VPC endpoint policy denies three callers; only network activity events show it")
	s.pattern, s.onset = "endpoint", on(23, 15, 2, 51)
	s.changes = append(s.changes, s.putEndpointPolicy(on(23, 15, 0, 4), "s3:GetObject", webAssets.arn()+"/*"))

	s.network(s.onset, reader, "GetObject", bucket{})
	for _, t := range s.draw.times(on(23, 15, 3, 0), on(25, 18, 0, 0), 5, machine, nil) {
		s.network(t, reader, "GetObject", bucket{})
	}
	for _, t := range s.draw.times(on(23, 15, 10, 0), on(25, 18, 0, 0), 5, machine, nil) {
		s.network(t, ingest, "PutObject", customerUploadsEast)
	}
	for _, t := range s.draw.times(on(23, 15, 12, 0), on(25, 18, 0, 0), 4, machine, nil) {
		s.network(t, spark, "ListObjects", bucket{})
	}
}

// customerUploadsEast is the copy of customer-uploads in the endpoint's Region.
var customerUploadsEast = bucket{"customer-uploads-replica", appAccount, east}

// network adds a network activity event. AWS's samples have no request parameters. Some
// have the bucket's name.
func (s *story) network(at time.Time, who identity, name string, b bucket) {
	caller, principal := who.userIdentity(at), who.principal()
	if who.account != appAccount {
		caller, principal = who.seenByOwner(), who.account+":"+who.uniqueID()
	}
	o := obj(
		"eventVersion", "1.09",
		"userIdentity", caller,
		"eventTime", at.Format(time.RFC3339),
		"eventSource", "s3.amazonaws.com",
		"eventName", name,
		"awsRegion", east,
		"sourceIPAddress", pick(s.draw, "10.20.14.201", "10.20.31.7"),
		"errorCode", "VpceAccessDenied",
		"errorMessage", "The request was denied due to a VPC endpoint policy",
	)
	if b.name != "" {
		o = o.with("requestParameters", obj("bucketName", b.name, "key", "inbox/"+s.draw.text(6, alphanumerics)+".bin"))
	}
	o = append(o,
		member{"requestID", s.draw.uuid()},
		member{"eventID", s.draw.uuid()},
		member{"eventType", "AwsVpceEvent"},
		member{"recipientAccountId", appAccount},
		member{"sharedEventID", s.draw.uuid()},
		member{"vpcEndpointId", appEndpoint},
		member{"vpcEndpointAccountId", appAccount},
		member{"eventCategory", "NetworkActivity"},
	)
	s.add(at, appAccount, east, o, &denial{at: at, principal: principal, action: apis[name].action, bucket: b.name, cause: "vpce"})
	s.last().folder = "CloudTrail-NetworkActivity"
}
