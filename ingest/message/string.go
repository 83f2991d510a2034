package message

import (
	"strings"

	"trail403/ingest/event"
)

// String returns the text in which AWS tells the parts of m, on one line.
// Parse of that text gives the same parts. What is not a part is lost: which
// text was not recognized, where it was cut, what a program printed around it.
func (m Message) String() string {
	if m.Principal == "" && m.Action == "" && m.Resource == "" || m.Principal == "" && m.Cause == event.AccessGrants {
		switch m.Cause {
		case event.NotTold:
			return "Access Denied"
		case event.Unrecognized:
			return string(event.Unrecognized)
		case event.AccessGrants:
			return "You do not have READ permissions to the requested S3 Prefix: " + m.Resource
		}
		for i := range fixedTexts {
			if fixedTexts[i].cause == m.Cause {
				return fixedTexts[i].text
			}
		}
	}
	var b strings.Builder
	b.WriteString("User")
	if m.Principal != "" {
		b.WriteString(": " + m.Principal)
	}
	b.WriteString(" is not authorized to perform:")
	if m.Action != "" {
		b.WriteString(" " + m.Action)
	}
	if m.Resource != "" {
		b.WriteString(` on resource: "` + m.Resource + `"`)
	}
	m.writeReason(&b)
	return b.String()
}

func (m Message) writeReason(b *strings.Builder) {
	p := policyOf(m.Cause.Policy())
	switch m.Cause.Effect() {
	case event.Implicit:
		b.WriteString(" because no " + p.words + " allows the ")
		if m.Action != "" {
			b.WriteString(m.Action + " ")
		}
		b.WriteString("action")
		return
	case event.Explicit:
		b.WriteString(" with an explicit deny")
		if p != nil {
			b.WriteString(" in " + p.article + " " + p.words)
		}
		if m.PolicyARN != "" {
			b.WriteString(": " + m.PolicyARN)
		}
		return
	}
	switch m.Cause {
	case event.BlockPublicACLs:
		b.WriteString(" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.")
	case event.BlockPublicPolicy:
		b.WriteString(" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.")
	case event.SSECBlocked:
		b.WriteString(" because " + sseC + " (SSE-C). Please specify a different server-side encryption type")
	case event.KMSKey:
		b.WriteString(" because " + kms)
	case event.ObjectLock:
		b.WriteString(" because " + lock)
	case event.Truncated:
		b.WriteString(" because")
	case event.Unrecognized:
		b.WriteString(" because of a reason that is not known")
	}
}
