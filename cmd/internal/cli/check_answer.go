package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"trail403/aggregate/proposal"
	"trail403/ingest/coverage"
	"trail403/ingest/redact"
)

// checked is the answer of `trail403 check`.
type checked struct {
	result   *proposal.Result
	coverage *coverage.Coverage
	file, as string
}

// write writes the answer in a format.
func (a *checked) write(w io.Writer, format string) error {
	out := bufio.NewWriter(w)
	if format == "json" {
		if err := a.writeJSON(out); err != nil {
			return err
		}
	} else {
		a.writeText(lines{out})
	}
	return out.Flush()
}

// requests says how many requests there are.
func requests(n int) string {
	switch n {
	case 0:
		return "no requests"
	case 1:
		return "1 request"
	}
	return humanize.Comma(int64(n)) + " requests"
}

// capital returns a text with a capital at its start.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// outcomes are all that an answer is about, the most important first.
var outcomes = []proposal.Outcome{proposal.Refused, proposal.Allowed, proposal.Unknown}

// headings are what the groups of an outcome have above them.
var headings = map[proposal.Outcome]string{
	proposal.Refused: "Succeeded, and would have been denied",
	proposal.Allowed: "Were denied, and would have been allowed",
	proposal.Unknown: "Cannot be known",
}

// How much of the groups text has. JSON has everything.
const (
	shownGroups  = 25 // of each outcome
	shownReasons = 3  // of each group
)

// lines writes lines of text.
type lines struct{ w *bufio.Writer }

func (l lines) add(indent int, text string) {
	l.w.WriteString(strings.Repeat(" ", indent) + printable(text) + "\n")
}

// writeText writes the answer for people.
func (a *checked) writeText(l lines) {
	r := a.result
	l.add(0, fmt.Sprintf("With the policy in %s as %s, of %s that it is about:",
		shown(a.file, shownOfText), shown(a.as, shownOfText), requests(r.Concerned)))
	l.add(2, capital(requests(r.Refused))+" that succeeded would have been denied")
	l.add(2, capital(requests(r.Allowed))+" that were denied would have been allowed")
	l.add(2, capital(requests(r.Unknown))+" cannot be judged by what the log shows")
	l.add(0, "The logs hold "+requests(r.Requests)+" to S3. Copies of a request in several trails are counted there.")
	if r.Requests == 0 {
		l.add(0, "Requests for objects are only in trails with data events.")
	}
	for _, outcome := range outcomes {
		a.writeOutcome(l, outcome)
	}
}

// writeOutcome writes the groups of an outcome.
func (a *checked) writeOutcome(l lines, outcome proposal.Outcome) {
	n := 0
	for i := range a.result.Groups {
		g := &a.result.Groups[i]
		if g.Outcome != outcome {
			continue
		}
		if n == 0 {
			l.add(0, "")
			l.add(0, headings[outcome])
		}
		if n++; n <= shownGroups {
			writeGroup(l, g)
		}
	}
	if more := n - shownGroups; more > 0 {
		l.add(2, humanize.Comma(int64(more))+" more groups are not shown; --format json has all")
	}
}

func writeGroup(l lines, g *proposal.Group) {
	l.add(2, shown(g.Principal, shownOfText)+": "+shown(g.Action, shownOfText)+" on "+shown(g.Bucket, shownOfText))
	l.add(4, requests(g.Requests)+", "+g.First.Format(time.DateTime)+" to "+g.Last.Format(time.DateTime)+
		" UTC, the first is event "+shown(g.EventID, shownOfText))
	for n := range g.Reasons {
		if n == shownReasons {
			l.add(4, fmt.Sprintf("%d more reasons are not shown", len(g.Reasons)-n))
			break
		}
		l.add(4, requests(g.Reasons[n].Requests)+": "+reasonText(&g.Reasons[n]))
	}
}

// reasonText says why, with the statement that decides.
func reasonText(r *proposal.Reason) string {
	if r.Statement == 0 {
		return shown(r.Why, longText)
	}
	name := fmt.Sprintf("statement %d", r.Statement)
	if r.Sid != "" {
		name += " (" + shown(r.Sid, shownOfText) + ")"
	}
	return name + ": " + shown(r.Why, longText)
}

// jsonCheck is the answer for programs. Its fields are part of the interface.
type jsonCheck struct {
	Schema   string           `json:"schema"`
	Proposed jsonProposed     `json:"proposed"`
	Coverage jsonRead         `json:"coverage"`
	Totals   jsonOutcomes     `json:"totals"`
	Groups   []jsonCheckGroup `json:"groups"`
}

type jsonProposed struct {
	File string `json:"file"`
	As   string `json:"as"`
}

type jsonRead struct {
	Listed   int           `json:"objects_listed"`
	Read     int           `json:"objects_read"`
	Failed   int           `json:"objects_failed"`
	Requests int           `json:"s3_requests"`
	Failures []jsonFailure `json:"failures"`
}

type jsonFailure struct {
	Object string `json:"object"`
	Error  string `json:"error"`
}

type jsonOutcomes struct {
	Concerned int `json:"concerned"`
	Refused   int `json:"refused"`
	Allowed   int `json:"allowed"`
	Unknown   int `json:"unknown"`
}

type jsonCheckGroup struct {
	Outcome   string       `json:"outcome"`
	Principal string       `json:"principal"`
	Action    string       `json:"action"`
	Bucket    string       `json:"bucket"`
	Requests  int          `json:"requests"`
	Denied    int          `json:"denied"`
	FirstSeen string       `json:"first_seen"`
	LastSeen  string       `json:"last_seen"`
	EventID   string       `json:"event_id"`
	Key       string       `json:"key"`
	Reasons   []jsonReason `json:"reasons"`
}

type jsonReason struct {
	Statement int    `json:"statement"`
	Sid       string `json:"sid"`
	Why       string `json:"why"`
	Requests  int    `json:"requests"`
}

func (a *checked) writeJSON(w io.Writer) error {
	r, objects := a.result, &a.coverage.Objects
	j := jsonCheck{
		Schema: "trail403.check/1", Proposed: jsonProposed{a.file, a.as},
		Coverage: jsonRead{
			Listed: objects.Listed, Read: objects.Read, Failed: objects.Failed, Requests: r.Requests, Failures: []jsonFailure{},
		},
		Totals: jsonOutcomes{r.Concerned, r.Refused, r.Allowed, r.Unknown},
		Groups: []jsonCheckGroup{},
	}
	for _, f := range a.coverage.Failures {
		j.Coverage.Failures = append(j.Coverage.Failures, jsonFailure{f.Object, printable(f.Err.Error())})
	}
	for i := range r.Groups {
		g := &r.Groups[i]
		one := jsonCheckGroup{
			Outcome: string(g.Outcome), Principal: g.Principal, Action: g.Action, Bucket: g.Bucket,
			Requests: g.Requests, Denied: g.Denied, EventID: g.EventID, Key: g.Key,
			FirstSeen: g.First.Format(time.RFC3339), LastSeen: g.Last.Format(time.RFC3339),
		}
		for _, reason := range g.Reasons {
			one.Reasons = append(one.Reasons,
				jsonReason{reason.Statement, redact.Text(reason.Sid), redact.Text(reason.Why), reason.Requests})
		}
		j.Groups = append(j.Groups, one)
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(j); err != nil {
		return err
	}
	_, err := io.WriteString(w, escapeJSON(b.String()))
	return err
}
