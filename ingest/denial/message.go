package denial

import (
	"strings"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/identity"
	"trail403/ingest/message"
)

// OfMessage reads an error message that comes without its record, such as one
// that the AWS CLI printed. Principal, action and bucket follow the rules for
// records as far as the message goes. What it does not tell stays empty.
func OfMessage(text string) event.Denial {
	m := message.Parse(text) // redaction would make a cut message look complete
	p := principalOfMessage(field.Redact(m.Principal))
	d := event.Denial{
		Message:       field.Redact(text),
		Principal:     p.Name,
		PrincipalType: p.Kind,
		CallerAccount: p.Account,
		HasARN:        arn.Valid(p.Name),
		Bucket:        field.Redact(arn.Bucket(m.Resource)),
		Cause:         m.Cause,
		DeniedAction:  field.Redact(m.Action),
		PolicyARN:     field.Redact(m.PolicyARN),
	}
	if namesS3Action(d.DeniedAction) {
		d.Action = d.DeniedAction
	}
	if m.Cause == event.NotTold {
		d.WhyNotTold = WhyUnknown
		if p.Kind == "anonymous" || m.Principal == "" && m.Action == "" && strings.Contains(text, "Anonymous users cannot") {
			d.WhyNotTold = WhyAnonymous
		}
	}
	return d
}

// principalOfMessage names whom a message names. That is usually an ARN, but
// people replace it before they show a message to others.
func principalOfMessage(name string) identity.Principal {
	switch {
	case name == "":
		return identity.Principal{}
	case arn.Valid(name):
		return identity.OfARN(name)
	case strings.EqualFold(name, "anonymous"):
		return identity.Principal{Name: "anonymous", Kind: "anonymous"}
	case strings.HasSuffix(name, ".amazonaws.com"), strings.HasSuffix(name, ".amazonaws.com.cn"):
		return identity.Principal{Name: name, Kind: "service"}
	case arn.IsAccount(name):
		return identity.Principal{Name: name, Kind: "account", Account: name}
	}
	return identity.Principal{Name: name, Kind: "unknown"}
}
