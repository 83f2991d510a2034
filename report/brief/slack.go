package brief

import (
	"encoding/json"
	"io"
)

// The parts of a message in Slack's Block Kit. Its rich text has a field for each way in
// which text looks, and takes no text for a mention, a link or an emoji.
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
type (
	slackMessage struct {
		Text   string `json:"text"` // for notifications; our own words
		Blocks []any  `json:"blocks"`
	}
	slackHeader struct {
		Type string    `json:"type"`
		Text slackText `json:"text"`
	}
	slackRich struct {
		Type     string `json:"type"`
		Elements []any  `json:"elements"`
	}
	slackList struct {
		Type     string `json:"type"`
		Style    string `json:"style"`
		Elements []any  `json:"elements"`
	}
	slackText struct {
		Type  string      `json:"type"`
		Text  string      `json:"text"`
		Style *slackStyle `json:"style,omitempty"`
	}
	slackStyle struct {
		Bold bool `json:"bold,omitempty"`
		Code bool `json:"code,omitempty"`
	}
)

// maxHeader is how many characters Slack allows in a header.
const maxHeader = 150

// Slack writes the message for an incoming webhook or chat.postMessage of Slack.
func (m *Message) Slack(w io.Writer) error {
	title := []rune(m.Title.Plain())
	short := string(title[:min(len(title), maxHeader)])
	list := slackList{Type: "rich_text_list", Style: "bullet", Elements: []any{}}
	for _, line := range m.Lines {
		section := slackRich{Type: "rich_text_section", Elements: []any{}}
		for _, r := range line.Runs() {
			text := slackText{Type: "text", Text: r.Text}
			if r.Bold || r.Code {
				text.Style = &slackStyle{r.Bold, r.Code}
			}
			section.Elements = append(section.Elements, text)
		}
		list.Elements = append(list.Elements, section)
	}
	return json.NewEncoder(w).Encode(slackMessage{short, []any{
		slackHeader{"header", slackText{Type: "plain_text", Text: short}},
		slackRich{"rich_text", []any{list}},
	}})
}
