package scan

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// Every text of up to six of these bytes, bare and in a string after others: all
// ways in which values can go right or wrong on a small scale.
func TestValidExhaustive(t *testing.T) {
	f := func(alphabet string, longest int, before, after string) {
		var text []byte
		var walk func()
		walk = func() {
			if whole := slices.Concat([]byte(before), text, []byte(after)); Valid(whole) != json.Valid(whole) {
				t.Errorf("Valid(%q) is %v", whole, Valid(whole))
			}
			if len(text) == longest || t.Failed() {
				return
			}
			for i := range alphabet {
				text = append(text, alphabet[i])
				walk()
				text = text[:len(text)-1]
			}
		}
		walk()
	}
	f(`{}[]",:1 `, 6, "", "")
	f("-01.eE+", 6, "", "")
	f("-01.eE+", 4, "[", "]")
	f("\"\\\x1f\x7f \xffux0fFg", 4, `["`, `"]`)
	f("\"\\\x1f\x7f \xffux0fFg", 4, `["eight or more`, `and behind it"]`)
	f("truefalsn", 5, "", "")
}

func TestValidDepth(t *testing.T) {
	for _, n := range []int{1, MaxDepth - 1, MaxDepth, MaxDepth + 1} {
		text := []byte(strings.Repeat(`[`, n) + strings.Repeat(`]`, n))
		if Valid(text) != json.Valid(text) {
			t.Errorf("%d levels: %v", n, Valid(text))
		}
	}
}

func FuzzValid(f *testing.F) {
	f.Add([]byte(`{"a":[1,-2.50e+3,true,false,null,{}],"b\u00e9\"":"\\ \t"} `))
	f.Add(trailFile(1))
	f.Fuzz(func(t *testing.T, data []byte) {
		if Valid(data) != json.Valid(data) {
			t.Errorf("Valid(%q) is %v", data, Valid(data))
		}
	})
}
