package scan

import "math/bits"

// cursor returns where in the value the next block starts.
func (s *skipper) cursor() cursor {
	p := cursor{pair: s.pair}
	if s.inString {
		p.within = ^uint64(0)
	}
	if s.escaped {
		p.escaped = 1
	}
	return p
}

// skipBlocks does what skipBytes does, a block at a time, within an object or
// array. It stops where at most a block is left.
//
// follow says where brackets are. Each of them is then looked at by itself, since
// an object must not end as an array. They are one byte in fifty.
func (s *skipper) skipBlocks(b []byte) (n int, done bool, err error) {
	p := s.cursor()
	depth, kinds, maxDepth := s.depth, s.kinds, s.limit()
	var all [chunk]uint64
	for len(b)-n > blockSize {
		p.depth = depth
		blocks := follow(b[n:], &p, &all)
		for i, brackets := range all[:blocks] {
			var stray uint64
			if i == blocks-1 {
				stray = p.stray // the first of them is right, and after it all is broken anyway
			}
			block := (*[blockSize]byte)(b[n:])
			for ; brackets != 0; brackets &= brackets - 1 {
				at := bits.TrailingZeros64(brackets)
				c := block[at]
				kind := isBrace(c)
				if c&4 == 0 { // it opens
					if depth++; depth > maxDepth {
						return n + at, false, ErrDepth
					}
					if depth <= 64 {
						kinds = kinds<<1 | kind
					}
					continue
				}
				if depth <= 64 {
					if kinds&1 != kind {
						return n + at, false, ErrSyntax
					}
					kinds >>= 1
				}
				if depth--; depth > 0 {
					continue
				}
				if stray&(1<<at-1) != 0 {
					return n + at, false, ErrSyntax
				}
				s.hit = s.hit || p.hits != 0
				return n + at + 1, true, nil
			}
			if stray != 0 {
				return n + bits.TrailingZeros64(stray), false, ErrSyntax
			}
			n += blockSize
		}
	}
	s.depth, s.kinds, s.inString, s.escaped = depth, kinds, p.within != 0, p.escaped != 0
	return n, false, nil
}
