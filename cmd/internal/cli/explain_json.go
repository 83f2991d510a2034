package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"trail403/ingest/arn"
	"trail403/ingest/event"
	"trail403/ingest/message"
	"trail403/ingest/redact"
)

// jsonAnswer is an answer for programs. Its fields are part of the interface.
type jsonAnswer struct {
	Principal     string   `json:"principal"`
	PrincipalType string   `json:"principal_type"`
	Action        string   `json:"action"`
	DeniedAction  string   `json:"denied_action"`
	Resource      string   `json:"resource"`
	Bucket        string   `json:"bucket"`
	Cause         string   `json:"cause"`
	Policy        string   `json:"policy"`
	Effect        string   `json:"effect"`
	PolicyARN     string   `json:"policy_arn"`
	WhyNotTold    string   `json:"why_not_told"`
	Meaning       string   `json:"meaning"`
	NextSteps     []string `json:"next_steps"`

	// AuthorizationID is only there if the message has one.
	AuthorizationID string `json:"authorization_id,omitempty"`

	*jsonPolicies
}

// jsonPolicies is what the files of --policies say. Without them, an answer has none of
// its fields.
type jsonPolicies struct {
	Statements []jsonStatement `json:"statements"`
	Disagrees  string          `json:"disagrees"`
	Fetch      []jsonFetch     `json:"fetch"`
}

// jsonStatement is a statement that has to do with the denial.
type jsonStatement struct {
	Policy    string   `json:"policy"`
	PolicyARN string   `json:"policy_arn"`
	File      string   `json:"file"`
	Sid       string   `json:"sid"`
	Statement int      `json:"statement"`
	Effect    string   `json:"effect"`
	Matches   string   `json:"matches"`
	Why       string   `json:"why"`
	Unseen    []string `json:"unseen"`
	Live      bool     `json:"live"` // AWS returned the policy, and there is no file
}

// jsonFetch is a command that fetches a policy that may be missing.
type jsonFetch struct {
	Account string `json:"account"`
	Command string `json:"command"`
}

// policiesOf returns what the policies say, nil if there are none.
func policiesOf(a *answer) *jsonPolicies {
	if !a.looked {
		return nil
	}
	j := &jsonPolicies{Statements: []jsonStatement{}, Disagrees: a.explained.Disagrees, Fetch: []jsonFetch{}}
	for i := range a.explained.Findings {
		f := &a.explained.Findings[i]
		// An escape in a document can hide a secret until the document is read.
		one := jsonStatement{
			Policy: policyTitle(f.Policy), File: f.Policy.File, Sid: redact.Text(f.Statement.Sid), Statement: f.Statement.Number,
			Effect: string(f.Statement.Effect), Matches: string(f.Matches), Why: redact.Text(f.Why),
			Unseen: append([]string{}, f.Unseen...),
		}
		if one.Live = f.Policy.File == event.FromAWS; one.Live {
			one.File = ""
		}
		if arn.Valid(f.Policy.Name) {
			one.PolicyARN = f.Policy.Name
		}
		j.Statements = append(j.Statements, one)
	}
	for _, f := range a.fetches() {
		j.Fetch = append(j.Fetch, jsonFetch(f))
	}
	return j
}

func writeJSONAnswer(w io.Writer, a *answer) error {
	d := &a.denial
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(jsonAnswer{
		Principal: d.Principal, PrincipalType: d.PrincipalType, Action: d.Action, DeniedAction: d.DeniedAction,
		Resource: a.resource, Bucket: d.Bucket, Cause: string(d.Cause), Policy: string(d.Cause.Policy()), Effect: string(d.Cause.Effect()),
		PolicyARN: d.PolicyARN, WhyNotTold: d.WhyNotTold,
		Meaning: a.advice.Meaning, NextSteps: append([]string{}, a.advice.NextSteps...),
		AuthorizationID: message.AuthorizationOf(d.Message).ID,
		jsonPolicies:    policiesOf(a),
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, escapeJSON(b.String()))
	return err
}

// escapeJSON replaces characters that act on a terminal by JSON escapes, which
// programs read as the same text. In JSON, they can only occur within strings.
func escapeJSON(s string) string {
	hostile := func(c rune) bool { return c > 0x7e && !unicode.IsPrint(c) }
	if !strings.ContainsFunc(s, hostile) {
		return s
	}
	var b strings.Builder
	for _, c := range s {
		switch {
		case !hostile(c):
			b.WriteRune(c)
		case c > 0xffff: // as a surrogate pair
			c -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+c>>10, 0xdc00+c&0x3ff)
		default:
			fmt.Fprintf(&b, `\u%04x`, c)
		}
	}
	return b.String()
}
