package main

import "time"

// An event is a call of another service. Most events are changes that a story needs.
type event struct {
	at     time.Time
	who    identity
	source string // "iam" for iam.amazonaws.com
	name   string
	region string
	params any
	reply  any
	fails  failure
	reads  bool
	extra  object // further fields, before eventType
	target []object
}

// other adds the record of a call of another service and returns its event id.
func (s *story) other(e event) string {
	d := s.draw
	if e.region == "" {
		e.region = east // where the global services record their events
	}
	from := pick(d, e.who.clients...)
	o := obj(
		"eventVersion", d.eventVersion(),
		"userIdentity", e.who.userIdentity(e.at),
		"eventTime", e.at.Format(time.RFC3339),
		"eventSource", e.source+".amazonaws.com",
		"eventName", e.name,
		"awsRegion", e.region,
		"sourceIPAddress", from.ip,
		"userAgent", from.agent,
	)
	if e.fails.code != "" {
		o = append(o, member{"errorCode", e.fails.code}, member{"errorMessage", e.fails.message})
	}
	o = append(o,
		member{"requestParameters", e.params},
		member{"responseElements", e.reply},
	)
	o = append(o, e.extra...)
	o = append(o, member{"requestID", d.uuid()}, member{"eventID", d.uuid()}, member{"readOnly", e.reads})
	if e.target != nil {
		o = o.with("resources", e.target)
	}
	recipient := e.who.account
	if e.who.kind == "AWSService" {
		recipient = appAccount
	}
	o = append(o,
		member{"eventType", "AwsApiCall"},
		member{"managementEvent", true},
		member{"recipientAccountId", recipient},
		member{"eventCategory", "Management"},
	)
	if from.ip != from.agent { // services show no TLS
		host := e.source + "." + e.region + ".amazonaws.com"
		if e.source == "iam" {
			host = "iam.amazonaws.com"
		}
		o = o.with("tlsDetails", obj("tlsVersion", "TLSv1.3", "cipherSuite", "TLS_AES_128_GCM_SHA256", "clientProvidedHostHeader", host))
	}
	return s.add(e.at, recipient, e.region, o, nil)
}

// policyText is a policy document as text, as most services log it.
func policyText(statements ...object) string {
	return string(encode(obj("Version", "2012-10-17", "Statement", statements)))
}
