package events

import (
	"io"
	"strings"
	"time"

	"trail403/aggregate/agent"
	"trail403/report/page"
)

const (
	// measured is how many events decide how wide the columns are.
	measured = 1000
	// maxWidth is how wide a column may become. A longer text moves only its own line.
	maxWidth = 40
)

// The codes of the terminal's own styles, as reports use them.
const (
	bold  = "\x1b[1m"
	faint = "\x1b[2m"
	plain = "\x1b[0m"
)

// short returns the account and the name of a principal, and one that is no ARN as it is.
func short(principal string) string {
	parts := strings.SplitN(principal, ":", 6)
	if len(parts) < 6 {
		return principal
	}
	return parts[4] + ":" + parts[5][strings.LastIndexByte(parts[5], '/')+1:]
}

// cells returns what people see of an event: columns, and the style of each.
func cells(e *Event) (texts, styles []string) {
	add := func(style, text string) {
		if text == "" {
			text = "-"
		}
		texts, styles = append(texts, page.Visible(text)), append(styles, style)
	}
	who := short(e.Principal)
	if e.Session != "" {
		who += "/" + e.Session
	}
	what := "-"
	if e.Bucket != "" {
		what = "s3://" + e.Bucket
		if e.Key != "" {
			what += "/" + e.Key
		}
	}
	why := string(e.Cause)
	if e.PolicyARN != "" {
		why += " " + e.PolicyARN[strings.LastIndexByte(e.PolicyARN, '/')+1:]
	}
	add(faint, e.Time.UTC().Format(time.RFC3339))
	add(bold, who)
	add("", e.Action)
	add("", what)
	add(bold, why)
	add("", e.SourceIP)
	add("", agent.Short(e.UserAgent))
	add("", e.VPCEndpoint)
	add(faint, e.EventID)
	add(faint, e.RequestID)
	add(faint, e.Object)
	add("", strings.Join(strings.Fields(e.Message), " "))
	return texts, styles
}

// writeText writes one line for each event, however wide, so that they can be counted
// and searched.
func writeText(w io.Writer, walk Walk, color bool) error {
	t := &table{w: w, color: color}
	err := walk(func(e *Event) error {
		texts, styles := cells(e)
		t.styles = styles
		if t.waiting = append(t.waiting, texts); len(t.waiting) < measured && t.widths == nil {
			return nil
		}
		return t.flush()
	})
	if err != nil {
		return err
	}
	return t.flush()
}

// table writes lines in columns. The first ones wait until the widths are known.
type table struct {
	w       io.Writer
	color   bool
	styles  []string
	waiting [][]string
	widths  []int
}

func (t *table) flush() error {
	if t.widths == nil && len(t.waiting) > 0 {
		t.widths = make([]int, len(t.styles))
		for _, texts := range t.waiting {
			for i, s := range texts {
				t.widths[i] = max(t.widths[i], min(page.Width(s), maxWidth))
			}
		}
	}
	for _, texts := range t.waiting {
		if _, err := io.WriteString(t.w, t.line(texts)); err != nil {
			return err
		}
	}
	t.waiting = t.waiting[:0]
	return nil
}

func (t *table) line(texts []string) string {
	var b strings.Builder
	for i, s := range texts {
		if style := t.styles[i]; t.color && style != "" {
			b.WriteString(style + s + plain)
		} else {
			b.WriteString(s)
		}
		if i < len(texts)-1 {
			b.WriteString(strings.Repeat(" ", max(t.widths[i]-page.Width(s), 0)+2))
		}
	}
	return b.String() + "\n"
}
