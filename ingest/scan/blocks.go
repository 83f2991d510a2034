package scan

import "math/bits"

// skipBlocks does what skip does, a block at a time, within an object or array.
// It stops where no more than a block is left, for skip to go on.
//
// Where brackets are comes from follow; each is then followed by itself, since
// an object must not end as an array. They are one byte in fifty.
func (s *skipper) skipBlocks(b []byte) (n int, done bool, err error) {
	maxDepth := s.maxDepth
	if maxDepth == 0 {
		maxDepth = MaxDepth
	}
	var p place
	p.pair = s.pair
	if s.inString {
		p.within = ^uint64(0)
	}
	if s.escaped {
		p.escaped = 1
	}
	depth, kinds := s.depth, s.kinds
	var all [chunk]uint64
	for len(b)-n > blockSize {
		p.depth = depth
		blocks := follow(b[n:], &p, &all)
		for i, brackets := range all[:blocks] {
			var stray uint64
			if i == blocks-1 {
				stray = p.stray // the first of them is right; what follows is broken anyway
			}
			block := (*[blockSize]byte)(b[n:])
			for ; brackets != 0; brackets &= brackets - 1 {
				at := bits.TrailingZeros64(brackets)
				c := uint64(block[at])
				kind := c >> 5 & 1 // { is 0x7b, [ is 0x5b
				if c&4 == 0 {      // one of these, not } or ]
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
