package brief

import (
	"io"
	"strings"
)

// Text writes the message as lines of text. Every line but the title starts with a dash,
// so that no name can begin a line and pass for the title of another message.
func (m *Message) Text(w io.Writer) error {
	var b strings.Builder
	b.WriteString(m.Title.Plain() + "\n")
	for _, line := range m.Lines {
		b.WriteString("- " + line.Plain() + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
