//go:build (!amd64 && !arm64) || purego

package scan

// vector says that vectors are used, for which there is no code here.
var vector = false

func follow(b []byte, p *cursor, brackets *[chunk]uint64) int { return followWords(b, p, brackets) }

func indexGap([]byte, [2]byte) (n int, found bool) { return 0, false }

func markVector(*byte, int, *uint64) {}
