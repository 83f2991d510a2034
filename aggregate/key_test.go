package aggregate

import (
	"strings"
	"testing"

	"trail403/aggregate/evaluate"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
)

// A denial of KMS that does not name the key is judged by the only key that was seen for the
// bucket, and that is never certain.
func TestAssumedKey(t *testing.T) {
	const key, other = "arn:aws:kms:us-east-1:111122223333:key/1", "arn:aws:kms:us-east-1:111122223333:key/2"
	set := changed("10T10:00:00", "kms", "PutKeyPolicy", "key "+key)
	set.Documents = []event.Document{{Kind: event.ResourcePolicy, Of: set.Targets[0],
		Text: `{"Statement": [{"Sid": "No", "Effect": "Deny", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*"}]}`}}
	f := func(named string, uses []string, want evaluate.Relation) {
		t.Helper()
		s := NewShard(&Limits{}, false)
		for n := range 4 {
			d := byPolicy(n, "15T10:00:00")
			d.DeniedAction, d.KMSKey = "kms:Decrypt", named
			if err := s.Add(&d); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.AddChange(&set); err != nil {
			t.Fatal(err)
		}
		for _, k := range uses {
			s.AddKey(event.KeyUse{Bucket: "corp-data", Key: k})
		}
		s.Commit()
		window := Window{From: at("01T00:00:00"), To: at("30T00:00:00"), Interval: Day}
		r, err := Build([]*Shard{s}, &coverage.Coverage{}, Options{Window: window})
		if err != nil {
			t.Fatal(err)
		}
		list := r.Groups[0].Statements
		switch {
		case want == "" && len(list) == 0:
		case want == "" || len(list) != 1 || list[0].Matches != want || list[0].Denials != 4:
			t.Errorf("%q, %q: got %+v", named, uses, list)
		case want == evaluate.MayRefuse && (list[0].Unseen[0] != "Resource" || !strings.Contains(list[0].Why, "only one")):
			t.Errorf("%q: %+v", uses, list[0])
		}
		for _, in := range r.Incidents {
			if named == "" && in.Proof != nil {
				t.Errorf("%q: an assumed key proves something", uses)
			}
		}
	}
	f(key, nil, evaluate.Refuses)
	f("", nil, "")
	f("", []string{key}, evaluate.MayRefuse)
	f("", []string{key, other}, "")
	f("", []string{other}, "")
}
