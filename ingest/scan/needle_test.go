package scan

import (
	"bytes"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
)

// Hit says of each element what a search in it would say, wherever the window
// ends, also in the middle of a needle.
func TestHit(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 3))
	words := []string{"errorCode", "errorCod", "rrorCode", `\\u0041`, `\u0065`, "x", "yyyyyyyy", "[", "{"}
	for range 300 {
		var b strings.Builder
		b.WriteString(`{"before":"errorCode","Records":[`)
		for i := range 1 + random.IntN(20) {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(`{"a":"`)
			for range random.IntN(6) {
				b.WriteString(words[random.IntN(len(words))])
			}
			if random.IntN(20) == 0 {
				b.WriteString(strings.Repeat("z", random.IntN(2*window)))
			}
			b.WriteString(`"}`)
		}
		b.WriteString(`]}{"after":"errorCode"}`)
		for _, src := range []io.Reader{strings.NewReader(b.String()), iotest.HalfReader(strings.NewReader(b.String())), &pieces{b.String(), random}} {
			r := Reader{Needles: []string{"errorCode", `\u00`}}
			r.Reset(src)
			for {
				p, err := r.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				want := bytes.Contains(p.Raw, []byte("errorCode")) || bytes.Contains(p.Raw, []byte(`\u00`))
				if p.Hit != want {
					t.Fatalf("hit is %v of %.200q", p.Hit, p.Raw)
				}
			}
		}
	}
}

// pieces reads a text in pieces of random length.
type pieces struct {
	text   string
	random *rand.Rand
}

func (p *pieces) Read(b []byte) (int, error) {
	if p.text == "" {
		return 0, io.EOF
	}
	n := copy(b[:min(len(b), 1+p.random.IntN(40))], p.text)
	p.text = p.text[n:]
	return n, nil
}
