//go:build (amd64 || arm64) && !purego

package scan

func follow(b []byte, p *cursor, brackets *[chunk]uint64) int {
	if vector {
		return followVector(&b[0], min((len(b)-1)/blockSize, chunk), p, brackets)
	}
	return followWords(b, p, brackets)
}

// indexGap looks for the first of the pair with the second two bytes after it.
// It returns where they are, or that they do not start in so many bytes of b.
func indexGap(b []byte, pair [2]byte) (n int, found bool) {
	n = len(b) - 2
	if !vector || n < blockSize {
		return 0, false
	}
	whole := n / blockSize * blockSize
	if i := indexGapVector(&b[0], whole, pair); i < whole {
		return i, true
	}
	last := n - blockSize // the last block overlaps the one before
	i := indexGapVector(&b[last], blockSize, pair)
	return last + i, i < blockSize
}

// followVector is followWords, of at least one block and a byte after the last.
//
//go:noescape
func followVector(b *byte, blocks int, p *cursor, brackets *[chunk]uint64) int

// indexGapVector is indexGap of the n bytes at b and the two after them. n is a
// multiple of blockSize above zero.
//
//go:noescape
func indexGapVector(b *byte, n int, pair [2]byte) int

// markVector is markBytes of each of the blocks at b, one at least.
//
//go:noescape
func markVector(b *byte, blocks int, marks *uint64)
