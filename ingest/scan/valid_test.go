package scan

import (
	"encoding/json"
	"math/rand/v2"
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

// walked goes over a text with a Walk as a caller would who reads everything, and
// returns the keys of all members. ok says whether the text is valid.
func walked(text []byte) (keys []string, ok bool) {
	var w Walk
	w.Reset(text)
	var value func(w *Walk, i int) int
	member := func(w *Walk, key []byte, i int) int {
		keys = append(keys, string([]rune(string(key)))) // a wrong byte as U+FFFD
		return value(w, i)
	}
	value = func(w *Walk, i int) int {
		if i < len(text) && text[i] == '{' {
			return w.Object(i, member)
		}
		if i < len(text) && text[i] == '[' {
			return w.Array(i, value)
		}
		return w.Value(i)
	}
	return keys, w.End(value(&w, skipSpace(text, 0)))
}

// A Walk and Valid agree, whoever goes over the values, with vectors and without.
func TestWalk(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 3))
	for range 100_000 {
		text := make([]byte, random.IntN(300))
		const alphabet = `""""""{{}}[]::,,1ax\\u00e9tnull true ` + "\x1f\x80"
		for i := range text {
			text[i] = alphabet[random.IntN(len(alphabet))]
		}
		if random.IntN(2) == 0 { // valid, mostly
			list := make([]string, random.IntN(9))
			for i := range list {
				list[i] = strings.Repeat("x", random.IntN(90)) + string(text[:random.IntN(len(text)+1)])
			}
			text, _ = json.Marshal(map[string]any{"a": list, strings.Join(list, "") + `\"`: map[string]any{"b": 1}})
			if i := random.IntN(4 * len(text)); i < len(text) {
				text[i] = alphabet[random.IntN(len(alphabet))]
			}
		}
		keys, ok := walked(text)
		if want := json.Valid(text); ok != want || Valid(text) != want {
			t.Fatalf("%q: walk %v, Valid %v, want %v", text, ok, Valid(text), want)
		}
		if ok && text[0] == '{' && !slices.Equal(keys, keysOf(text)) {
			t.Fatalf("%q has the keys %q, want %q", text, keys, keysOf(text))
		}
	}
}

func keysOf(text []byte) (keys []string) {
	for key, value := range Members(text) {
		keys = append(keys, string(key))
		if value[0] == '{' {
			keys = append(keys, keysOf(value)...)
		} else if value[0] == '[' {
			for element := range Elements(value) {
				keys = append(keys, keysOf(element)...)
			}
		}
	}
	return keys
}

func TestWalkDepth(t *testing.T) {
	for _, n := range []int{1, MaxDepth - 1, MaxDepth, MaxDepth + 1} {
		for _, text := range []string{
			strings.Repeat(`[`, n) + strings.Repeat(`]`, n),
			strings.Repeat(`{"":`, n) + "1" + strings.Repeat(`}`, n),
		} {
			if _, ok := walked([]byte(text)); ok != json.Valid([]byte(text)) {
				t.Errorf("%d levels: %v", n, ok)
			}
		}
	}
}

// FuzzWalk compares with encoding/json.
func FuzzWalk(f *testing.F) {
	f.Add([]byte(`{"a":[1,-2.50e+3,true,false,null,{}],"b\u00e9\"":"\\ \t"} `))
	f.Add(trailFile(1))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, ok := walked(data); ok != json.Valid(data) {
			t.Errorf("a walk over %q says %v", data, ok)
		}
	})
}
