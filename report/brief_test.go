package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"trail403/aggregate"
	briefly "trail403/report/brief"
	"trail403/report/compare"
	"trail403/report/page"
)

func written(t testing.TB, f Format, r *aggregate.Result, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, f, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// texts returns all values of a member in a JSON value.
func texts(value any, member string) (list []string) {
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			list = append(list, texts(one, member)...)
		}
	case map[string]any:
		for name, one := range v {
			if s, ok := one.(string); ok && name == member {
				list = append(list, s)
			} else {
				list = append(list, texts(one, member)...)
			}
		}
	}
	return list
}

// A message keeps its lines and its limits whatever a log contains, and every part of it
// is of a type that no text can leave.
func TestMessagesHostile(t *testing.T) {
	for _, s := range append([]string{"<!channel>", "<https://example.com|x>", "<@U012AB3CD>", "[x](https://example.com)"}, hostileTexts...) {
		r := hostile(s)
		brief := written(t, Brief, r, Options{})
		lines := strings.Split(strings.TrimSuffix(brief, "\n"), "\n")
		if len(lines) > 10 || !strings.HasPrefix(lines[0], "S3 access denied, ") {
			t.Errorf("%q: the message has %d lines and starts with %q", s, len(lines), lines[0])
		}
		for _, line := range lines[1:] {
			if !strings.HasPrefix(line, "- ") || strings.ContainsFunc(strings.ReplaceAll(line, "\u00a0", " "), page.IsHostile) {
				t.Errorf("%q: line %q", s, line)
			}
		}
		var b bytes.Buffer
		if err := briefly.Annotations(&b, r); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			text, ok := strings.CutPrefix(line, "::warning title=S3 access denied::")
			if !ok || strings.Contains(strings.ReplaceAll(text, "%25", ""), "%") {
				t.Errorf("%q: annotation %q", s, line)
			}
		}
		for _, f := range []Format{Slack, Teams} {
			var value any
			out := written(t, f, r, Options{})
			if err := json.Unmarshal([]byte(out), &value); err != nil || len(out) > 25_000 {
				t.Errorf("%q: %s has %d bytes: %v", s, f, len(out), err)
			}
			for _, kind := range texts(value, "type") {
				if !strings.Contains(" text header plain_text rich_text rich_text_list rich_text_section message AdaptiveCard RichTextBlock TextRun ", " "+kind+" ") {
					t.Errorf("%q: %s has a part of type %s", s, f, kind)
				}
			}
			for _, text := range texts(value, "text") {
				if text == "" || utf8.RuneCountInString(text) > 3000 {
					t.Errorf("%q: %s has a text of %d characters", s, f, utf8.RuneCountInString(text))
				}
			}
		}
	}
}

// Without news, a message is empty if that was asked for.
func TestOnlyNews(t *testing.T) {
	r := hostile("x")
	none := Options{OnlyNews: true, Against: &compare.Comparison{}}
	some := Options{OnlyNews: true, Against: &compare.Comparison{Incidents: []compare.IncidentChange{{State: compare.Started}}}}
	for _, f := range []Format{Brief, Slack, Teams} {
		if got := written(t, f, r, none); got != "" {
			t.Errorf("%s: without news there is %q", f, got)
		}
		if got := written(t, f, r, some); !strings.Contains(got, "1 incident started") {
			t.Errorf("%s: with news there is %q", f, got)
		}
	}
	if written(t, Markdown, r, none) == "" {
		t.Error("a report is empty")
	}
}
