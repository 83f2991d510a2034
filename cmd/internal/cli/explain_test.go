package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"trail403/ingest/event"
	"trail403/ingest/message"
	escape "trail403/report/page"
)

// vectors returns the lines of all files of messages whose causes are known.
func vectors(t *testing.T) (lines []vector) {
	t.Helper()
	files, err := filepath.Glob("../../../ingest/message/testdata/*.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	if shared := os.Getenv("TRAIL403_SHARED"); shared != "" {
		more, err := filepath.Glob(filepath.Join(shared, "vectors", "denied-messages.jsonl"))
		if err != nil || len(more) == 0 {
			t.Fatalf("TRAIL403_SHARED is %s, which has no vectors (%v)", shared, err)
		}
		files = append(files, more...)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			var v vector
			if err := json.Unmarshal([]byte(line), &v); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			lines = append(lines, v)
		}
	}
	return lines
}

type vector struct {
	Message      string
	Cause        string
	DeniedAction string `json:"denied_action"`
	PolicyARN    string `json:"policy_arn"`
}

// explain runs the command and returns its JSON answers.
func explain(t *testing.T, stdin string, args ...string) (answers []jsonAnswer, code int, stderr string) {
	t.Helper()
	env, out, errs := testEnv(append([]string{"explain", "--format", "json"}, args...)...)
	env.Stdin = strings.NewReader(stdin)
	code = Run(t.Context(), env)
	for line := range strings.Lines(out.String()) {
		var a jsonAnswer
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		answers = append(answers, a)
	}
	return answers, code, errs.String()
}

func (v vector) check(t *testing.T, how string, a jsonAnswer) {
	t.Helper()
	if a.Cause == string(event.NotAuthorization) && v.Cause == "unrecognized" {
		return // no message of a denial, and explain knows it all the same
	}
	if a.Cause != v.Cause || a.DeniedAction != v.DeniedAction || a.PolicyARN != v.PolicyARN {
		t.Errorf("%s: %q is %s, %s, %s; want %s, %s, %s", how, v.Message, a.Cause, a.DeniedAction, a.PolicyARN, v.Cause, v.DeniedAction, v.PolicyARN)
	}
	m := message.Parse(v.Message)
	if a.Policy != string(m.Cause.Policy()) || a.Effect != string(m.Cause.Effect()) {
		t.Errorf("%s: %q has policy %q and effect %q; want %q, %q", how, v.Message, a.Policy, a.Effect, m.Cause.Policy(), m.Cause.Effect())
	}
	if a.Meaning == "" || len(a.NextSteps) == 0 {
		t.Errorf("%s: %q gets no advice", how, v.Message)
	}
}

// Every known message, as an argument and as a line.
func TestExplainVectors(t *testing.T) {
	all := vectors(t)
	if len(all) == 0 {
		t.Skip("there are no vectors here")
	}
	unknown := 0
	var lines strings.Builder
	var onLines []vector
	for _, v := range all {
		if v.Cause == "unrecognized" {
			unknown++
		}
		if text := strings.TrimSpace(v.Message); text != "" {
			answers, code, stderr := explain(t, "", "--", v.Message)
			if want := OK; len(answers) != 1 || code != want && (code != Incomplete || v.Cause != "unrecognized") {
				t.Errorf("%q: %d answers, exit %d, %s", v.Message, len(answers), code, stderr)
			} else {
				v.check(t, "argument", answers[0])
			}
			if answers[0].Cause == string(event.NotAuthorization) {
				continue // known here, and not a message of a denial
			}
			if !strings.ContainsAny(text, "\r\n") {
				if v.Cause != "unrecognized" || strings.Contains(text, "is not authorized to perform:") {
					onLines = append(onLines, v) // else it is context of the others
				}
				lines.WriteString(v.Message + "\n\n")
			}
		}
	}
	answers, code, stderr := explain(t, lines.String())
	if len(answers) != len(onLines) || code != OK && code != Incomplete || stderr != "" {
		t.Fatalf("%d answers to %d lines, exit %d, %s", len(answers), len(onLines), code, stderr)
	}
	for i, v := range onLines {
		v.check(t, "line", answers[i])
	}
	t.Logf("%d messages, %d of them on a line, %d unrecognized", len(all), len(onLines), unknown)
}

// The JSON has exactly the fields of the interface, in their order.
func TestExplainFields(t *testing.T) {
	env, out, _ := testEnv("explain", "--format", "json", "Access Denied")
	if code := Run(t.Context(), env); code != OK {
		t.Fatalf("exit code %d", code)
	}
	want := []string{
		"principal", "principal_type", "action", "denied_action", "resource", "bucket", "cause",
		"policy", "effect", "policy_arn", "why_not_told", "meaning", "next_steps",
	}
	var got []string
	dec := json.NewDecoder(out)
	dec.Token() // {
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, key.(string))
		var value any
		if err := dec.Decode(&value); err != nil {
			t.Fatal(err)
		}
		if _, isList := value.([]any); isList != (key == "next_steps") {
			t.Errorf("%s is %v", key, value)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("fields %q, want %q", got, want)
	}
}

// A pipe that lives for hours gets each answer as soon as the next question starts,
// whatever comes in pieces. A text may still go on before that.
func TestExplainAnswersAtOnce(t *testing.T) {
	env, _, _ := testEnv("explain", "--format", "json")
	stdin, questions := io.Pipe()
	answers, stdout := io.Pipe()
	env.Stdin, env.Stdout = stdin, stdout
	code := make(chan int)
	go func() { code <- Run(t.Context(), env); stdout.Close() }()
	lines := bufio.NewScanner(answers)
	const message = "User: arn:aws:iam::111122223333:user/u is not authorized to perform: s3:GetObject because no session policy allows the s3:GetObject action\n"
	for _, q := range []string{
		message + message,
		`{"`,
		`eventSource":"s3.amazonaws.com","errorCode":"AccessDenied","eventTime":"2026-10-05T10:00:00Z"}`,
		`, {"Records":[{"eventSource":"s3.amazonaws.com","errorCode":"AccessDenied","eventTime":"2026-10-05T10:00:00Z"}`,
		`,{"eventSource":"s3.amazonaws.com","errorCode":"AccessDenied","eventTime":"2026-10-05T10:00:00Z"}`,
		"]}\n" + message + "[]",
	} {
		for i := range len(q) { // the worst of pipes
			questions.Write([]byte{q[i]})
		}
		if !lines.Scan() {
			t.Fatalf("no answer to %s", q)
		}
	}
	questions.Close()
	if c := <-code; c != OK {
		t.Errorf("exit code %d", c)
	}
}

func TestExplainInterrupt(t *testing.T) {
	env, _, errs := testEnv("explain")
	never, keepOpen := io.Pipe()
	defer keepOpen.Close()
	env.Stdin = never
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		keepOpen.Write([]byte("Access Den"))
		cancel()
	}()
	if code := Run(ctx, env); code != Interrupted || !strings.Contains(errs.String(), "interrupted") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

// At a terminal it says that it waits, and for what; nowhere else.
func TestExplainAtTerminal(t *testing.T) {
	for _, args := range [][]string{{"explain"}, {"explain", "Access Denied"}} {
		env, _, errs := testEnv(args...)
		env.Stdin = strings.NewReader("Access Denied")
		env.IsTerminal = func(stream any) bool { return stream == env.Stdin }
		code := Run(t.Context(), env)
		if said := strings.Contains(errs.String(), "reading standard input"); code != OK || said != (len(args) == 1) {
			t.Errorf("%q: exit code %d, and said %q", args, code, errs)
		}
	}
}

func TestExplainFailures(t *testing.T) {
	env, _, errs := testEnv("explain", "Access Denied")
	env.Stdout = failingWriter{}
	if code := Run(t.Context(), env); code != Failed || !strings.Contains(errs.String(), "writing standard output: no space left") {
		t.Errorf("full disk: exit code %d: %s", code, errs)
	}

	env, out, errs := testEnv("explain")
	env.Stdin = io.MultiReader(strings.NewReader("Access Denied\nAccess"), iotest.ErrReader(os.ErrDeadlineExceeded))
	if code := Run(t.Context(), env); code != Failed || !strings.Contains(errs.String(), "standard input: i/o timeout") || !strings.Contains(out.String(), "not-told") {
		t.Errorf("broken input: exit code %d: %s", code, errs)
	}

	_, code, stderr := explain(t, "\n"+strings.Repeat("x", maxLine)+"y\n")
	if code != Failed || !strings.Contains(stderr, "line 2 is longer than 1 MiB") {
		t.Errorf("long line: exit code %d: %s", code, stderr)
	}
	answers, code, stderr := explain(t, strings.Repeat("x", maxLine-1)+"\nAccess Denied")
	if len(answers) != 1 || code != OK {
		t.Errorf("a line that just fits: %d answers, exit code %d: %s", len(answers), code, stderr)
	}
}

// All that the demo holds is explained, record by record: as many answers as the
// report counts denials, copies of events included.
func TestExplainDemo(t *testing.T) {
	var all bytes.Buffer
	err := filepath.WalkDir("../../../testdata/demo/AWSLogs", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(path, "_CloudTrail_") && !strings.Contains(path, "_CloudTrail-NetworkActivity_") {
			return err
		}
		text, err := os.ReadFile(path)
		all.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	causes := map[string]bool{}
	answers, code, stderr := explain(t, all.String())
	for _, a := range answers {
		causes[a.Cause] = true
	}
	causes[string(event.AccessDisabled)] = true // AWS does it too rarely for the demo
	if code != Incomplete || len(causes) < len(event.Causes()) {
		t.Errorf("exit code %d, %d of %d causes in %d answers: %s", code, len(causes), len(event.Causes()), len(answers), stderr)
	}

	env, out, errs := testEnv("report", "--format", "json", "../../../testdata/demo")
	var report struct {
		Coverage struct{ Records struct{ Kept, Duplicate int } }
	}
	if code := Run(t.Context(), env); code != OK {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	if err := json.Unmarshal(out.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	if r := report.Coverage.Records; len(answers) != r.Kept+r.Duplicate {
		t.Errorf("%d answers to %+v denials", len(answers), r)
	}
}

// A record's resource is the message's, else made from bucket and key.
func TestExplainResource(t *testing.T) {
	record := func(region, source, params, resources string) string {
		return `{"eventTime":"2026-10-05T10:00:00Z","eventSource":"` + source + `","eventName":"GetObject","awsRegion":"` + region +
			`","errorCode":"AccessDenied","errorMessage":"Access Denied","requestParameters":` + params + `,"resources":[` + resources + `]}`
	}
	tests := []struct{ record, want string }{
		{record("us-east-1", "s3.amazonaws.com", `{"bucketName":"b","key":"a b/c"}`, ""), "arn:aws:s3:::b/a b/c"},
		{record("cn-north-1", "s3.amazonaws.com", `{"bucketName":"b"}`, ""), "arn:aws-cn:s3:::b"},
		{record("us-gov-west-1", "s3.amazonaws.com", `{"bucketName":"b","key":"k"}`, ""), "arn:aws-us-gov:s3:::b/k"},
		{record("eusc-de-east-1", "s3.amazonaws.com", `{"bucketName":"b"}`, ""), "arn:aws-eusc:s3:::b"},
		{record("us-east-1", "s3.amazonaws.com", `null`, ""), ""},
		{record("us-east-1", "s3.amazonaws.com", `{"bucketName":"arn:aws:s3:us-east-1:111122223333:accesspoint/ap","key":"k"}`, ""), "arn:aws:s3:us-east-1:111122223333:accesspoint/ap/object/k"},
		{
			record("us-west-2", "s3express.amazonaws.com", `{"bucketName":"b--usw2-az1--x-s3","key":"k"}`,
				`{"type":"AWS::S3Express::DirectoryBucket","ARN":"arn:aws:s3express:us-west-2:111122223333:bucket/b--usw2-az1--x-s3","accountId":"111122223333"}`),
			"arn:aws:s3express:us-west-2:111122223333:bucket/b--usw2-az1--x-s3",
		},
	}
	for _, tt := range tests {
		answers, _, stderr := explain(t, tt.record)
		if len(answers) != 1 || answers[0].Resource != tt.want {
			t.Errorf("%s\nhas %+v, want resource %q; %s", tt.record, answers, tt.want, stderr)
		}
	}
}

// FuzzExplain: whatever comes in, an answer or an error comes out, soon.
func FuzzExplain(f *testing.F) {
	for _, s := range []string{
		"Access Denied\n", `{"Records":[{"eventSource":"s3.amazonaws.com","errorCode":"AccessDenied","eventTime":"2026-10-05T10:00:00Z"}]}`,
		"[\n{}]", `["Access Denied"]`, "[ERROR] x", "{", "[", "]", `{"detail":{}}`, `{"a":"\"}`, "\x1f\x8b", "\"errorMessage\": \"x\",", "{}{}", ",,", "\xef\xbb\xbf{}",
		`{"detail":{"detail":{"eventSource":"s3.amazonaws.com","errorCode":"AccessDenied"}}}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, stdin string) {
		for _, format := range []string{"text", "json"} {
			env, out, errs := testEnv("explain", "--format", format)
			env.Stdin = strings.NewReader(stdin)
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			code := Run(ctx, env)
			cancel()
			if code != OK && code != Failed && code != Incomplete {
				t.Errorf("exit code %d: %s", code, errs)
			}
			if (code == Failed) == (errs.Len() == 0) && code != OK {
				t.Errorf("exit code %d, and said %q", code, errs)
			}
			for _, c := range out.String() + errs.String() {
				if c != '\n' && escape.IsHostile(c) {
					t.Fatalf("printed %q", c)
				}
			}
		}
	})
}
