package sections

import (
	"strings"
	"testing"

	"trail403/aggregate"
	"trail403/aggregate/rows"
	"trail403/ingest/coverage"
	"trail403/ingest/event"
	"trail403/report/page"
)

// markdown is a text as Markdown shows it.
func markdown(t page.Text) string {
	var b strings.Builder
	m := page.NewMarkdown(&b)
	m.Paragraph(t)
	m.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

// All reasons of a group are named, each once.
func TestGroupCause(t *testing.T) {
	f := func(want string, causes ...aggregate.Cause) {
		t.Helper()
		if got := markdown(groupCause(&aggregate.Group{Causes: causes})); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	c := func(cause event.Cause) aggregate.Cause { return aggregate.Cause{Cause: cause} }
	f("–")
	f("a Deny in the bucket policy blocks it", c("resource-explicit"))
	f("a Deny in the bucket policy blocks it; no identity policy allows it", c("resource-explicit"), c("identity-implicit"), aggregate.Cause{Cause: "resource-explicit", DeniedAction: "s3:GetObject"})
	f("`a`; `b`; `c`; `d`; `e`; and 2 more", c("a"), c("b"), c("c"), c("d"), c("e"), c("f"), c("g"))
}

func TestSkipText(t *testing.T) {
	for _, r := range coverage.Reasons() {
		if skipText[r] == "" {
			t.Errorf("reason %s has no text", r)
		}
	}
}

// An example names its object unless its message does.
func TestOnKey(t *testing.T) {
	key := aggregate.Example{Message: rows.PlainMessage("not authorized to perform: s3:ListBucket on resource: b"), Key: "x/y.csv"}
	if got := markdown(onKey(&key)); got != ", on object `x/y.csv`" {
		t.Errorf("got %q", got)
	}
	if key.Message = rows.PlainMessage(key.Text() + "/x/y.csv"); onKey(&key) != "" {
		t.Errorf("got %q", onKey(&key))
	}
}
