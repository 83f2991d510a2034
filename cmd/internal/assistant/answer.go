package assistant

import (
	"crypto/rand"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// maxAnswer bounds the bytes of an answer: what a reader with a limited memory can use.
const maxAnswer = 48 << 10

// maxMessages bounds the bytes of warnings and errors.
const maxMessages = 4 << 10

// Exit codes of commands that have an answer: done, and done with gaps.
const (
	done       = 0
	incomplete = 3
)

// Outcome is what a command returned: its exit code, standard output and standard error.
type Outcome struct {
	Code             int
	Output, Messages string
}

// answer returns what a command printed, as data.
func answer(o Outcome) *mcp.CallToolResult {
	var b strings.Builder
	switch o.Code {
	case done:
	case incomplete:
		b.WriteString("The answer is incomplete: some input could not be read or was not recognized.\n")
	default:
		fmt.Fprintf(&b, "The command failed with exit code %d.\n", o.Code)
	}
	if o.Messages != "" {
		b.WriteString("Messages of the command:\n" + marked(bounded(o.Messages, maxMessages)))
	}
	if o.Output != "" {
		b.WriteString(marked(bounded(o.Output, maxAnswer)))
	} else if o.Code == done {
		b.WriteString("The command printed nothing: nothing matches.\n")
	}
	return &mcp.CallToolResult{
		Content: []mcp.Content{&mcp.TextContent{Text: b.String()}},
		IsError: o.Code != done && o.Code != incomplete,
	}
}

// marked puts a text between lines that it cannot contain, because a random word is in them.
func marked(text string) string {
	mark := rand.Text()
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return "BEGIN data from logs " + mark + "\n" + text + "END data from logs " + mark + "\n"
}

// bounded returns the complete lines of a text that fit, and says what is left out.
func bounded(text string, size int) string {
	if len(text) <= size {
		return text
	}
	cut := size
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	if line := strings.LastIndexByte(text[:cut], '\n'); line > 0 {
		cut = line + 1
	}
	return strings.TrimSuffix(text[:cut], "\n") +
		fmt.Sprintf("\n… %d more bytes are left out. Use filters or a shorter window.\n", len(text)-cut)
}
