package assistant

import (
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func TestAnswer(t *testing.T) {
	f := func(o Outcome, isError bool, want ...string) {
		t.Helper()
		result := answer(o)
		text := result.Content[0].(*mcp.TextContent).Text
		if result.IsError != isError || len(text) > maxAnswer+maxMessages+1000 {
			t.Errorf("%+.50v: error %v, %d bytes", o, result.IsError, len(text))
		}
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%q is not in %.200s", w, text)
			}
		}
	}
	f(Outcome{}, false, "nothing matches")
	f(Outcome{Output: "x"}, false, "BEGIN data from logs ", "\nx\nEND data from logs ")
	f(Outcome{Code: 3, Output: "x", Messages: "lost"}, false, "incomplete", "Messages of the command:\nBEGIN", "\nlost\n")
	f(Outcome{Code: 1, Messages: "error"}, true, "exit code 1", "error")
	f(Outcome{Output: strings.Repeat("123456789\n", 10_000), Messages: strings.Repeat("ä", 10_000)}, false,
		"\n123456789\n… 50850 more bytes are left out", "… 15904 more bytes are left out")
}
