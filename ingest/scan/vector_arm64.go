//go:build !purego

package scan

// vector says that the processor has what vector_arm64.s needs, as all of this kind do.
// Tests switch it off.
var vector = true
