package scan

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestReaderFinds(t *testing.T) {
	f := func(in string, want ...string) {
		t.Helper()
		for name, src := range map[string]io.Reader{
			"whole":       strings.NewReader(in),
			"byte a time": iotest.OneByteReader(strings.NewReader(in)),
			"data+EOF":    iotest.DataErrReader(strings.NewReader(in)),
		} {
			got, err := fast(src)
			if err != nil || !slices.Equal(got.parts, want) {
				t.Errorf("%s of %s\n got %q, %v\nwant %q", name, in, got.parts, err, want)
			}
		}
	}
	f(``)
	f(" \n\t")
	f(`{"Records":[]}`)
	f(`{"Records":[{"a":1}]}`, `element {"a":1}`)
	f(` { "Records" : [ {"a":"]}\""} , 7 , null ] , "x" : {} } `, `element {"a":"]}\""}`, `element 7`, `element null`)
	f(`{"\u0052ecords":[1]}`, `element 1`)
	f(`{"records":[1]}`, `document {"records":[1]}`)
	f(`{"x":[1,{"Records":[2]}],"Records":[3]}`, `element 3`)
	f(`{"Records":null}`, `document {"Records":null}`)
	f(`{"Records":[1],"Records":[2,3]}`, `element 2`, `element 3`)
	f(`{"Records":[1],"Records":"none"}`)
	f(`{"Records":"none","Records":[1]}`, `element 1`)
	f(`{"Records":[1]}{"Records":[2]}`, `element 1`, `element 2`)
	f(`{"a":1}{"b":2} {"c":3}`+"\n"+`{"d":4}`, `document {"a":1}`, `document {"b":2}`, `document {"c":3}`, `document {"d":4}`)
	f(`{"messageType":"DATA_MESSAGE","logEvents":[{"message":"x"}],"Records":[2]}`, `element {"message":"x"}`, `element 2`)
	f(`{"Events":[1],"Events":[]}{"Messages":[3],"events":[4],"results":[[5]]}`, `element 3`, `element 4`, `element [5]`)
	f(`[{"a":1},{"b":2}]`, `element {"a":1}`, `element {"b":2}`)
	f(`[]`)
	f(`[[1],[]]`, `element [1]`, `element []`)
	deep := strings.Repeat(`{"a":[`, 100) + strings.Repeat(`]}`, 100)
	f(deep+deep, `document `+deep, `document `+deep)
	f(`12`)
	f(`"a\\"7{}true`, `document {}`)
	f(`{}`, `document {}`)
}

func TestReaderRefuses(t *testing.T) {
	f := func(in, want string) {
		t.Helper()
		if _, err := fast(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", in, err, want)
		}
	}
	f(`{"Records":[{"a":1}`, "ends within a value at byte 19")
	f(`{"Records":[{"a":"`, "ends within a value at byte 18")
	f(`{"Records":[1]`, "ends within")
	f(`{"a"`, "ends within")
	f(`"abc`, "ends within")
	f(`[1,]`, "invalid JSON at byte 3")
	f(`[1 2]`, "invalid JSON at byte 3")
	f(`{"a":1,}`, "invalid JSON")
	f(`{,}`, "invalid JSON")
	f(`{"a" 1}`, "invalid JSON")
	f(`{"Records":[{"a":1}{"b":2}]}`, "invalid JSON at byte 19")
	f(`{"Records":[{"a":[1}]}]}`, "invalid JSON")
	f(`{"Records":[1]]`, "invalid JSON")
	f(strings.Repeat("[", MaxDepth+2), "nested too deeply")

	if _, err := fast(iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader(`{"a":1}`)))); !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("an error of the source came as %v", err)
	}
	if _, err := fast(idle{}); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("a source that returns nothing gave %v", err)
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

// A value that spans many windows comes complete, and one above the limit fails.
func TestReaderLargeElements(t *testing.T) {
	long := `{"a":"` + strings.Repeat(`x\"`, 3*window) + `"}`
	got, err := fast(strings.NewReader(`{"Records":[1,` + long + `,2,` + long + `]}`))
	if err != nil || !slices.Equal(got.parts, []string{"element 1", "element " + long, "element 2", "element " + long}) {
		t.Errorf("got %d parts, %v", len(got.parts), err)
	}
	var r Reader
	for _, limit := range []int{100, window, len(long) - 1} {
		r.MaxElement = limit
		r.Reset(strings.NewReader(`{"Records":[` + long + `]}`))
		if _, err = r.Next(); err == nil {
			_, err = r.Next()
		}
		if !errors.Is(err, ErrTooLarge) {
			t.Errorf("limit %d: %v", limit, err)
		}
	}
	r.MaxElement = len(long)
	r.Reset(strings.NewReader(`[` + long + `,1]`))
	for range 3 {
		if _, err := r.Next(); err != nil {
			t.Errorf("an element of exactly the limit: %v", err)
		}
	}
}

// Every text of up to five of these bytes, bare and inside a Records array: all
// ways in which structure can go right or wrong on a small scale.
func TestReaderExhaustive(t *testing.T) {
	const alphabet = `{}[]",:\1 `
	longest := 5
	if testing.Short() {
		longest = 4
	}
	var text []byte
	var walk func()
	walk = func() {
		compare(t, text)
		compare(t, slices.Concat([]byte(`{"Records":[`), text, []byte(`]}`)))
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

// Every text of up to four of these bytes around the end of a block: followed
// by blocks, with vectors and without, and by bytes.
func TestBlocksExhaustive(t *testing.T) {
	const alphabet = `{}[]",:\1 `
	before := []byte(`[{"` + strings.Repeat("x", blockSize-2-len(`[{"":[`)) + `":[`)
	after := []byte(`],"` + strings.Repeat("x", 2*blockSize) + `":0}]`)
	var text []byte
	var walk func()
	walk = func() {
		data := slices.Concat(before, text, after)
		compare(t, data)
		samePieces(t, data)
		if len(text) == 4 || t.Failed() {
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

// compare checks that Reader finds in valid data what the reference finds, and
// that vectors make no difference, not even to an error.
func compare(t *testing.T, data []byte) {
	t.Helper()
	want, wantErr := reference(data)
	got, err := fast(bytes.NewReader(data))
	if wantErr == nil && (err != nil || !slices.Equal(got.parts, want.parts)) {
		t.Errorf("%q\n got %q, %v\nwant %q", data, got.parts, err, want.parts)
	} // elsewhere it may pass over what is wrong inside a value
	withWords(func() {
		words, wordsErr := fast(bytes.NewReader(data))
		if fmt.Sprint(err) != fmt.Sprint(wordsErr) || !slices.Equal(got.parts, words.parts) {
			t.Errorf("%q\n got %q, %v\nwant %q, %v, as without vectors", data, got.parts, err, words.parts, wordsErr)
		}
	})
}

// withWords runs f without vectors.
func withWords(f func()) {
	defer func(was bool) { vector = was }(vector)
	vector = false
	f()
}

// samePieces checks that it makes no difference in which pieces data comes.
func samePieces(t *testing.T, data []byte) {
	t.Helper()
	whole, err1 := fast(bytes.NewReader(data))
	pieces, err2 := fast(iotest.HalfReader(iotest.OneByteReader(bytes.NewReader(data))))
	if (err1 == nil) != (err2 == nil) || !slices.Equal(whole.parts, pieces.parts) {
		t.Errorf("whole: %q, %v\npieces: %q, %v", whole.parts, err1, pieces.parts, err2)
	}
}

func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		`{"Records":[{"eventVersion":"1.08","a":{"b":[1,2.5e3,true,null]}},{"c":"\u0041\\\""}]}`,
		`{"Events":[{}],"logEvents":[1],"events":[[]],"Messages":[2],"results":[]}{"Events":0,"Events":[1],"Events":0}`,
		`{"x":{"Records":[]},"Records":[{}],"Records":[{"y":[]}]}`,
		"[{\"a\":1}\r\n,{}]{\"b\":2}\n3",
		`{"Records":[{"a":"` + strings.Repeat("long ", 30) + `"}],"tail":"\\"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		compare(t, data)
		samePieces(t, data)
	})
}

// Members and Text agree with encoding/json on every valid object.
func FuzzMembers(f *testing.F) {
	f.Add([]byte(`{"a":"b\u00e9\ud83d\ude00","A" : [1,{"x":2}] ,"a":null,"":"","\u0061":-1.5e+3}`))
	f.Add([]byte("{\"bad\xff\":\"\xfe\",\"t\":\"\\t\\/\\\\\"}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got := map[string]json.RawMessage{}
		for key, value := range Members(data) {
			got[string(key)] = bytes.Clone(value)
		}
		var want map[string]json.RawMessage
		if json.Unmarshal(data, &want) != nil || want == nil {
			return
		}
		if len(got) != len(want) {
			t.Fatalf("got %q, want %q", got, want)
		}
		for key, value := range want {
			if !bytes.Equal(got[key], value) {
				t.Errorf("%q: got %q, want %q", key, got[key], value)
			}
			var s any
			json.Unmarshal(value, &s)
			text, isText := s.(string)
			if gotText, ok := Text(value); ok != isText || gotText != text {
				t.Errorf("Text(%s) = %q, %v", value, gotText, ok)
			}
			var elements []json.RawMessage
			if json.Unmarshal(value, &elements) == nil && !slices.EqualFunc(slices.Collect(Elements(value)), elements, func(a []byte, b json.RawMessage) bool { return bytes.Equal(a, b) }) {
				t.Errorf("Elements(%s) = %q", value, slices.Collect(Elements(value)))
			}
		}
	})
}
