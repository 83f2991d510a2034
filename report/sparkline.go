package report

import (
	"strings"

	"trail403/aggregate"
)

// sparkWidth is how many characters a sparkline has at most: a month of days,
// and narrow enough for a table.
const sparkWidth = 31

const sparks = "▁▂▃▄▅▆▇█"

// sparkline draws a series over the whole window, a character an interval, or
// several intervals summed where there are too many. A dot is nothing at all.
func sparkline(series []aggregate.Point, w aggregate.Window) string {
	n := w.Intervals()
	if n == 0 {
		return ""
	}
	per := (n + sparkWidth - 1) / sparkWidth
	counts := make([]int, (n+per-1)/per)
	most := 0
	for _, p := range series {
		i := min(max(w.Index(p.Start), 0)/per, len(counts)-1)
		counts[i] += p.Denials
		most = max(most, counts[i])
	}
	levels := []rune(sparks)
	var b strings.Builder
	for _, c := range counts {
		if c == 0 {
			b.WriteRune('·')
			continue
		}
		b.WriteRune(levels[(c*len(levels)-1)/most])
	}
	return b.String()
}
