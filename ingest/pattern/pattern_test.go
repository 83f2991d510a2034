package pattern

import (
	"strings"
	"testing"
)

func TestPatternIsCompiledOnFirstUse(t *testing.T) {
	p := New(`(b+)c`)
	if p.compiled != nil {
		t.Error("it was compiled before it was used")
	}
	if !p.MatchString("abbc") || p.Match([]byte("abb")) {
		t.Error("it does not match as it should")
	}
	first := p.compiled
	if got := strings.Join(p.FindStringSubmatch("abbc"), " "); got != "bbc bb" {
		t.Errorf("groups %q", got)
	}
	if p.compiled != first {
		t.Error("it was compiled again")
	}
}

func TestInvalidPatternPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an invalid expression was accepted")
		}
	}()
	New(`(`).MatchString("")
}
