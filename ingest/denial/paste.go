package denial

import (
	"strings"

	"trail403/ingest/event"
	"trail403/ingest/field"
	"trail403/ingest/paste"
)

// A Pasted denial is one that people copied from where a program printed it.
type Pasted struct {
	event.Denial             // Name, Bucket and Key also from the text around the message
	RequestID, HostID string // as the text has them
	ACL               bool   // the request asks for an ACL
}

// OfText reads the denials in a text that people paste, in their order. A bare
// denial of another service is none.
func OfText(text string) []Pasted { return pasted(paste.Find(text), text) }

// OfJSON reads the denials in JSON that is not a record: what a program logged, or the
// answer of an SDK.
func OfJSON(raw []byte) []Pasted { return pasted(paste.FindJSON(raw), string(raw)) }

func pasted(found []paste.Finding, text string) []Pasted {
	var list []Pasted
	for i := range found {
		if p := pastedOf(&found[i]); !p.isBare() || found[i].Context.Operation == "" || p.Name != "" || ofS3(text) {
			list = append(list, p)
		}
	}
	return list
}

// isBare tells whether a denial says nothing but that.
func (p *Pasted) isBare() bool {
	return p.Cause == event.NotTold && p.Principal == "" && p.DeniedAction == ""
}

func pastedOf(f *paste.Finding) Pasted {
	c := &f.Context
	d := OfMessage(f.Text)
	d.Cause, d.ErrorCode = f.Message.Cause, f.Code
	if d.Cause != event.NotTold {
		d.WhyNotTold = ""
	}
	if d.Bucket == "" && f.Message.Resource == "" {
		d.Bucket, d.Key = field.Redact(c.Bucket), field.Redact(c.Key)
	}
	if isCall(c.Operation) {
		d.Name = c.Operation
		if d.Action == "" && d.Cause != event.NotAuthorization {
			d.Action = ActionOf("s3.amazonaws.com", c.Operation, d.Bucket != "", false)
		}
	}
	return Pasted{Denial: d, RequestID: field.Redact(c.RequestID), HostID: field.Redact(c.HostID), ACL: c.ACL}
}

func ofS3(text string) bool { return strings.Contains(text, "s3") || strings.Contains(text, "S3") }

// isCall tells whether a name is that of a call of S3.
func isCall(name string) bool {
	for _, scope := range [...]string{"", "bucket", "account"} {
		if _, ok := actions()[actionKey{name, scope}]; ok {
			return true
		}
	}
	return false
}
