package policydoc

import (
	"errors"
	"testing"
)

// Nothing in a document makes the package panic, and no answer is more certain than
// the elements that it is made of.
func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Deny","Principal":{"AWS":"*"},"Action":"s3:*",
		"Resource":"arn:aws:s3:::b/${aws:username, 'x'}*","Condition":{"StringNotEqualsIfExists":{"aws:SourceVpce":["vpce-1"]}}}]}`))
	f.Add([]byte(`{"Statement":{"Effect":"Allow","NotPrincipal":{"AWS":"111122223333"},"NotAction":[],"NotResource":"x",
		"Condition":{"ForAllValues:DateLessThan":{"aws:CurrentTime":2020},"Null":{"k":true},"IpAddress":{"aws:SourceIp":"::/0"}}}}`))
	f.Add([]byte(`{"Statement":[{"Effect":"Allow","Action":"\u0000${*}${","Action":1}]}`))
	requests := []*Request{{}, {
		Action: "s3:GetObject", Resource: "arn:aws:s3:::b/k", Caller: session,
		Context: contextOf("aws:SourceVpce", "vpce-1", "aws:username", "-", "k", "1", "k", "2", "aws:CurrentTime", "2026-10-28T09:14:07Z"),
	}}
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := Parse(text)
		var typed *Error
		if err != nil {
			if !errors.As(err, &typed) || len(err.Error()) > 300 {
				t.Errorf("%T: %v", err, err)
			}
			return
		}
		if list, _ := Diff(d, d); list != nil {
			t.Errorf("the document differs from itself: %+v", list)
		}
		for i := range d.Statements {
			s := &d.Statements[i]
			if len(s.String()) > 3000 {
				t.Errorf("statement %d is printed in %d bytes", i+1, len(s.String()))
			}
			for _, r := range requests {
				m := s.Match(r)
				if (m.Truth() == Unseen) != (len(m.Unseen) > 0) || len(m.Conditions) != len(s.Conditions) {
					t.Errorf("statement %d: %+v", i+1, m)
				}
			}
		}
	})
}
