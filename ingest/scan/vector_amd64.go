//go:build !purego

package scan

import "golang.org/x/sys/cpu"

// vector says that the processor has what vector_amd64.s needs. Tests switch it
// off.
var vector = cpu.X86.HasAVX2 && cpu.X86.HasPCLMULQDQ && cpu.X86.HasPOPCNT
