package main

import (
	"os"
	"syscall"
)

// peakMemory returns how many bytes of memory a process that has ended held at most.
func peakMemory(state *os.ProcessState) int64 {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return usage.Maxrss << 10 // Linux counts in KiB.
}
