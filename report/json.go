package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"
	"unicode"

	"trail403/aggregate"
	"trail403/ingest"
)

// Schema names the JSON report and its version; docs/report-format.md describes
// every field. Fields are added, but not renamed or removed, within a version.
const Schema = "trail403.report/1"

type jsonWindow struct {
	From     *time.Time `json:"from"`
	To       *time.Time `json:"to"`
	Interval string     `json:"interval"`
}

type jsonCoverage struct {
	Objects struct {
		Listed  int            `json:"listed"`
		Read    int            `json:"read"`
		Skipped map[string]int `json:"skipped"`
		Failed  int            `json:"failed"`
	} `json:"objects"`
	Records struct {
		Seen          int `json:"seen"`
		Kept          int `json:"kept"`
		NotS3Denied   int `json:"not_s3_denied"`
		Duplicate     int `json:"duplicate"`
		OutsideWindow int `json:"outside_window"`
		Excluded      int `json:"excluded"`
		Malformed     int `json:"malformed"`
	} `json:"records"`
	Bytes struct {
		Compressed   int64 `json:"compressed"`
		Decompressed int64 `json:"decompressed"`
	} `json:"bytes"`
	Pruned     []string      `json:"pruned"`
	Gaps       []string      `json:"gaps"`
	Exclusions []string      `json:"exclusions"`
	Failures   []jsonFailure `json:"failures"`
}

type jsonFailure struct {
	Object string `json:"object"`
	Error  string `json:"error"`
}

type jsonTotals struct {
	Denials    int `json:"denials"`
	Groups     int `json:"groups"`
	Principals int `json:"principals"`
	Buckets    int `json:"buckets"`
}

type jsonGroup struct {
	ID               string         `json:"id"`
	Principal        string         `json:"principal"`
	PrincipalType    string         `json:"principal_type"`
	PrincipalAccount string         `json:"principal_account"`
	Action           string         `json:"action"`
	Bucket           string         `json:"bucket"`
	BucketAccount    string         `json:"bucket_account"`
	Denials          int            `json:"denials"`
	FirstSeen        time.Time      `json:"first_seen"`
	LastSeen         time.Time      `json:"last_seen"`
	EventNames       map[string]int `json:"event_names"`
	Causes           []jsonCause    `json:"causes"`
	Series           []jsonPoint    `json:"series"`
	Hints            []string       `json:"hints"`
	Examples         []jsonExample  `json:"examples"`
}

type jsonCause struct {
	Cause        string `json:"cause"`
	DeniedAction string `json:"denied_action"`
	PolicyARN    string `json:"policy_arn"`
	WhyNotTold   string `json:"why_not_told"`
	Denials      int    `json:"denials"`
}

type jsonPoint struct {
	Start   time.Time `json:"start"`
	Denials int       `json:"denials"`
}

type jsonExample struct {
	EventID   string    `json:"event_id"`
	EventTime time.Time `json:"event_time"`
	ErrorCode string    `json:"error_code"`
	Message   string    `json:"message"`
	Key       string    `json:"key"`
}

// writeJSON writes one member of the report a line and one group a line, so that
// a large report can be searched and compared with tools for lines, and is never
// held whole in memory.
func writeJSON(w io.Writer, r *aggregate.Result) error {
	out := &jsonWriter{w: bufio.NewWriter(w)}
	out.print("{")
	out.member("schema", Schema)
	out.member("window", windowOf(r))
	out.member("coverage", coverageOf(r))
	out.member("totals", jsonTotals(r.Totals))
	out.list("policies", nil)
	out.list("groups", func(yield func(any) bool) {
		for i := range r.Groups {
			if !yield(groupOf(&r.Groups[i])) {
				return
			}
		}
	})
	out.list("incidents", nil)
	out.list("changes", nil)
	out.member("warnings", orEmpty(r.Warnings))
	out.print("}\n")
	if out.err != nil {
		return out.err
	}
	return out.w.Flush()
}

// jsonWriter remembers the first error, so that one check at the end is enough.
type jsonWriter struct {
	w       *bufio.Writer
	err     error
	members int
}

func (j *jsonWriter) print(s string) {
	if j.err == nil {
		_, j.err = j.w.WriteString(s)
	}
}

func (j *jsonWriter) name(name string) {
	if j.members++; j.members > 1 {
		j.print(",\n ")
	}
	j.print(`"` + name + `": `)
}

func (j *jsonWriter) value(v any) {
	text, err := json.Marshal(v)
	if err != nil && j.err == nil {
		j.err = err
	}
	j.print(string(escapeJSON(text)))
}

func (j *jsonWriter) member(name string, v any) {
	j.name(name)
	j.value(v)
}

func (j *jsonWriter) list(name string, values iter.Seq[any]) {
	j.name(name)
	j.print("[")
	n := 0
	if values != nil {
		for v := range values {
			if n++; n > 1 {
				j.print(",")
			}
			j.print("\n  ")
			j.value(v)
		}
	}
	j.print("]")
}

// escapeJSON writes characters that change how a terminal shows the text as
// escapes. In marshalled JSON they can only stand within strings.
func escapeJSON(text []byte) []byte {
	hostile := func(c rune) bool { return c > 0x7e && isHostile(c) }
	if !slices.ContainsFunc([]rune(string(text)), hostile) {
		return text
	}
	var out []byte
	for _, c := range string(text) {
		switch {
		case !hostile(c):
			out = append(out, string(c)...)
		case c > 0xffff: // as a surrogate pair
			c -= 0x10000
			out = fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+c>>10, 0xdc00+c&0x3ff)
		default:
			out = fmt.Appendf(out, `\u%04x`, c)
		}
	}
	return out
}

// isHostile says whether a character acts on what stands around it instead of
// showing itself: control characters, which move a terminal's cursor, and format
// characters, which turn the direction of text round or are not seen at all.
// https://trojansource.codes
func isHostile(c rune) bool {
	return unicode.IsControl(c) || unicode.In(c, unicode.Cf, unicode.Zl, unicode.Zp)
}

func windowOf(r *aggregate.Result) jsonWindow {
	w := jsonWindow{Interval: r.Window.Interval.String()}
	if !r.Window.From.IsZero() {
		w.From = &r.Window.From
	}
	if !r.Window.To.IsZero() {
		w.To = &r.Window.To
	}
	return w
}

func coverageOf(r *aggregate.Result) jsonCoverage {
	c := &r.Coverage
	var out jsonCoverage
	out.Objects.Listed, out.Objects.Read, out.Objects.Failed = c.Objects.Listed, c.Objects.Read, c.Objects.Failed
	out.Objects.Skipped = map[string]int{}
	for _, reason := range ingest.Reasons() {
		out.Objects.Skipped[string(reason)] = c.Objects.Skipped[reason]
	}
	out.Records.Seen, out.Records.Kept, out.Records.NotS3Denied = c.Records.Seen, c.Records.Kept, c.Records.NotS3Denied
	out.Records.Duplicate, out.Records.OutsideWindow = c.Records.Duplicate, c.Records.OutsideWindow
	out.Records.Excluded, out.Records.Malformed = c.Records.Excluded, c.Records.Malformed
	out.Bytes.Compressed, out.Bytes.Decompressed = c.Bytes.Compressed, c.Bytes.Decompressed
	out.Pruned, out.Gaps, out.Exclusions = orEmpty(c.Pruned), []string{}, []string{}
	out.Failures = []jsonFailure{}
	for _, f := range c.Failures {
		out.Failures = append(out.Failures, jsonFailure(f))
	}
	return out
}

func groupOf(g *aggregate.Group) jsonGroup {
	out := jsonGroup{
		ID: g.ID, Principal: g.Principal, PrincipalType: g.PrincipalType, PrincipalAccount: g.PrincipalAccount,
		Action: g.Action, Bucket: g.Bucket, BucketAccount: g.BucketAccount,
		Denials: g.Denials, FirstSeen: g.FirstSeen, LastSeen: g.LastSeen,
		EventNames: map[string]int{}, Hints: []string{},
		Causes: []jsonCause{}, Series: []jsonPoint{}, Examples: []jsonExample{},
	}
	for _, n := range g.EventNames {
		out.EventNames[n.Value] += n.Denials
	}
	for _, c := range g.Causes {
		out.Causes = append(out.Causes, jsonCause(c))
	}
	for _, p := range g.Series {
		out.Series = append(out.Series, jsonPoint(p))
	}
	for _, e := range g.Examples {
		out.Examples = append(out.Examples, jsonExample(e))
	}
	return out
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
