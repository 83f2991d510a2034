package assistant

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Options say what is served.
type Options struct {
	Version string
	// Sources are those of every report, as on a command line.
	Sources []string
	// Flags are those that the operator gave, by command.
	Flags map[string][]string
	// Run runs a command with its arguments, and a text as standard input.
	Run func(ctx context.Context, args []string, stdin string) Outcome
}

// tools run commands, one after the other: each uses all processors.
type tools struct {
	Options
	one sync.Mutex
}

// run runs a command and returns its answer.
func (t *tools) run(ctx context.Context, args []string, stdin string) (*mcp.CallToolResult, error) {
	t.one.Lock()
	defer t.one.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return answer(t.Run(ctx, args, stdin)), nil
}

// filters choose denials. Each can hold several values; a denial must match one of each.
type filters struct {
	Since     string   `json:"since,omitempty" jsonschema:"only events of the last SPAN, such as 7d"`
	From      string   `json:"from,omitempty" jsonschema:"only events at this time or later, RFC 3339 or a date, UTC"`
	To        string   `json:"to,omitempty" jsonschema:"only events before this time"`
	Principal []string `json:"principal,omitempty" jsonschema:"names or ARNs of principals, also with * and ?"`
	Bucket    []string `json:"bucket,omitempty" jsonschema:"names of buckets, also with * and ?"`
	Action    []string `json:"action,omitempty" jsonschema:"IAM actions, such as s3:GetObject or Put*"`
	Account   []string `json:"account,omitempty" jsonschema:"accounts of 12 digits: of the principal, bucket or trail"`
	Cause     []string `json:"cause,omitempty" jsonschema:"causes, such as scp-* or resource-explicit"`
	Incident  []string `json:"incident,omitempty" jsonschema:"ids of incidents, as reports print them"`
	Group     []string `json:"group,omitempty" jsonschema:"ids of groups, as reports print them"`
}

type reportInput struct {
	filters
	By      []string `json:"by,omitempty" jsonschema:"count by principal, action, bucket, cause, policy, account, region"`
	Top     *int     `json:"top,omitempty" jsonschema:"how many groups to list (25 if not given, at most 200)"`
	Suggest bool     `json:"suggest,omitempty" jsonschema:"suggest statements for requests that no policy allowed"`
}

type eventsInput struct {
	filters
	Limit *int `json:"limit,omitempty" jsonschema:"how many of the newest denials to list (20 if not given, at most 200)"`
}

type explainInput struct {
	Text string `json:"text" jsonschema:"error messages of S3, CloudTrail records, or a log or terminal session with them"`
}

// The bounds of the inputs.
const (
	maxList    = 200
	maxExplain = 1 << 20
)

func (t *tools) add(server *mcp.Server) {
	local := false
	tool := func(name, about string) *mcp.Tool {
		return &mcp.Tool{Name: name, Description: about, Annotations: &mcp.ToolAnnotations{
			ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &local,
		}}
	}
	mcp.AddTool(server, tool("report", "Report the S3 access denials in the CloudTrail logs: incidents, their causes and "+
		"policies, what to fix first, and the groups of denials. The answer is Markdown."), t.report)
	mcp.AddTool(server, tool("events", "List single S3 access denials, the newest last, "+
		"one JSON object a line."), t.events)
	mcp.AddTool(server, tool("why", "Answer on one screen why a principal, or everybody on a bucket, is denied access: "+
		"since when, because of which policy, changed by whom, and what to do. "+
		"Give at least a principal or a bucket."), t.why)
	mcp.AddTool(server, tool("explain", "Explain S3 access denied messages or CloudTrail records that are given as text: "+
		"which policy denied the request, what that means, and what to do. One JSON object a line."), t.explain)
}

func (t *tools) report(ctx context.Context, _ *mcp.CallToolRequest, in reportInput) (*mcp.CallToolResult, any, error) {
	top, err := within("top", in.Top, 25)
	if err != nil {
		return nil, nil, err
	}
	args := t.command("report", in.filters,
		"--format=markdown", "--top="+strconv.Itoa(top), "--fit="+strconv.Itoa(maxAnswer))
	args = appendFlag(args, "by", in.By...)
	if in.Suggest {
		args = append(args, "--suggest")
	}
	return t.answered(ctx, args)
}

func (t *tools) events(ctx context.Context, _ *mcp.CallToolRequest, in eventsInput) (*mcp.CallToolResult, any, error) {
	limit, err := within("limit", in.Limit, 20)
	if err != nil {
		return nil, nil, err
	}
	args := t.command("events", in.filters, "--format=jsonl", "--newest="+strconv.Itoa(limit), "--no-pager")
	return t.answered(ctx, args)
}

func (t *tools) why(ctx context.Context, _ *mcp.CallToolRequest, in filters) (*mcp.CallToolResult, any, error) {
	args := t.command("why", in, "--format=markdown")
	return t.answered(ctx, args)
}

func (t *tools) explain(
	ctx context.Context, _ *mcp.CallToolRequest, in explainInput,
) (*mcp.CallToolResult, any, error) {
	if len(in.Text) > maxExplain {
		return nil, nil, fmt.Errorf("the text has %d bytes, and at most %d are read", len(in.Text), maxExplain)
	}
	result, err := t.run(ctx, append([]string{"explain", "--format=json"}, t.Flags["explain"]...), in.Text)
	return result, nil, err
}

// answered runs a command on the sources.
func (t *tools) answered(ctx context.Context, args []string) (*mcp.CallToolResult, any, error) {
	result, err := t.run(ctx, append(append(args, "--"), t.Sources...), "")
	return result, nil, err
}

// command returns a command with its flags. A value is always in one word with its flag, so
// that it cannot be taken for another flag.
func (t *tools) command(name string, f filters, flags ...string) []string {
	args := append([]string{name}, t.Flags[name]...)
	args = append(args, flags...)
	for _, text := range []struct{ flag, value string }{{"since", f.Since}, {"from", f.From}, {"to", f.To}} {
		if text.value != "" {
			args = appendFlag(args, text.flag, text.value)
		}
	}
	args = appendFlag(args, "principal", f.Principal...)
	args = appendFlag(args, "bucket", f.Bucket...)
	args = appendFlag(args, "action", f.Action...)
	args = appendFlag(args, "account", f.Account...)
	args = appendFlag(args, "cause", f.Cause...)
	args = appendFlag(args, "incident", f.Incident...)
	return appendFlag(args, "group", f.Group...)
}

func appendFlag(args []string, flag string, values ...string) []string {
	for _, v := range values {
		args = append(args, "--"+flag+"="+v)
	}
	return args
}

// within returns a number of an input, which has a default and a largest value.
func within(name string, n *int, usual int) (int, error) {
	switch {
	case n == nil:
		return usual, nil
	case *n < 1 || *n > maxList:
		return 0, fmt.Errorf("%s is %d, and must be from 1 to %d", name, *n, maxList)
	}
	return *n, nil
}
