package trend

// ChangePoint is written next.
func ChangePoint(times []int64, from, to int64) (at, lo, hi int64, ok bool) { return 0, 0, 0, false }
