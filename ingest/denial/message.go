package denial

import (
	"strings"

	"trail403/ingest/event"
	"trail403/ingest/message"
)

// OfMessage reads an error message that comes without its record, such as one
// that the AWS CLI printed. Principal, action and bucket follow the rules for
// records as far as the message goes; what it does not tell stays empty.
func OfMessage(text string) event.Denial {
	m := message.Parse(text) // redaction would make a cut message look whole
	p := principalOfMessage(redact(m.Principal))
	d := event.Denial{
		Message:       redact(text),
		Principal:     p.name,
		PrincipalType: p.kind,
		CallerAccount: p.account,
		HasARN:        isARN(p.name),
		Bucket:        redact(resourceBucket(m.Resource)),
		Cause:         string(m.Cause),
		DeniedAction:  redact(m.Action),
		PolicyARN:     redact(m.PolicyARN),
	}
	if namesS3Action(d.DeniedAction) {
		d.Action = d.DeniedAction
	}
	if m.Cause == message.NotTold {
		d.WhyNotTold = WhyUnknown
		if p.kind == "anonymous" || m.Principal == "" && m.Action == "" && strings.Contains(text, "Anonymous users cannot") {
			d.WhyNotTold = WhyAnonymous
		}
	}
	return d
}

// principalOfMessage names whom a message names. It is mostly an ARN; people
// replace it before they show a message to others.
func principalOfMessage(name string) principal {
	switch {
	case name == "":
		return principal{}
	case isARN(name):
		return principalOfARN(name)
	case strings.EqualFold(name, "anonymous"):
		return principal{name: "anonymous", kind: "anonymous"}
	case strings.HasSuffix(name, ".amazonaws.com"), strings.HasSuffix(name, ".amazonaws.com.cn"):
		return principal{name: name, kind: "service"}
	case isAccount(name):
		return principal{name: name, kind: "account", account: name}
	}
	return principal{name: name, kind: "unknown"}
}
