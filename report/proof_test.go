package report

import (
	"bytes"
	stdcsv "encoding/csv"
	"testing"

	"trail403/aggregate"
	"trail403/ingest/coverage"
	"trail403/report/parquet"
)

// The tables name the first statement of a group and the proof of an incident, and say
// nothing where there is none.
func TestStatementColumns(t *testing.T) {
	st := aggregate.Statement{
		Kind: "resource", On: "corp-data", Sid: "No", Number: 2, Effect: "Deny", Matches: "refuses", Denials: 5,
	}
	inline := st
	inline.Kind, inline.Name, inline.Sid = "identity", "guard", ""
	managed := st
	managed.Name = "arn:aws:iam::111122223333:policy/guard"
	window := aggregate.Window{From: date(2026, 10, 1), To: date(2026, 10, 2), Interval: aggregate.Hour}
	r := result(window, []aggregate.Group{
		{ID: "g-1", Statements: []aggregate.Statement{st, inline}},
		{ID: "g-2"},
		{ID: "g-3", Statements: []aggregate.Statement{inline}},
	}, coverage.Coverage{})
	proof := &aggregate.Proof{Statement: managed, Explained: 4, Of: 6}
	r.Incidents = []aggregate.Incident{{ID: "i-1"}, {ID: "i-2", Proof: proof}}
	check := func(table parquet.Table, row int, want map[string]string) {
		t.Helper()
		lines, err := stdcsv.NewReader(bytes.NewReader(write(t, CSV, r, Options{Table: table}))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for i, name := range lines[0] {
			got[name] = lines[row][i]
		}
		for name, value := range want {
			if v, ok := got[name]; !ok || v != value {
				t.Errorf("row %d: %s is %q, want %q", row, name, v, value)
			}
		}
	}
	check(parquet.Groups, 1, map[string]string{
		"statement_matches": "refuses", "statement_policy": "resource", "statement_attached_to": "corp-data",
		"statement_sid": "No", "statement": "2", "statement_denials": "5",
	})
	check(parquet.Groups, 2, map[string]string{"statement_matches": "", "statement": "", "statement_denials": ""})
	check(parquet.Groups, 3, map[string]string{"statement_policy_name": "guard", "statement_policy_arn": ""})
	check(parquet.Incidents, 1, map[string]string{
		"proof_policy": "", "proof_statement": "", "proof_explains": "", "proof_of": "",
	})
	check(parquet.Incidents, 2, map[string]string{
		"proof_policy": "resource", "proof_policy_arn": managed.Name, "proof_policy_name": "", "proof_statement": "2",
		"proof_explains": "4", "proof_of": "6",
	})
}
