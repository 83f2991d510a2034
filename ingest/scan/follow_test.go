//go:build unix

package scan

import (
	"bytes"
	"math/bits"
	"math/rand/v2"
	"os"
	"syscall"
	"testing"
)

// atEdge returns n bytes after which nothing may be read.
func atEdge(t *testing.T, n int) []byte {
	t.Helper()
	page := os.Getpagesize()
	size := (n + page - 1) / page * page
	memory, err := syscall.Mmap(-1, 0, size+page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Munmap(memory) })
	if err := syscall.Mprotect(memory[size:], syscall.PROT_NONE); err != nil {
		t.Fatal(err)
	}
	return memory[size-n : size]
}

// followBytes does what follow does, a byte at a time.
func followBytes(b []byte, p *cursor, brackets *[chunk]uint64) int {
	n := min((len(b)-1)/blockSize, chunk)
	p.hits = 0
	for i := range n {
		p.stray, brackets[i] = 0, 0
		closed := 0
		for at, c := range b[i*blockSize : (i+1)*blockSize] {
			if c == p.pair[0] && b[i*blockSize+at+1] == p.pair[1] {
				p.hits = 1
			}
			escaped := p.escaped == 1
			p.escaped = 0
			switch {
			case escaped && (c == '"' || c == '\\'):
			case c == '"':
				p.within = ^p.within
			case c == '\\':
				p.escaped, p.hits = 1, 1
				p.stray |= (p.within + 1) << at
			case p.within == 0 && (class[c] == open || class[c] == shut):
				brackets[i] |= 1 << at
				closed += int(class[c] - open)
			}
		}
		if p.depth -= closed; p.depth <= 0 || p.stray != 0 {
			return i + 1
		}
		p.depth += bits.OnesCount64(brackets[i]) - closed
	}
	return n
}

// compareFollow checks that followWords, and follow with vectors, do what followBytes
// does.
func compareFollow(t *testing.T, b []byte, start cursor) {
	t.Helper()
	var want [chunk]uint64
	wantPlace := start
	n := followBytes(b, &wantPlace, &want)
	wantPlace.depth = start.depth
	for name, f := range map[string]func([]byte, *cursor, *[chunk]uint64) int{"words": followWords, "vectors": follow} {
		var got [chunk]uint64
		place := start
		m := f(b, &place, &got)
		if place.hits != 0 {
			place.hits = 1
		}
		if n != m || want != got || place != wantPlace {
			t.Errorf("%s: %q from %+v:\n got %d blocks, %+v, %x\nwant %d blocks, %+v, %x",
				name, b, start, m, place, got[:m], n, wantPlace, want[:n])
		}
	}
}

// Of all lengths and so at all alignments, up to the last byte that may be read.
func TestFollow(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2))
	const most = (chunk+1)*blockSize + 1
	memory := atEdge(t, most)
	for _, alphabet := range []string{`"\\{}[]`, `"xxxxxxxxxxxxxxxxxxxxxxxxxxxx{{}}[]\`, `"{[xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxrC`, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxrC", "{}[]xxxxxxxxxxxYy_\x7f", ""} {
		for n := blockSize + 1; n <= most; n++ {
			b := memory[most-n:]
			for i := range b {
				if b[i] = byte(random.Uint32()); alphabet != "" {
					b[i] = alphabet[random.IntN(len(alphabet))]
				}
			}
			start := cursor{within: -uint64(random.IntN(2)), escaped: uint64(random.IntN(2)), depth: 1 + random.IntN(1<<random.IntN(8)), pair: [2]byte{'r', 'C'}}
			compareFollow(t, b, start)
			if t.Failed() {
				return
			}
		}
	}
}

// Nothing is read after the bytes that are searched.
func TestWordAtEdge(t *testing.T) {
	const most = 4 * blockSize
	memory := atEdge(t, most)
	w := NewWord("eventName")
	for n := range most + 1 {
		b := memory[most-n:]
		if i := w.Index(b); i >= 0 {
			t.Errorf("found at %d of %d zeros", i, n)
		}
		if n < len(w.text) {
			continue
		}
		copy(b[n-len(w.text):], w.text)
		if i := w.Index(b); i != n-len(w.text) {
			t.Errorf("found at %d of %d", i, n)
		}
		clear(b)
	}
}

func FuzzFollow(f *testing.F) {
	f.Add(trailFile(1), true, true, uint16(1), uint16(0x4372))
	f.Add(bytes.Repeat([]byte(`\\\"{[]}`), 20), false, false, uint16(7), uint16(0x5c5c))
	f.Fuzz(func(t *testing.T, data []byte, within, escaped bool, depth, pair uint16) {
		if len(data) <= blockSize {
			return
		}
		start := cursor{depth: int(depth) + 1, pair: [2]byte{byte(pair), byte(pair >> 8)}}
		if within {
			start.within = ^uint64(0)
		}
		if escaped {
			start.escaped = 1
		}
		b := atEdge(t, len(data))
		copy(b, data)
		compareFollow(t, b, start)
	})
}
