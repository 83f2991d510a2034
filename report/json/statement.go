package json

import (
	"time"

	"trail403/aggregate"
	"trail403/ingest/arn"
	"trail403/ingest/event"
)

// StatementPlace says which statement of which policy document something is about.
type StatementPlace struct {
	Policy     string `json:"policy"`
	PolicyARN  string `json:"policy_arn"`
	Name       string `json:"policy_name"`
	AttachedTo string `json:"attached_to"`
	Sid        string `json:"sid"`
	Statement  int    `json:"statement"`
}

// Statement is a statement of a policy document that has to do with denials.
type Statement struct {
	StatementPlace
	Effect  string   `json:"effect"`
	Text    string   `json:"text"`
	Matches string   `json:"matches"`
	Why     string   `json:"why"`
	Unseen  []string `json:"unseen"`
	Denials int      `json:"denials"`
	// When the document held, if it is not from a change in the records; and whether AWS
	// returned it.
	Read *time.Time `json:"read_at"`
	Live bool       `json:"live"`
}

// Proof is the statement of the first change of an incident that denies its requests.
type Proof struct {
	Change string `json:"change"`
	StatementPlace
	Effect   string `json:"effect"`
	Text     string `json:"text"`
	IsNew    bool   `json:"new"`
	Explains int    `json:"explains"`
	Of       int    `json:"of"`
}

func statementsOf(list []aggregate.Statement) []Statement {
	out := []Statement{}
	for i := range list {
		s := &list[i]
		out = append(out, Statement{
			StatementPlace: placeOf(s), Effect: string(s.Effect), Text: s.Text, Matches: string(s.Matches),
			Why: s.Why, Unseen: orEmpty(s.Unseen), Denials: s.Denials, Live: s.File == event.FromAWS,
		})
		if !s.Read.IsZero() {
			out[len(out)-1].Read = &s.Read
		}
	}
	return out
}

func placeOf(s *aggregate.Statement) StatementPlace {
	policyARN, name := namesOf(s)
	return StatementPlace{string(s.Kind), policyARN, name, s.On, s.Sid, s.Number}
}

// namesOf tells the ARN of a policy from the name of an inline one.
func namesOf(s *aggregate.Statement) (policyARN, name string) {
	if arn.Valid(s.Name) {
		return s.Name, ""
	}
	return "", s.Name
}

func proofOf(r *aggregate.Result, in *aggregate.Incident) *Proof {
	p := in.Proof
	if p == nil {
		return nil
	}
	return &Proof{
		Change: r.Changes[in.Changes[0].Change].EventID, StatementPlace: placeOf(&p.Statement),
		Effect: string(p.Effect), Text: p.Text, IsNew: p.IsNew,
		Explains: p.Explained, Of: p.Of,
	}
}
