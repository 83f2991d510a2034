package scan

import (
	"bytes"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
)

// Hit is set for each element in which a search finds the needle, wherever the
// window ends, also in the middle of a needle.
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
			r := Reader{Needle: "errorCode"}
			r.Reset(src)
			for {
				p, err := r.Next()
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if !p.Hit && (bytes.Contains(p.Raw, []byte("errorCode")) || bytes.Contains(p.Raw, []byte(`\u`))) {
					t.Fatalf("no hit of %.200q", p.Raw)
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

// Of records that succeeded hardly any is a hit: otherwise each would be decoded.
func TestHitsAreFew(t *testing.T) {
	r := Reader{Needle: "errorCode"}
	r.Reset(bytes.NewReader(trailFile(2000)))
	hits := 0
	for {
		p, err := r.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if p.Kind == Element && p.Hit {
			hits++
		}
	}
	if hits > 100 {
		t.Errorf("%d hits in 2000 records that do not hold the needle", hits)
	}
}
