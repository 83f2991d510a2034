package inflate

import (
	"bytes"
	"io"
	"math/rand/v2"
	"slices"
	"testing"
)

// randomCode returns the lengths of a complete code of n of so many symbols: up
// to longest bits, of any shape from flat to as skewed as can be.
func randomCode(rng *rand.Rand, symbols, n, longest int) []int {
	leaves := []int{1, 1}
	if n == 1 {
		leaves = leaves[:1] // the one that need not be complete
	}
	skew := rng.Float64()
	for len(leaves) < n {
		i := rng.IntN(len(leaves))
		if rng.Float64() < skew {
			i = len(leaves) - 1 // one of the longest so far
		}
		if leaves[i] < longest {
			leaves[i]++
			leaves = append(leaves, leaves[i])
		}
	}
	lens := make([]int, symbols)
	for i, symbol := range rng.Perm(symbols)[:n] {
		lens[symbol] = leaves[i]
	}
	return lens
}

// codesOf returns the code of each symbol, as RFC 1951 defines it.
func codesOf(lens []int) []int {
	codes := make([]int, len(lens))
	code := 0
	for n := 1; n <= maxBits; n++ {
		code <<= 1
		for symbol, l := range lens {
			if l == n {
				codes[symbol] = code
				code++
			}
		}
	}
	return codes
}

// codes starts a block of the given codes. How they are written is random, too.
func (w *bitWriter) codes(rng *rand.Rand, final int, lit, dist []int) {
	w.add(1, final).add(2, 2).add(5, len(lit)-257).add(5, len(dist)-1).add(4, lenCodes-4)
	ofLens := randomCode(rng, 16, 16, 7)
	for _, symbol := range lenOrder {
		if symbol < 16 {
			w.add(3, ofLens[symbol])
		} else {
			w.add(3, 0)
		}
	}
	lenCode := codesOf(ofLens)
	for _, n := range slices.Concat(lit, dist) {
		w.code(uint(ofLens[n]), lenCode[n])
	}
}

// randomBlock writes a block of random codes and random symbols of them. It
// writes at most that many symbols, and nothing that is not allowed.
func (w *bitWriter) randomBlock(rng *rand.Rand, final, symbols, written int) int {
	lits := endOfBlock + 1 + rng.IntN(maxLit-endOfBlock)
	lit := randomCode(rng, lits, 2+rng.IntN(lits-1), maxBits)
	if lit[endOfBlock] == 0 { // it takes the place of another
		i := slices.IndexFunc(lit, func(n int) bool { return n > 0 })
		lit[i], lit[endOfBlock] = 0, lit[i]
	}
	dists := 1 + rng.IntN(maxDist)
	dist := randomCode(rng, dists, 1+rng.IntN(dists), maxBits)

	w.codes(rng, final, lit, dist)
	litCode, distCode := codesOf(lit), codesOf(dist)
	write := func(lens, codes []int, symbol int) { w.code(uint(lens[symbol]), codes[symbol]) }
	extra := func(e entry) int {
		v := rng.IntN(1 << (e & 0xff))
		w.add(uint(e&0xff), v)
		return v
	}
	for range symbols {
		symbol := rng.IntN(lits)
		switch {
		case lit[symbol] == 0 || symbol == endOfBlock:
			continue
		case symbol < endOfBlock:
			write(lit, litCode, symbol)
			written++
			continue
		}
		distance := rng.IntN(dists)
		if e := distEntries[distance]; dist[distance] > 0 && e.base()+1<<(e&0xff) <= written {
			write(lit, litCode, symbol)
			written += litEntries[symbol].base() + extra(litEntries[symbol])
			write(dist, distCode, distance)
			extra(e)
		}
	}
	write(lit, litCode, endOfBlock)
	return written
}

// Codes of all shapes, and what becomes of a stream of them that is damaged.
func TestRandomCodes(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it has no goroutines, so the race detector finds nothing in it")
	}
	var r Reader
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(5, seed))
		var w bitWriter
		written := 0
		for range rng.IntN(4) {
			written = w.randomBlock(rng, 0, rng.IntN(4000), written)
		}
		w.randomBlock(rng, 1, rng.IntN(4000), written)
		if _, _, err := reference(w.b); err != nil {
			t.Fatalf("seed %d: the reference returns %v", seed, err)
		}
		check(t, &r, w.b)
		for range 10 {
			n := rng.IntN(len(w.b))
			if _, _, err := inflate(&r, bytes.NewReader(w.b[:n]), 64<<10); err != io.ErrUnexpectedEOF {
				t.Fatalf("seed %d, %d of %d bytes: got %v", seed, n, len(w.b), err)
			}
			damaged := bytes.Clone(w.b)
			damaged[n] ^= 1 << rng.IntN(8)
			check(t, &r, damaged)
		}
	}
}

// Matches that take 48 bits each, with up to two literals before: nothing looks
// at more of the input at once.
func TestLongestMatches(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 0))
	lit, dist := make([]int, maxLit), make([]int, maxDist)
	for i := range 14 { // 1 to 14 bits
		lit['a'+i], dist[i] = i+1, i+1
	}
	lit[endOfBlock], lit[maxLit-2], dist[maxDist-2], dist[maxDist-1] = 15, 15, 15, 15
	litCode, distCode := codesOf(lit), codesOf(dist)
	var w bitWriter
	w.codes(rng, 1, lit, dist)
	literal := func() {
		i := 'a' + rng.IntN(14)
		w.code(uint(lit[i]), litCode[i])
	}
	for range history {
		literal()
	}
	for range 1000 {
		for range rng.IntN(3) {
			literal()
		}
		w.code(15, litCode[maxLit-2]).add(5, rng.IntN(32))
		w.code(15, distCode[maxDist-1]).add(13, rng.IntN(1<<13))
	}
	w.code(15, litCode[endOfBlock])
	var r Reader
	check(t, &r, w.b)
}

// Each bit of a stream, flipped, and the same cut after it.
func TestDamage(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it has no goroutines, so the race detector finds nothing in it")
	}
	var r Reader
	var w bitWriter
	rng := rand.New(rand.NewPCG(6, 0))
	w.randomBlock(rng, 1, 60, w.randomBlock(rng, 0, 60, 0))
	for _, stream := range [][]byte{w.b, deflate([]byte(records(2)), 6), deflate([]byte("some text, and some text"), 0)} {
		for i := range 8 * len(stream) {
			damaged := bytes.Clone(stream)
			damaged[i/8] ^= 1 << (i % 8)
			check(t, &r, damaged)
			check(t, &r, damaged[:min(len(damaged), i/8+1+i%8)])
		}
	}
}

// What comes before the end of a stream that is cut is handed out, except for what
// the last bytes of the input stand for.
func TestTextBeforeCut(t *testing.T) {
	var r Reader
	text := []byte(records(20))
	for level := range 10 {
		stream := deflate(text, level)
		want, _, _ := reference(stream[:len(stream)/2])
		least, _, _ := reference(stream[:len(stream)/2-3*slack])
		got, _, err := inflate(&r, bytes.NewReader(stream[:len(stream)/2]), 4<<10)
		if err != io.ErrUnexpectedEOF || !bytes.HasPrefix(want, got) || !bytes.HasPrefix(got, least) {
			t.Errorf("level %d: got %d bytes, want %d to %d, %v", level, len(got), len(least), len(want), err)
		}
	}
}
