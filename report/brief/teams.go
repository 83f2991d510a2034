package brief

import (
	"encoding/json"
	"io"
)

// The parts of a message that a workflow of Microsoft Teams posts. A TextRun, unlike a
// TextBlock, takes no text for Markdown.
// https://adaptivecards.io/explorer/TextRun.html
type (
	teamsMessage struct {
		Type        string            `json:"type"`
		Attachments []teamsAttachment `json:"attachments"`
	}
	teamsAttachment struct {
		ContentType string    `json:"contentType"`
		Content     teamsCard `json:"content"`
	}
	teamsCard struct {
		Schema  string       `json:"$schema"`
		Type    string       `json:"type"`
		Version string       `json:"version"`
		Body    []teamsBlock `json:"body"`
	}
	teamsBlock struct {
		Type    string     `json:"type"`
		Inlines []teamsRun `json:"inlines"`
	}
	teamsRun struct {
		Type   string `json:"type"`
		Text   string `json:"text"`
		Weight string `json:"weight,omitempty"`
		Size   string `json:"size,omitempty"`
		Font   string `json:"fontType,omitempty"`
	}
)

// Teams writes the message as an Adaptive Card for a workflow of Microsoft Teams.
func (m *Message) Teams(w io.Writer) error {
	title := teamsRun{Type: "TextRun", Text: m.Title.Plain(), Weight: "Bolder", Size: "Large"}
	card := teamsCard{
		Schema: "http://adaptivecards.io/schemas/adaptive-card.json", Type: "AdaptiveCard", Version: "1.4",
		Body: []teamsBlock{{"RichTextBlock", []teamsRun{title}}},
	}
	for _, line := range m.Lines {
		block := teamsBlock{"RichTextBlock", []teamsRun{}}
		for _, r := range line.Runs() {
			run := teamsRun{Type: "TextRun", Text: r.Text}
			if r.Bold {
				run.Weight = "Bolder"
			}
			if r.Code {
				run.Font = "Monospace"
			}
			block.Inlines = append(block.Inlines, run)
		}
		card.Body = append(card.Body, block)
	}
	return json.NewEncoder(w).Encode(teamsMessage{"message", []teamsAttachment{
		{"application/vnd.microsoft.card.adaptive", card},
	}})
}
