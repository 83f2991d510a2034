package rows

// mapping gives the numbers of one table those of another that absorbs it.
type mapping struct {
	into       *dictionary // of that table, which it is known by
	generation int         // of that table
	strings    []uint32    // 0 where not known yet
	// One more than the number, or 0.
	contexts, credentials, calls []uint32
}

func grow[T any](list []T, n int) []T {
	if n > len(list) {
		list = append(list, make([]T, n-len(list))...)
	}
	return list
}
