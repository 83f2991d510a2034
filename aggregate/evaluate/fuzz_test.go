package evaluate

import (
	"testing"

	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// No document makes a decision panic, and decisions and explanations agree.
func FuzzDecide(f *testing.F) {
	f.Add([]byte(`{"Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}`), "s3:GetObject")
	f.Add([]byte(`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","NotAction":"s3:Put*","Resource":"arn:aws:s3:::corp-data/${aws:username}*"}}`), "")
	f.Fuzz(func(t *testing.T, text []byte, action string) {
		d, err := policydoc.Parse(text)
		if err != nil {
			return
		}
		r := requestOf(callerOf(home, "role"))
		r.Action = action
		for _, kind := range order {
			list := []Policy{{Kind: kind, On: "x", Document: d}}
			decision := Decide(r, &Policies{List: list, Complete: all})
			if decision.Allowed == policydoc.Unseen && len(decision.Unseen)+len(decision.Unread) == 0 {
				t.Errorf("%s: an unknown decision without a doubt", kind)
			}
			explicit := Explain(r, list, event.CauseOf(kind, event.Explicit), "")
			refuses := len(explicit.Findings) > 0 && explicit.Findings[0].Matches == Refuses
			if applies := r.subject(kind); applies && refuses != (decision.Effect == event.Explicit) {
				t.Errorf("%s: decided %+v and explained %+v", kind, decision, explicit)
			}
			if len(explicit.Findings) == 0 && explicit.Disagrees == "" {
				t.Errorf("%s: neither a statement nor a disagreement", kind)
			}
			for _, finding := range Explain(r, list, event.CauseOf(kind, event.Implicit), "").Findings {
				if finding.Why == "" || finding.Matches != Misses || finding.Statement.Effect != policydoc.Allow {
					t.Errorf("%s: %+v", kind, finding)
				}
			}
		}
	})
}
