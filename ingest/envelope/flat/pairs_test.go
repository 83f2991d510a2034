package flat

import (
	"encoding/json"
	"testing"
)

func TestPairs(t *testing.T) {
	f := func(text, want string) {
		t.Helper()
		if got := string(pairs(text)); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	f("{a=b}", `{"a":"b"}`)
	f("{a=b, c={d=e, f=null}, list=[x, {y=z}]}", `{"a":"b","c":{"d":"e","f":null},"list":["x",{"y":"z"}]}`)
	f("[{a=b}, {c=d}]", `[{"a":"b"},{"c":"d"}]`)
	f("{}", `{}`)
	f("text", "")
	f("{a", `"{a"`)
	// A bracket that nothing closes is part of a text.
	f("{a=[x}", `{"a":"[x"}`)
	f("{a={x, b=[}", `{"a":"{x","b":"["}`)
}

// Whatever the text is, what becomes of it is JSON, and its time is linear.
func FuzzPairs(f *testing.F) {
	for _, s := range []string{"{a=b, c={d=e}, l=[x, {y=z}]}", "{a=[x}", "[[[[", "{a={x, b=[}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if out := pairs(text); out != nil && !json.Valid(out) {
			t.Errorf("%q became %q", text, out)
		}
	})
}
