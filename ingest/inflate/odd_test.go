package inflate

import "testing"

// bitWriter writes a stream bit by bit.
type bitWriter struct {
	b []byte
	n uint
}

// add writes the low n bits of v, the lowest first.
func (w *bitWriter) add(n uint, v int) *bitWriter {
	for i := range n {
		if w.n%8 == 0 {
			w.b = append(w.b, 0)
		}
		w.b[len(w.b)-1] |= byte(v>>i&1) << (w.n % 8)
		w.n++
	}
	return w
}

// code writes a Huffman code, the highest bit first.
func (w *bitWriter) code(n uint, v int) *bitWriter {
	for i := range n {
		w.add(1, v>>(n-1-i))
	}
	return w
}

type oddStream struct {
	name   string
	stream []byte
	ok     bool
}

// odd are streams that encoders do not make.
func odd() []oddStream {
	var all []oddStream
	f := func(name string, ok bool, w *bitWriter) {
		all = append(all, oddStream{name, w.b, ok})
	}
	begin := func(final, kind int) *bitWriter { return new(bitWriter).add(1, final).add(2, kind) }
	fixed := func() *bitWriter { return begin(1, 1) }
	end := func(w *bitWriter) *bitWriter { return w.code(7, 0) }
	a := func(w *bitWriter) *bitWriter { return w.code(8, 0x30+'a') }

	f("nothing", true, end(fixed()))
	f("a literal of eight bits and one of nine", true, end(a(fixed()).code(9, 0x190+200-144)))
	f("kind 3", false, begin(1, 3).add(16, 0))
	f("a match before anything", false, end(fixed().code(7, 1).code(5, 0)))
	f("a match from one byte too far back", false, end(a(fixed()).code(7, 1).code(5, 1)))
	f("a match", true, end(a(fixed()).code(7, 1).code(5, 0)))
	f("the longest match, twice", true, end(a(fixed()).code(8, 0xc5).code(5, 0).code(8, 0xc5).code(5, 0)))
	f("258 as 227 and 31", true, end(a(fixed()).code(8, 0xc4).add(5, 31).code(5, 0)))
	f("length symbol 286", false, end(a(fixed()).code(8, 0xc6).code(5, 0)))
	f("length symbol 287", false, end(a(fixed()).code(8, 0xc7).code(5, 0)))
	f("distance symbol 30", false, end(a(fixed()).code(7, 1).code(5, 30).add(13, 0)))
	f("distance symbol 31", false, end(a(fixed()).code(7, 1).code(5, 31).add(13, 0)))
	f("stored, of no bytes", true, begin(1, 0).add(5, 0).add(16, 0).add(16, 0xffff))
	f("stored, with bits set in the padding", true, begin(1, 0).add(5, 31).add(16, 1).add(16, 0xfffe).add(8, 'x'))
	f("stored, its length not confirmed", false, begin(1, 0).add(5, 0).add(16, 1).add(16, 0xffff).add(8, 'x'))
	f("stored, cut", false, begin(1, 0).add(5, 0).add(16, 2).add(16, 0xfffd).add(8, 'x'))
	f("no final block", false, end(begin(0, 1)))
	f("two blocks", true, end(end(begin(0, 1)).add(1, 1).add(2, 1)))

	// dynamic starts a block with codes. The code of lengths has 0 as 0, 1 as 10,
	// 16 (repeat) as 110 and 18 (11 and more zeros) as 111.
	dynamic := func(lits, dists int) *bitWriter {
		w := begin(1, 2).add(5, lits-257).add(5, dists-1).add(4, 18-4)
		for _, symbol := range lenOrder[:18] {
			w.add(3, map[int]int{0: 1, 1: 2, 18: 3, 16: 3}[symbol])
		}
		return w
	}
	none := func(w *bitWriter) *bitWriter { return w.code(1, 0) }
	one := func(w *bitWriter) *bitWriter { return w.code(2, 2) }
	zeros := func(w *bitWriter, n int) *bitWriter {
		for ; n >= 138; n -= 138 {
			w.code(3, 7).add(7, 127)
		}
		if n >= 11 {
			w.code(3, 7).add(7, n-11)
			n = 0
		}
		for ; n > 0; n-- {
			none(w)
		}
		return w
	}
	// "a" is 0, the end 1.
	f("codes of one bit, no distances", true, none(one(zeros(one(zeros(dynamic(257, 1), 'a')), 256-'a'-1))).add(3, 0).add(1, 1))
	f("one distance, of one bit", true, one(one(zeros(one(zeros(dynamic(257, 1), 'a')), 256-'a'-1))).add(3, 0).add(1, 1))
	f("only the end", true, none(one(zeros(dynamic(257, 1), 256))).add(1, 0))
	f("only the end, and another bit", false, none(one(zeros(dynamic(257, 1), 256))).add(1, 1).add(16, 0xffff))
	f("no end", false, none(none(zeros(one(one(zeros(dynamic(257, 1), 'a'))), 256-'a'-2))).add(20, 0))
	f("too many codes", false, none(one(one(one(zeros(dynamic(257, 1), 254))))).add(20, 0))
	f("a repeat of nothing", false, dynamic(257, 1).code(3, 6).add(2, 0).add(40, 0))
	f("a repeat beyond the last", false, one(zeros(dynamic(257, 1), 256)).code(3, 6).add(2, 3).add(20, 0))
	f("zeros beyond the last", false, zeros(dynamic(257, 1), 276).add(20, 0))
	f("287 symbols", false, begin(1, 2).add(5, 30).add(5, 0).add(4, 0).add(40, 0))
	f("31 distances", false, begin(1, 2).add(5, 0).add(5, 30).add(4, 0).add(40, 0))
	f("no code of lengths", false, begin(1, 2).add(5, 0).add(5, 0).add(4, 0).add(12, 0).add(40, 0))
	f("an incomplete code of lengths", false, begin(1, 2).add(5, 0).add(5, 0).add(4, 0).add(3, 2).add(3, 2).add(46, 0))

	// Codes as long as they get: symbol i has i+1 bits, the last two 15.
	w := begin(1, 2).add(5, 0).add(5, 15).add(4, 19-4)
	for _, symbol := range lenOrder { // 1 to 16 in 5 bits, 0 in one
		n := 5
		switch symbol {
		case 0:
			n = 1
		case 17, 18:
			n = 0
		}
		w.add(3, n)
	}
	length := func(n int) { // of a code
		if n == 0 {
			w.code(1, 0)
		} else {
			w.code(5, 16+n-1)
		}
	}
	for i := range 257 {
		switch {
		case i < 14:
			length(i + 1)
		case i == 14 || i == 256:
			length(15)
		default:
			length(0)
		}
	}
	for i := range 16 {
		length(min(i+1, 15))
	}
	for i := range 14 {
		w.code(uint(i+1), 1<<(i+1)-2)
	}
	w.code(15, 1<<15-2) // symbol 14
	w.code(15, 1<<15-1) // the end
	f("codes of fifteen bits", true, w)
	return all
}

func TestOddStreams(t *testing.T) {
	var r Reader
	for _, s := range odd() {
		t.Run(s.name, func(t *testing.T) {
			if _, _, err := reference(s.stream); (err == nil) != s.ok {
				t.Fatalf("the reference returns %v", err)
			}
			check(t, &r, s.stream)
			check(t, &r, append(s.stream, 1, 2, 3))
		})
	}
}
